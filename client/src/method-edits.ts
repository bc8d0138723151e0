// Every way a person changes what ties a case together: pairs, links, comments, the roadmap, and where else a note is shown. Each is
// one step of undo, as in `document-edits.ts`.
//
// Plain functions on a document, so that they load with the windows that use them. Rights are the server's to judge.

import * as Y from 'yjs';
import type { CaseDocument } from './document';
import type { CommentView, LinkView, Place, RoadmapHeader, RoadmapRow } from './domain';
import { freshId } from './ids';
import { orderAt } from './order';

type Entry = Readonly<Record<string, string | number | boolean>>;

/** Take a target group and a value together, and give the id of the pair; the pair that is there already when it is. */
export function addPair(document: CaseDocument, audience: string, value: string): string {
  const pairs = document.pairs.peek();
  const known = pairs.find((pair) => pair.audience === audience && pair.value === value);
  return known?.id ?? put(document, 'pairs', { audience, value, order: orderAt(pairs, pairs.length) });
}

/** Take a pair away with the notes that lie in it, in one step. Notes that are only shown in it stay where they lie. */
export function removePair(document: CaseDocument, id: string): void {
  const inside = document.allNotes().filter((note) => note.place.startsWith(`vpc/${id}/`));
  document.edit.step(() => {
    for (const note of inside) document.doc.getMap('notes').delete(note.id);
    document.doc.getMap('pairs').delete(id);
  });
}

/** Tie two things together, once: a link that is there already stays. Gives its id. */
export function addLink(document: CaseDocument, { from, to, kind }: Omit<LinkView, 'id'>): string | null {
  if (from === to) return null;
  const known = document.links
    .peek()
    .find((link) => (link.from === from && link.to === to) || (link.from === to && link.to === from));
  return known?.id ?? put(document, 'links', { from, to, kind });
}

export function removeLink(document: CaseDocument, id: string): void {
  document.edit.step(() => document.doc.getMap('links').delete(id));
}

/** Say something of a note, and give the id of the comment. */
export function addComment(document: CaseDocument, note: string, text: string): string {
  const { participant, now = Date.now() } = document.edit.authorship;
  return put(document, 'comments', { note, text, created: now, ...(participant !== null && { author: participant }) });
}

/** Tick a comment off, or take that back. */
export function setResolved(document: CaseDocument, comment: CommentView, resolved: boolean): void {
  setField(document, 'comments', comment.id, 'resolved', resolved);
}

export function editComment(document: CaseDocument, id: string, text: string): void {
  setField(document, 'comments', id, 'text', text);
}

export function removeComment(document: CaseDocument, id: string): void {
  document.edit.step(() => document.doc.getMap('comments').delete(id));
}

export function setHeader(document: CaseDocument, field: RoadmapHeader, value: string): void {
  const roadmap = document.doc.getMap('roadmap');
  if ((roadmap.get(field) ?? '') !== value) document.edit.step(() => roadmap.set(field, value));
}

/** Move a step of the roadmap as a whole, to a position from 0. One field is written; every note stays in its row. */
export function moveRow(document: CaseDocument, row: RoadmapRow, index: number): void {
  const rows = document.roadmap.peek().rows.filter((each) => each !== row);
  const order = [...rows.slice(0, index), row, ...rows.slice(index)].join(' ');
  document.edit.step(() => document.doc.getMap('roadmap').set('order', order));
}

/** Show a note at a second place as well, behind what is shown there. */
export function showAlso(document: CaseDocument, id: string, place: Place): void {
  const note = document.note(id).peek();
  if (!note || note.place === place || note.also[place] !== undefined) return;
  const guests = document.guestsAt(place).map((guest) => ({ id: guest.id, order: guest.also[place] ?? '' }));
  setField(document, 'notes', id, `also:${place}`, orderAt(guests, guests.length));
}

/** Show a note no longer at a second place. */
export function hideFrom(document: CaseDocument, id: string, place: Place): void {
  const entry = document.doc.getMap('notes').get(id);
  if (entry instanceof Y.Map) document.edit.step(() => entry.delete(`also:${place}`));
}

function put(document: CaseDocument, root: string, values: Entry): string {
  const id = freshId();
  document.edit.step(() => document.doc.getMap(root).set(id, new Y.Map(Object.entries(values))));
  return id;
}

function setField(document: CaseDocument, root: string, id: string, field: string, value: string | boolean): void {
  const entry = document.doc.getMap(root).get(id);
  if (entry instanceof Y.Map && entry.get(field) !== value) document.edit.step(() => entry.set(field, value));
}
