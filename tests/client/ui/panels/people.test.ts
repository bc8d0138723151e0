// Who sits where in the list of people (client/src/ui/panels/people.ts).

import { describe, expect, it } from 'vitest';
import type { PartnerView } from '../../../../client/src/domain';
import type { Person, PresentPerson } from '../../../../client/src/session';
import { countHere, delegations } from '../../../../client/src/ui/panels/people';

const partner: PartnerView = {
  id: 'p1',
  name: 'Bakery Morrow',
  helix: 'business',
  order: 'a0',
  left: null,
  contact: '',
  mark: 'BM',
  colour: 1,
  hasOwnColour: false,
  patterned: false,
};

const person = (id: string, of: string | null): Person => ({
  id,
  name: id,
  partner: of,
  role: 'partner',
});
const present = (id: string, of: string | null, screen: Partial<PresentPerson> = {}): PresentPerson => ({
  ...person(id, of),
  client: 1,
  at: null,
  note: null,
  typing: false,
  cursor: null,
  ...screen,
});

const sources = {
  me: {
    participant: 'me',
    name: 'me',
    role: 'partner',
    partner: 'p1',
  } as const,
  people: new Map([person('away', 'p1'), person('here', 'p1'), person('alone', null)].map((each) => [each.id, each])),
  present: [present('here', 'p1'), present('here', 'p1', { at: 'value', typing: true })],
  partners: [partner],
};

describe('delegations', () => {
  it('lists people by partner: me first, then who is here, then the others; last those without one', () => {
    const groups = delegations(sources);

    expect(groups.map(({ partner: of, people }) => [of?.name, people.map(({ id }) => id)])).toEqual([
      ['Bakery Morrow', ['me', 'here', 'away']],
      [undefined, ['alone']],
    ]);
  });

  it('counts a person with two screens once, where they type', () => {
    const groups = delegations(sources);

    expect(countHere(groups)).toBe(2);
    expect(groups[0]?.people[1]).toMatchObject({ at: 'value', typing: true });
  });
});
