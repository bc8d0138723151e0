// Keeps undo from taking away other people's work.
//
// Undoing "I made this note" deletes the note, and with it whatever others typed in it since. So an item is protected when it is
// a note (or one of its indispensable fields) in which someone else has written: undo then takes back only my own words.

import * as Y from 'yjs';

const INDISPENSABLE: ReadonlySet<string> = new Set(['place', 'order', 'text', 'author', 'partner', 'created']);

/** Tell whether undo must leave this item alone. */
export function protectsOthers(item: Y.Item, doc: Y.Doc): boolean {
  const entry = entryOf(item, doc);
  return entry !== null && hasForeignWork(entry, doc.clientID);
}

/** The note or partner this item is, or is an indispensable field of. */
function entryOf(item: Y.Item, doc: Y.Doc): Y.Map<unknown> | null {
  const roots: unknown[] = [doc.getMap('notes'), doc.getMap('partners')];
  if (roots.includes(item.parent)) return typeIn(item);
  const parent = item.parent;
  const isField = parent instanceof Y.Map && item.parentSub !== null && INDISPENSABLE.has(item.parentSub);
  return isField && roots.includes(parent.parent) ? (parent as Y.Map<unknown>) : null;
}

function typeIn(item: Y.Item): Y.Map<unknown> | null {
  const type: unknown = item.content instanceof Y.ContentType ? item.content.type : null;
  return type instanceof Y.Map ? (type as Y.Map<unknown>) : null;
}

function hasForeignWork(entry: Y.Map<unknown>, own: number): boolean {
  for (const field of entry._map.values()) {
    if (field.deleted) continue;
    if (field.id.client !== own) return true;
    const type: unknown = field.content instanceof Y.ContentType ? field.content.type : null;
    if (type instanceof Y.Text && textHasForeignWork(type, own)) return true;
  }
  return false;
}

function textHasForeignWork(text: Y.Text, own: number): boolean {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.id.client !== own) return true;
  }
  return false;
}
