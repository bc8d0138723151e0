// What is said of a link (client/src/ui/share/link-facts.ts).

import { beforeAll, describe, expect, it } from 'vitest';
import type { Link } from '../../../../client/src/api';
import { setLanguage, wholeLanguage } from '../../../../client/src/i18n';
import { factsOf, linkName } from '../../../../client/src/ui/share/link-facts';

const NOW = new Date(2026, 11, 3, 12).getTime();
const DAY = 24 * 3_600_000;
const open: Link = {
  id: 'l',
  role: 'partner',
  secret: 's',
  name: null,
  expires_at: null,
  seats: null,
  taken: 0,
  has_waiting_room: false,
};

beforeAll(async () => {
  await wholeLanguage();
  await setLanguage('en');
});

const said = (link: Link): readonly string[] => factsOf(link, NOW).map(({ words }) => words);
const isShut = (link: Link): boolean => factsOf(link, NOW).some((fact) => fact.isShut);

describe('factsOf', () => {
  it('tells how many came, and how many fit', () => {
    expect(said(open)).toEqual(['Nobody came by this link yet']);
    expect(said({ ...open, taken: 1 })).toEqual(['1 person came by this link']);
    expect(said({ ...open, taken: 2, seats: 5 })).toEqual(['2 of 5 seats taken']);
  });

  it('marks a link that is full or over', () => {
    expect(isShut({ ...open, taken: 2, seats: 5, expires_at: NOW + DAY })).toBe(false);
    expect(isShut({ ...open, taken: 5, seats: 5 })).toBe(true);
    expect(isShut({ ...open, expires_at: NOW - DAY })).toBe(true);
    expect(said({ ...open, expires_at: NOW - DAY })[1]).toBe('Expired on Wednesday 2 December');
  });

  it('tells of the waiting room', () => {
    expect(said({ ...open, has_waiting_room: true })).toContain('With a waiting room');
  });
});

describe('linkName', () => {
  it('is its own name, else whom it is for', () => {
    expect([linkName(open), linkName({ ...open, name: 'Evening' })]).toEqual(['Participants', 'Evening']);
  });
});
