// Differences in words (client/src/ui/history/change-words.ts).

import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../../client/src/history-api';
import { setLanguage, wholeLanguage } from '../../../../client/src/i18n';
import {
  byPiece,
  detailLines,
  pieceTitle,
  subjectText,
  toldChanges,
} from '../../../../client/src/ui/history/change-words';

const names: Readonly<Record<string, string>> = { n1: 'Warme huizen', b: 'Bakkerij Korst', g: 'Gemeente' };
const nameOf = (id: string): string => names[id] ?? '';

function change(over: Partial<Change>): Change {
  return {
    root: 'notes',
    key: 'n1',
    kind: 'changed',
    piece: 'value',
    fields: {},
    words: [],
    people: [],
    at: 1,
    ...over,
  };
}

describe('what ties a case together', () => {
  it('is told by the words of its ends, and by the field that changed', () => {
    const both = (from: string, to: string): Change['fields'] => ({ from: { after: from }, to: { after: to } });

    expect(subjectText(change({ root: 'links', kind: 'added', fields: both('n1', 'ambition') }), nameOf)).toBe(
      'Warme huizen → Gezamenlijke ambitie',
    );
    expect(subjectText(change({ root: 'links', kind: 'removed', fields: both('gone', 'b') }), nameOf)).toBe(
      '… → Bakkerij Korst',
    );
    expect(
      detailLines(
        change({ root: 'roadmap', key: 'version', kind: 'changed', fields: { value: { before: '1', after: '2' } } }),
        nameOf,
      ),
    ).toEqual(['Versie: was 1, nu 2.']);
    expect(
      detailLines(
        change({ fields: { 'also:roadmap/2/returns': { after: 'a0' }, due: { after: '2026-12-10' } } }),
        nameOf,
      ),
    ).toEqual(['Ook te zien bij Stap 2: Opbrengsten.', 'Wanneer klaar: was leeg, nu 10 dec 2026.']);
    expect(pieceTitle({ piece: 'vpc' })).toBe('Waardepropositie');
  });
});

beforeAll(async () => {
  await setLanguage('nl');
  await wholeLanguage();
});

describe('which changes are told', () => {
  it('leaves out what nobody would call a change', () => {
    const quiet = [
      change({ kind: 'reordered', fields: { order: { before: 'a', after: 'b' } } }),
      change({ fields: { created: { after: 1 } } }),
      change({ root: 'meta', key: 'schema', kind: 'added', fields: { value: { after: 1 } } }),
    ];

    expect(toldChanges(quiet)).toEqual([]);
  });

  it('puts them by piece, in the order of the canvas, the whole case first and other canvases last', () => {
    const pieces = ['vpc/p1/pains', 'intentions', '', 'impact', 'intentions'];
    const groups = byPiece(pieces.map((piece) => change({ kind: 'added', piece })));

    expect(groups.map((group) => [pieceTitle(group), group.changes.length])).toEqual([
      ['De hele case', 1],
      ['Impact', 1],
      ['Intenties', 2],
      ['Waardepropositie', 1],
    ]);
  });
});

describe('what a change is about', () => {
  it.each([
    [change({ fields: { text: { before: 'Oud', after: 'Nieuw' } } }), 'Nieuw'],
    [change({ kind: 'removed', key: 'gone', fields: { text: { before: 'Weggehaald' } } }), 'Weggehaald'],
    [change({ kind: 'moved' }), 'Warme huizen'],
    [change({ root: 'partners', key: 'b', kind: 'left' }), 'Bakkerij Korst'],
    [change({ root: 'sdgs', key: '7', kind: 'added', piece: '' }), '7. Betaalbare en duurzame energie'],
    [change({ key: 'nobody-knows', kind: 'moved' }), ''],
  ])('%#', (told, words) => {
    expect(subjectText(told, nameOf)).toBe(words);
  });
});

describe('the details', () => {
  it.each([
    [
      change({ kind: 'moved', fields: { place: { before: 'value', after: 'returns' } } }),
      ['Van Waarde naar Opbrengsten.'],
    ],
    [
      change({ fields: { partner: { before: 'b', after: 'g' } } }),
      ['Van welke partner: was Bakkerij Korst, nu Gemeente.'],
    ],
    [change({ fields: { for: { after: 'all' } } }), ['Voor wie: was leeg, nu Voor iedereen.']],
    [
      change({ fields: { form: { before: 'cash', after: 'hours' }, amount: { after: 40 } } }),
      ['Wat voor inbreng: was Geld, nu Uren.', 'Hoeveel: was leeg, nu 40 uur.'],
    ],
    [
      change({ root: 'meta', key: 'language', fields: { value: { before: 'nl', after: 'en' } } }),
      ['Taal: was Nederlands, nu English.'],
    ],
    [
      change({ root: 'partners', fields: { helix: { before: 'business', after: 'society' } } }),
      ['Wat voor organisatie: was Bedrijf of ondernemer, nu Inwoners of vereniging.'],
    ],
    [change({ kind: 'added', fields: { form: { after: 'cash' } } }), []],
  ])('%#', (told, lines) => {
    expect(detailLines(told, nameOf)).toEqual(lines);
  });

  it('gives a value that no canvas knows as it is', () => {
    expect(detailLines(change({ fields: { form: { after: 'magic' } } }), nameOf)).toEqual([
      'Wat voor inbreng: was leeg, nu magic.',
    ]);
  });
});
