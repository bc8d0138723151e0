// The smallest edit that turns one text into another, guided by where the caret stood.

import diff from 'fast-diff';

export interface TextEdit {
  readonly index: number;
  readonly removed: number;
  readonly inserted: string;
}

/** Give the edits in order (`caret` is where it stands in the new text), each index counting in the text as the earlier edits left it. Units are UTF-16, as in Yjs. */
export function textEdits(before: string, after: string, caret?: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let index = 0;
  for (const [kind, piece] of diff(before, after, caretHint(before, after, caret))) {
    if (kind === diff.EQUAL) index += piece.length;
    else if (kind === diff.DELETE) edits.push({ index, removed: piece.length, inserted: '' });
    else {
      edits.push({ index, removed: 0, inserted: piece });
      index += piece.length;
    }
  }
  return edits;
}

/** Where the caret was and is, so that a doubled letter is put where it was typed. */
function caretHint(before: string, after: string, caret: number | undefined): diff.CursorInfo | undefined {
  if (caret === undefined) return undefined;
  const was = Math.min(before.length, Math.max(0, caret - (after.length - before.length)));
  return { oldRange: { index: was, length: 0 }, newRange: { index: caret, length: 0 } };
}
