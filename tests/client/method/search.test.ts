// Search and mentions (client/src/method/search.ts, mentions.ts), and hints on a sentence (hints.ts).

import { describe, expect, it } from 'vitest';
import { sentenceHints } from '../../../client/src/method/hints';
import { mentionBegun, mentionedIn, mentionRuns } from '../../../client/src/method/mentions';
import { NO_FILTERS, search, type Filters } from '../../../client/src/method/search';
import { note, partner, picture } from './pictures';

const people = [{ id: 'anna', name: 'Anna Verzonnen', partner: 'bakery', role: 'partner' }] as const;
const made = picture({
  notes: [
    note('n1', 'value', { text: 'Een warm café', partner: 'bakery', created: 10 }),
    note('n2', 'vpc/p/pains', { text: 'Koude huizen', created: 20 }),
    note('n3', 'returns', { text: 'Rust', for: 'bakery', sdg: 3, created: 30 }),
    note('n4', 'value', { text: '  ' }),
  ],
  partners: [partner('bakery', { name: 'Bakkerij Morgenrood' })],
  comments: [
    { id: 'c1', note: 'n2', author: null, client: 1, text: 'Hoe koud precies?', created: 40, resolved: false },
    { id: 'c2', note: 'gone', author: null, client: 1, text: 'koud', created: 40, resolved: false },
  ],
  statements: { impact: 'Niemand in de kou', ambition: '' },
});

function found(words: string, filters: Partial<Filters> = {}): string[] {
  return search(made, people, words, { ...NO_FILTERS, ...filters }).map(({ kind, id }) => `${kind} ${id}`);
}

describe('search', () => {
  it('finds all words in any order, without accents or capitals', () => {
    expect(found('CAFE warm')).toEqual(['note n1']);
  });

  it('looks in sentences, notes of every canvas, comments, partners and people', () => {
    expect(found('kou')).toEqual(['statement impact', 'note n2', 'comment c1']);
    expect(found('bakkerij')).toEqual(['partner bakery']);
    expect(found('verzonnen')).toEqual(['person anna']);
  });

  it('finds nothing before it is asked anything', () => {
    expect(found('  ')).toEqual([]);
  });

  it('narrows down by partner, place, goal and time', () => {
    expect(found('', { partner: 'bakery' })).toEqual(['note n3', 'note n1', 'partner bakery', 'person anna']);
    expect(found('', { place: 'vpc' })).toEqual(['note n2', 'comment c1']);
    expect(found('', { place: 'value' })).toEqual(['note n1']);
    expect(found('', { sdg: 3 })).toEqual(['note n3']);
    expect(found('', { since: 30 })).toEqual(['note n3', 'comment c1']);
  });
});

describe('mentions', () => {
  const named = [
    { id: 'anna', name: 'Anna' },
    { id: 'vries', name: 'Anna de Vries' },
  ];

  it('mean the longest name that fits, and leave the text whole', () => {
    const runs = mentionRuns('Zeg @Anna de Vries, of @anna?', named);

    expect(runs.map(({ person }) => person)).toEqual([null, 'vries', null, 'anna', null]);
    expect(runs.map(({ text }) => text).join('')).toBe('Zeg @Anna de Vries, of @anna?');
  });

  it('are no part of a longer word', () => {
    expect([...mentionedIn('@Annabel', named)]).toEqual([]);
    expect([...mentionedIn('mail anna@voorbeeld', named)]).toEqual([]);
  });

  it('begin with an @ at the caret', () => {
    expect(mentionBegun('dag @An', 7)).toBe('An');
    expect(mentionBegun('dag An', 6)).toBeNull();
    expect(mentionBegun('a@b', 3)).toBeNull();
  });
});

describe('hints on a sentence', () => {
  it('name words of policy, as whole words only', () => {
    expect(sentenceHints('We borgen de transitie, samen.', 'nl').policy).toEqual(['borgen', 'transitie']);
    expect(sentenceHints('Een transitiehuis', 'nl').policy).toEqual([]);
  });

  it('tell when there are too many words to remember', () => {
    expect(sentenceHints('kort en goed', 'nl').tooLong).toBeNull();
    expect(sentenceHints(Array(31).fill('woord').join(' '), 'nl').tooLong).toBe(31);
  });
});
