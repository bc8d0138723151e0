// The tray that outlives the page (client/src/kept-texts.ts).

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptTexts } from '../../client/src/kept-texts';
import type { KeptText } from '../../client/src/unsent';

const bread: KeptText = { id: 'notes/a', text: 'brood', place: 'value', reason: 'limit' };
const soup: KeptText = { id: 'notes/b', text: 'soep', place: 'value', reason: 'epoch' };

beforeEach(() => localStorage.clear());

describe('the tray', () => {
  it('is there again on the next page, for the same person only', () => {
    new KeptTexts('case', 'anna').keep([bread]);

    expect(new KeptTexts('case', 'anna').texts.value).toEqual([bread]);
    expect(new KeptTexts('case', 'bo').texts.value).toEqual([]);
    expect(new KeptTexts('other', 'anna').texts.value).toEqual([]);
  });

  it('keeps a text once', () => {
    const tray = new KeptTexts('case', 'anna');
    tray.keep([bread, soup]);
    tray.keep([{ ...bread, reason: 'closed' }]);

    expect(tray.texts.value).toEqual([bread, soup]);
  });

  it('follows another tab, and never overwrites what that put in', () => {
    const one = new KeptTexts('case', 'anna');
    const two = new KeptTexts('case', 'anna');
    one.keep([bread]);
    two.keep([soup]);
    window.dispatchEvent(new StorageEvent('storage', { key: 'puzzeltafel.tray.case.anna' }));

    expect(one.texts.value).toEqual([bread, soup]);
    one.forget((kept) => kept.id === 'notes/a');
    expect(new KeptTexts('case', 'anna').texts.value).toEqual([soup]);
  });

  it('lasts as long as the page in a browser that remembers nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('refused');
    });
    const tray = new KeptTexts('case', 'anna');
    tray.keep([bread]);
    tray.keep([soup]);
    tray.forget((kept) => kept.id === 'notes/a');

    expect(tray.texts.value).toEqual([soup]);
  });
});
