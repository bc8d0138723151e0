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
    ['ons dorp is warm', 'dorp ons is heel warm'],
    ['😀😃', '😃😀'],
    ['een  twee', 'twee een '],
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

  it('leaves the words between two changes to their writers', () => {
    expect(textEdits('een warm dorp', 'een koud dorpje')).toEqual([
      { index: 4, removed: 4, inserted: 'koud' },
      { index: 13, removed: 0, inserted: 'je' },
    ]);
  });

  it('turns any text into any other, whatever the caret', () => {
    let state = 7;
    const next = (most: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
    const text = (): string =>
      Array.from({ length: next(12) }, () => ['a', 'b', ' ', '😀', '😃', 'é'][next(6)]).join('');
    for (let round = 0; round < 2_000; round += 1) {
      const [before, after] = [text(), text()];
      const edits = textEdits(before, after, next(2) === 0 ? undefined : next(after.length + 1));
      expect(apply(before, edits), `${before} > ${after}`).toBe(after);
    }
  });

  it('takes two very long texts as one edit', () => {
    const [before, after] = ['oud woord '.repeat(400), 'nieuw begin '.repeat(400)];

    expect(textEdits(before, after)).toHaveLength(1);
    expect(apply(before, textEdits(before, after))).toBe(after);
  });

  it('puts a doubled letter where the caret is', () => {
    expect(textEdits('aaa', 'aaaa', 2)).toEqual([{ index: 1, removed: 0, inserted: 'a' }]);
  });
});
