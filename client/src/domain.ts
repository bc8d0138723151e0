// The words of the method as types and constants: pieces, places, roles, and the plain views that screens read.
//
// Nothing here knows Yjs, the network or the screen. How views are read from the document is `document-views.ts`;
// what the words look like in Dutch and English is `i18n/`.

export const PIECES = [
  'impact',
  'continuity',
  'consequences',
  'partners',
  'resources',
  'returns',
  'value',
  'audiences',
  'ambition',
  'contributions',
  'intentions',
] as const;

export type PieceId = (typeof PIECES)[number];
export type StatementId = 'impact' | 'ambition';

/** Where a note can lie: a piece, `vpc/<pair>/<cell>` or `roadmap/<row>/<cell>`. */
export type Place = string;

/** One of the three canvases of a case. */
export type CanvasId = 'case' | 'vpc' | 'roadmap';

export const VPC_CELLS = ['products', 'relievers', 'creators', 'jobs', 'pains', 'gains'] as const;
export type VpcCell = (typeof VPC_CELLS)[number];

/** The names of the rows of the roadmap. Where a row stands is `RoadmapView.rows`. */
export const ROADMAP_ROWS = ['1', '2', '3', '4', '5', '6'] as const;
export type RoadmapRow = (typeof ROADMAP_ROWS)[number];

export const ROADMAP_CELLS = ['step', 'skills', 'who', 'funding', 'blockers', 'measures', 'returns'] as const;
export type RoadmapCell = (typeof ROADMAP_CELLS)[number];

export const ROADMAP_HEADER = ['date', 'by', 'for', 'version'] as const;
export type RoadmapHeader = (typeof ROADMAP_HEADER)[number];

/** A place, taken apart. */
export type Spot =
  | { readonly canvas: 'case'; readonly piece: PieceId }
  | { readonly canvas: 'vpc'; readonly pair: string; readonly cell: VpcCell }
  | { readonly canvas: 'roadmap'; readonly row: RoadmapRow; readonly cell: RoadmapCell };

/** Whose notes a partner may edit or delete: everyone's, those of the own organisation, or one's own. */
export type Editing = 'everyone' | 'partner' | 'own';

export type Role = 'facilitator' | 'partner' | 'critical-friend' | 'viewer';

export const HELIXES = ['business', 'education', 'government', 'society', 'other'] as const;
export type Helix = (typeof HELIXES)[number];

export const FORMS = ['cash', 'hours', 'knowledge', 'network', 'space', 'goods', 'other'] as const;
export type Form = (typeof FORMS)[number];

export const RETURN_KINDS = ['financial', 'non-financial'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

/** The two processes of the method that run at once. */
export type Process = 'together' | 'impact';

const TOGETHER: ReadonlySet<PieceId> = new Set([
  'continuity',
  'partners',
  'ambition',
  'contributions',
  'intentions',
] as const);

export const SDG_NUMBERS: readonly number[] = Array.from({ length: 17 }, (_, index) => index + 1);

/** Limits of the document, equal to the server's. */
export const LIMITS = {
  title: 200,
  sector: 100,
  statement: 2000,
  note: 5000,
  partnerName: 120,
  comment: 5000,
  header: 500,
} as const;

export interface Meta {
  readonly title: string;
  readonly sector: string;
  readonly language: 'nl' | 'en';
}

/** The fields a note may carry besides its text, by place. */
export interface NoteFields {
  readonly partner: string | null;
  readonly form: Form | null;
  readonly amount: number | null;
  readonly kind: ReturnKind | null;
  /** A partner or note id, or `all`. */
  readonly for: string | null;
  /** A day such as `2026-11-25`. */
  readonly due: string | null;
  /** A global goal, 1 to 17. */
  readonly sdg: number | null;
}

export interface NoteView extends NoteFields {
  readonly id: string;
  readonly place: Place;
  readonly order: string;
  readonly text: string;
  /** The participant that the note itself names; null when only the log knows. */
  readonly author: string | null;
  /** The Yjs client that made the note. */
  readonly client: number;
  /** Milliseconds since the epoch; 0 when unknown. */
  readonly created: number;
  /** Where else it is shown, and its order there. It stays one note. */
  readonly also: Readonly<Record<Place, string>>;
}

/** A target group and a value that are sharpened together. */
export interface PairView {
  readonly id: string;
  /** Note ids. */
  readonly audience: string;
  readonly value: string;
  readonly order: string;
}

export interface LinkView {
  readonly id: string;
  /** Note or partner ids, or a statement. */
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}

export interface CommentView {
  readonly id: string;
  readonly note: string;
  /** The participant that the comment itself names; null when only the log knows. */
  readonly author: string | null;
  /** The Yjs client that made it. */
  readonly client: number;
  readonly text: string;
  readonly created: number;
  readonly resolved: boolean;
}

export interface RoadmapView {
  readonly header: Readonly<Record<RoadmapHeader, string>>;
  /** The six rows in the order in which they are read. */
  readonly rows: readonly RoadmapRow[];
}

export interface PartnerView {
  readonly id: string;
  readonly name: string;
  readonly helix: Helix;
  /** Absent (null) for a partner that is only named by notes and not in the list. */
  readonly order: string | null;
  /** When it left the coalition, in milliseconds since the epoch. */
  readonly left: number | null;
  /** Who to turn to, in words. */
  readonly contact: string;
  /** Two letters, unique within the case. */
  readonly mark: string;
  /** 1 to 8: a colour of the colour-blind-safe set. */
  readonly colour: number;
  /** Whether somebody chose the colour; else it follows from the place in the list. */
  readonly hasOwnColour: boolean;
  /** After eight partners the colours come again, with a pattern. */
  readonly patterned: boolean;
}

/** Take a place apart; null for what is no place of a case. */
export function spotOf(place: Place): Spot | null {
  if (isPiece(place)) return { canvas: 'case', piece: place };
  const [canvas, middle, last, ...rest] = place.split('/');
  if (middle === undefined || rest.length > 0) return null;
  if (canvas === 'vpc') {
    const cell = VPC_CELLS.find((each) => each === last);
    return cell ? { canvas, pair: middle, cell } : null;
  }
  const row = ROADMAP_ROWS.find((each) => each === middle);
  const cell = ROADMAP_CELLS.find((each) => each === last);
  return canvas === 'roadmap' && row && cell ? { canvas, row, cell } : null;
}

export function isPiece(place: string): place is PieceId {
  return (PIECES as readonly string[]).includes(place);
}

export function isStatement(place: string): place is StatementId {
  return place === 'impact' || place === 'ambition';
}

/** Whether a place lies in a locked part: its piece, `roadmap`, `roadmap/<row>`, `vpc` or `vpc/<pair>`. */
export function isLocked(place: Place, locked: readonly string[]): boolean {
  return locked.some((part) => place === part || place.startsWith(`${part}/`));
}

/** Which of the two processes a piece belongs to. */
export function processOf(piece: PieceId): Process {
  return TOGETHER.has(piece) ? 'together' : 'impact';
}

/** The pieces a note can lie in: all but the list of partners. */
export const NOTE_PIECES: readonly PieceId[] = PIECES.filter((piece) => piece !== 'partners');
