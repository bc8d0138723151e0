// What a facilitator fills in about a link (client/src/ui/share/link-draft.ts).

import { describe, expect, it } from 'vitest';
import type { Link } from '../../../../client/src/api';
import { dayOf, draftOf, endOf, limitsOf, problemsOf } from '../../../../client/src/ui/share/link-draft';

const NOON = new Date(2026, 11, 3, 12).getTime();
const link: Link = {
  id: 'l',
  role: 'viewer',
  secret: 's',
  name: 'Avond',
  expires_at: NOON,
  seats: 5,
  taken: 2,
  has_waiting_room: true,
};

describe('a day', () => {
  it('ends at its last moment, and is told by any moment of it', () => {
    expect(dayOf(endOf('2026-12-03'))).toBe('2026-12-03');
    expect(dayOf(endOf('2026-12-03') + 1)).toBe('2026-12-04');
    expect(dayOf(NOON)).toBe('2026-12-03');
  });
});

describe('limitsOf', () => {
  it('gives every limit of a new link, and none where nothing is filled in', () => {
    expect(limitsOf(draftOf(null), null)).toEqual({
      name: null,
      expires_at: null,
      seats: null,
      has_waiting_room: false,
    });
  });

  it('gives of a known link only what changed, so that an end by the minute stays', () => {
    expect(limitsOf(draftOf(link), link)).toEqual({});
    expect(limitsOf({ ...draftOf(link), name: '  ', seats: '' }, link)).toEqual({ name: null, seats: null });
    expect(limitsOf({ ...draftOf(link), lastDay: '2026-12-04' }, link)).toEqual({ expires_at: endOf('2026-12-04') });
  });
});

describe('problemsOf', () => {
  it('wants an end that is yet to come, but leaves one that was there', () => {
    const late = endOf('2026-12-04') + 1;

    expect(problemsOf({ ...draftOf(null), lastDay: '2026-12-03' }, null, NOON)).toEqual({});
    expect(problemsOf({ ...draftOf(null), lastDay: '2026-12-02' }, null, NOON)).toHaveProperty('lastDay');
    expect(problemsOf({ ...draftOf(null), lastDay: 'nonsense' }, null, NOON)).toHaveProperty('lastDay');
    expect(problemsOf(draftOf(link), link, late)).toEqual({});
  });

  it.each(['0', '-1', '1.5', '10001', 'x'])('does not take %s for a number of seats', (seats) => {
    expect(problemsOf({ ...draftOf(null), seats }, null, NOON)).toHaveProperty('seats');
  });
});
