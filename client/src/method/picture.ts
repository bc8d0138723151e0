// A case as plain lists, for everything that is reckoned from the whole of it: balance, loose ends, search. Pure functions take a
// picture, so they can be tested without a document.

import type { CaseDocument } from '../document';
import type { CommentView, LinkView, NoteView, PairView, PartnerView, RoadmapRow, StatementId } from '../domain';

export interface CasePicture {
  readonly notes: readonly NoteView[];
  readonly partners: readonly PartnerView[];
  readonly pairs: readonly PairView[];
  readonly links: readonly LinkView[];
  readonly comments: readonly CommentView[];
  readonly rows: readonly RoadmapRow[];
  readonly statements: Readonly<Record<StatementId, string>>;
}

/** The case as it is now. Reads every signal of the document, so a screen that calls this while it renders follows every change. */
export function pictureOf(document: CaseDocument): CasePicture {
  return {
    notes: document.everyNote.value,
    partners: document.partners.value,
    pairs: document.pairs.value,
    links: document.links.value,
    comments: document.comments.value,
    rows: document.roadmap.value.rows,
    statements: { impact: document.statements.impact.value, ambition: document.statements.ambition.value },
  };
}

/** The notes that say something, by the place where they lie. */
export function notesByPlace(notes: readonly NoteView[]): ReadonlyMap<string, readonly NoteView[]> {
  const places = new Map<string, NoteView[]>();
  for (const note of notes) {
    if (note.text.trim() === '') continue;
    const list = places.get(note.place);
    if (list) list.push(note);
    else places.set(note.place, [note]);
  }
  return places;
}
