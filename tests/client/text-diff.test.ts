// The smallest edit between two texts (client/src/text-diff.ts).

import { describe, expect, it } from 'vitest';
import { textEdits, type TextEdit } from '../../client/src/text-diff';

function apply(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(
    (now, { index, removed, inserted }) => now.slice(0, index) + inserted + now.slice(index + removed),
    text,
  );
}

describe('textEdits', () => {
  it.each([
    ['', 'dorp'],
    ['warm dorp', 'warm, groen dorp'],
    ['samen', ''],
    ['één € 😀', 'één € 😀😀'],
    ['a b c', 'A b C'],
  ])('turns %j into %j', (before, after) => {
    expect(apply(before, textEdits(before, after))).toBe(after);
  });

  it('does nothing for equal texts', () => {
    expect(textEdits('samen', 'samen')).toEqual([]);
  });

  it('never cuts an emoji in two', () => {
    const edits = textEdits('😀', '😃');

    expect(edits.every(({ index, removed }) => index % 2 === 0 && removed % 2 === 0)).toBe(true);
  });

  it('puts a doubled letter where the caret is', () => {
    expect(textEdits('aaa', 'aaaa', 2)).toEqual([{ index: 1, removed: 0, inserted: 'a' }]);
  });
});
