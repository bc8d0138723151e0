// Reads what ties a case together from its Yjs types: the pairs, the links, the comments and the roadmap. Never writes.
//
// What points to nothing is read as it stands; that it is not shown is decided where it would be. Notes and partners are
// `document-views.ts`.

import * as Y from 'yjs';
import {
  ROADMAP_HEADER,
  ROADMAP_ROWS,
  type CommentView,
  type LinkView,
  type PairView,
  type RoadmapHeader,
  type RoadmapRow,
  type RoadmapView,
} from './domain';
import { number, text, type Entry } from './document-views';
import { byOrder } from './order';

/** All pairs, in order. */
export function readPairs(pairs: Y.Map<unknown>): readonly PairView[] {
  const read = entriesOf(pairs).flatMap(([id, entry]) => {
    const [audience, value] = [text(entry.get('audience')), text(entry.get('value'))];
    return audience !== null && value !== null ? [{ id, audience, value, order: text(entry.get('order')) ?? '' }] : [];
  });
  return read.sort(byOrder);
}

export function readLinks(links: Y.Map<unknown>): readonly LinkView[] {
  return entriesOf(links).flatMap(([id, entry]) => {
    const [from, to] = [text(entry.get('from')), text(entry.get('to'))];
    return from !== null && to !== null ? [{ id, from, to, kind: text(entry.get('kind')) ?? '' }] : [];
  });
}

/** All comments, oldest first. */
export function readComments(comments: Y.Map<unknown>): readonly CommentView[] {
  const read = entriesOf(comments).flatMap(([id, entry]) => {
    const [note, words] = [text(entry.get('note')), text(entry.get('text'))];
    if (note === null || words === null) return [];
    const resolved = entry.get('resolved');
    return [
      {
        id,
        note,
        text: words,
        author: text(entry.get('author')),
        client: entry._item?.id.client ?? 0,
        created: number(entry.get('created')) ?? 0,
        resolved: resolved === true || typeof resolved === 'number',
      },
    ];
  });
  return read.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

export function readRoadmap(roadmap: Y.Map<unknown>): RoadmapView {
  const header = Object.fromEntries(ROADMAP_HEADER.map((key) => [key, text(roadmap.get(key)) ?? '']));
  return { header: header as Record<RoadmapHeader, string>, rows: rowsOf(text(roadmap.get('order')) ?? '') };
}

/** The rows that the written order names, each once, then the others: never a row too many or too few. */
function rowsOf(order: string): readonly RoadmapRow[] {
  const named = order.split(' ').flatMap((name) => ROADMAP_ROWS.filter((row) => row === name));
  return [...new Set([...named, ...ROADMAP_ROWS])];
}

function entriesOf(root: Y.Map<unknown>): readonly (readonly [string, Entry])[] {
  return [...root.entries()].flatMap(([id, entry]) => (entry instanceof Y.Map ? [[id, entry as Entry] as const] : []));
}
