// How sessions are called and where an entry belongs (client/src/ui/history/sessions.ts).

import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkSession } from '../../../../client/src/history-api';
import { setLanguage, wholeLanguage } from '../../../../client/src/i18n';
import { barAt, sessionAt, sessionTitle, timeOf, versionsIn } from '../../../../client/src/ui/history/sessions';

const NOON = new Date(2026, 10, 14, 12).getTime();
const NOW = new Date(2026, 11, 1).getTime();
const third: WorkSession = {
  number: 3,
  first_seq: 21,
  seq: 40,
  from: NOON,
  to: NOON + 3_600_000,
  people: Array.from({ length: 9 }, (_, index) => `p${index}`),
  contributions: 41,
  places: { partners: 20, value: 3 },
  name: null,
};
const second: WorkSession = { ...third, number: 2, first_seq: 5, seq: 20, to: NOON - 3_600_000 };

beforeAll(async () => {
  await setLanguage('nl');
  await wholeLanguage();
});

describe('sessionTitle', () => {
  it('tells what happened', () => {
    expect(sessionTitle(third, NOW)).toBe('Sessie 3, 14 nov, 9 mensen, 41 bijdragen, vooral Partners');
  });

  it('begins with its own name when it has one', () => {
    expect(sessionTitle({ ...third, name: 'Kick-off' }, NOW)).toBe(
      'Kick-off, 14 nov, 9 mensen, 41 bijdragen, vooral Partners',
    );
  });

  it('says nothing of a place when nothing was contributed, and one of one', () => {
    const small = { ...third, people: ['p1'], contributions: 0, places: {} };

    expect(sessionTitle(small, NOW)).toBe('Sessie 3, 14 nov, 1 persoon, 0 bijdragen');
  });

  it('tells the year when it is another one', () => {
    expect(sessionTitle(third, new Date(2027, 5, 1).getTime())).toContain('14 nov 2026');
  });
});

describe('an entry of the log', () => {
  it.each([
    [21, 3],
    [40, 3],
    [20, 2],
    [41, undefined],
  ])('%i lies in session %s', (seq, number) => {
    expect(sessionAt(seq, [third, second])?.number).toBe(number);
  });

  const bars = [
    { from: 1, to: 100, seq: 10, updates: {} },
    { from: 100, to: 200, seq: 25, updates: {} },
  ];

  it.each([
    [1, 0],
    [10, 0],
    [11, 1],
    [99, 1],
  ])('%i stands at bar %i', (seq, index) => {
    expect(barAt(seq, bars)).toBe(index);
  });

  it('was made when its session ended, or else at the end of its bar', () => {
    expect([timeOf(40, bars, [third]), timeOf(12, bars, [third])]).toEqual([third.to, 200]);
  });

  it('stands at the first bar when there are none', () => {
    expect(barAt(3, [])).toBe(0);
  });
});

it('lists the versions of a session, newest first', () => {
  const versions = [4, 22, 40, 41].map((seq) => ({ seq, name: `v${seq}`, at: NOON, by: null }));

  expect(versionsIn(third, versions).map(({ seq }) => seq)).toEqual([40, 22]);
});
