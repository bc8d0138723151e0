// Moments by day (client/src/ui/panels/moments.ts).

import { expect, it } from 'vitest';
import type { Moment } from '../../../../client/src/api';
import { byDay } from '../../../../client/src/ui/panels/moments';

function momentAt(to: Date, seq: number): Moment {
  return { seq, from: to.getTime(), to: to.getTime(), people: [], updates: 1 };
}

it('groups moments by the day they ended, keeping their order', () => {
  const tuesday = [momentAt(new Date(2026, 10, 24, 16), 3), momentAt(new Date(2026, 10, 24, 9), 2)];
  const monday = [momentAt(new Date(2026, 10, 23, 23), 1)];

  expect(byDay([...tuesday, ...monday]).map(({ moments }) => moments)).toEqual([tuesday, monday]);
});
