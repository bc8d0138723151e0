// Where the carets of the others stand in a text, as pieces of text to draw between.
//
// A caret travels as a Yjs relative position, so it stays with its letters whatever is typed before it.

import * as Y from 'yjs';
import type { PresentPerson } from '../../session';

export interface CaretSegment {
  readonly text: string;
  /** Whose caret stands after this piece. */
  readonly here: readonly PresentPerson[];
}

/** Cut a text at the carets of the others; the last piece has none after it. */
export function caretSegments(value: string, text: Y.Text, others: readonly PresentPerson[]): readonly CaretSegment[] {
  const carets = new Map<number, PresentPerson[]>();
  for (const person of others) {
    const index = caretIndex(person.cursor, text);
    if (index !== null && index <= value.length) carets.set(index, [...(carets.get(index) ?? []), person]);
  }
  const cuts = [...carets.keys()].sort((a, b) => a - b);
  const segments = cuts.map((cut, number) => ({
    text: value.slice(cuts[number - 1] ?? 0, cut),
    here: carets.get(cut) ?? [],
  }));
  return [...segments, { text: value.slice(cuts.at(-1) ?? 0), here: [] }];
}

function caretIndex(cursor: unknown, text: Y.Text): number | null {
  if (cursor === null || typeof cursor !== 'object' || !text.doc) return null;
  try {
    const position = Y.createRelativePositionFromJSON(cursor);
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, text.doc);
    return absolute?.type === text ? absolute.index : null;
  } catch {
    return null;
  }
}
