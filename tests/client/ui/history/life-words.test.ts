// The life of a note in words, and who wrote which of them (client/src/ui/history/life-words.ts).

import { beforeAll, describe, expect, it } from 'vitest';
import type { Happening, WordRun } from '../../../../client/src/history-api';
import { setLanguage, wholeLanguage } from '../../../../client/src/i18n';
import { authorsOf, happeningWords, hasDeleted, passagesOf } from '../../../../client/src/ui/history/life-words';

beforeAll(async () => {
  await setLanguage('nl');
  await wholeLanguage();
});

const happening = (over: Partial<Happening>): Happening => ({
  kind: 'added',
  by: 'anna',
  from: 1,
  to: 2,
  seq: 3,
  place: 'value',
  was_at: '',
  fields: [],
  ...over,
});

it.each([
  [happening({}), 'bracht dit in bij Waarde'],
  [happening({ kind: 'moved', was_at: 'returns' }), 'legde het van Opbrengsten naar Waarde'],
  [happening({ kind: 'changed', fields: ['amount', 'form', 'created'] }), 'paste aan: Hoeveel en Wat voor inbreng'],
  [happening({ kind: 'changed', fields: ['author'] }), 'paste de gegevens aan'],
  [happening({ kind: 'removed' }), 'haalde het weg uit Waarde'],
  [happening({ kind: 'restored' }), 'bracht het terug bij Waarde'],
])('tells what someone did %#', (told, words) => {
  expect(happeningWords(told)).toBe(words);
});

describe('who wrote which words', () => {
  const gone = { by: 'bo', at: 9, seq: 9 };
  const run = (text: string, by: string, at: number, deleted: WordRun['deleted'] = null): WordRun => ({
    text,
    by,
    at,
    seq: at,
    deleted,
  });
  const runs = [
    run('Warme ', 'anna', 1),
    run('huizen', 'anna', 2),
    run(' snel', 'anna', 3, gone),
    run('', 'anna', 4),
    run(' voor ieder', 'bo', 4),
  ];

  it('joins what one person wrote, and leaves out what is gone', () => {
    expect(passagesOf(runs, false).map(({ text, by, at }) => [text, by, at])).toEqual([
      ['Warme huizen', 'anna', 2],
      [' voor ieder', 'bo', 4],
    ]);
  });

  it('shows deleted words apart, with who deleted them', () => {
    expect(passagesOf(runs, true).map(({ text, deleted }) => [text, deleted?.by])).toEqual([
      ['Warme huizen', undefined],
      [' snel', 'bo'],
      [' voor ieder', undefined],
    ]);
  });

  it('counts the words that are there', () => {
    expect(authorsOf(passagesOf(runs, true))).toEqual([
      { by: 'anna', words: 2 },
      { by: 'bo', words: 2 },
    ]);
  });

  it('knows whether anything was deleted', () => {
    expect([hasDeleted(runs), hasDeleted([run(' ', 'anna', 1, gone)])]).toEqual([true, false]);
  });
});
