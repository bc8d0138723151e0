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
export const LIMITS = { title: 200, sector: 100, statement: 2000, note: 5000, partnerName: 120 } as const;

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
}

export interface PartnerView {
  readonly id: string;
  readonly name: string;
  readonly helix: Helix;
  /** Absent (null) for a partner that is only named by notes and not in the list. */
  readonly order: string | null;
  /** When it left the coalition, in milliseconds since the epoch. */
  readonly left: number | null;
  /** Two letters, unique within the case. */
  readonly mark: string;
  /** 1 to 8: a colour of the colour-blind-safe set. */
  readonly colour: number;
  /** After eight partners the colours come again, with a pattern. */
  readonly patterned: boolean;
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
