// The bars of the timeline, stacked by partner (client/src/ui/history/bars.ts).

import { expect, it } from 'vitest';
import type { People } from '../../../../client/src/history-api';
import { columnsOf, totalsOf } from '../../../../client/src/ui/history/bars';

const people: People = {
  anna: { name: 'Anna', partner: 'bakery', role: 'partner' },
  ben: { name: 'Ben', partner: 'bakery', role: 'partner' },
  vera: { name: 'Vera', partner: null, role: 'partner' },
};
const bar = (updates: Record<string, number>): Parameters<typeof columnsOf>[0][number] => ({
  from: 0,
  to: 0,
  seq: 1,
  updates,
});

it('adds up the people of one partner, and those of none or nobody knows', () => {
  const [column] = columnsOf([bar({ anna: 3, ben: 2, vera: 1, gone: 4 })], people);

  expect(column?.shares).toEqual([
    { partner: 'bakery', count: 5 },
    { partner: null, count: 5 },
  ]);
});

it('makes the busiest bar whole, and a quiet one small but to be seen', () => {
  const heights = columnsOf([bar({ anna: 400 }), bar({ anna: 100 }), bar({ anna: 1 })], people).map(
    ({ height }) => height,
  );

  expect(heights).toEqual([1, 0.5, 0.12]);
});

it('tells how much each did in all, most first', () => {
  const columns = columnsOf([bar({ anna: 1, vera: 4 }), bar({ ben: 2 })], people);

  expect(totalsOf(columns)).toEqual([
    { partner: null, count: 4 },
    { partner: 'bakery', count: 3 },
  ]);
});

it('has nothing to lay out when nothing happened', () => {
  expect(totalsOf(columnsOf([], {}))).toEqual([]);
});
