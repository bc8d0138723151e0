// Who takes part, by organisation, and who of them is here now. Pure; drawing is PeoplePanel.tsx.

import type { PartnerView, Place, Role } from '../../domain';
import type { Me, Person, PresentPerson } from '../../session';

export interface Attendance {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly isMe: boolean;
  readonly here: boolean;
  readonly at: Place | null;
  readonly typing: boolean;
}

export interface Delegation {
  /** Undefined for people without an organisation. */
  readonly partner: PartnerView | undefined;
  readonly people: readonly Attendance[];
}

interface Sources {
  readonly me: Me | null;
  readonly people: ReadonlyMap<string, Person>;
  readonly present: readonly PresentPerson[];
  readonly partners: readonly PartnerView[];
}

/** People by partner, in the order of the partners; within one those who are here first, me before all. */
export function delegations({ me, people, present, partners }: Sources): readonly Delegation[] {
  const everyone = new Map<string, Person>([...present.map((person) => [person.id, person] as const), ...people]);
  if (me) everyone.set(me.participant, { ...me, id: me.participant });
  const seated = [...everyone.values()].map((person) => ({
    partner: person.partner,
    attendance: attend(person, me, present),
  }));
  const known = new Set(partners.map(({ id }) => id));
  const of = (belongs: (partner: string | null) => boolean): readonly Attendance[] =>
    seated
      .filter(({ partner }) => belongs(partner))
      .map(({ attendance }) => attendance)
      .sort(hereFirst);
  const groups: readonly Delegation[] = [
    ...partners.map((partner) => ({ partner, people: of((id) => id === partner.id) })),
    { partner: undefined, people: of((id) => id === null || !known.has(id)) },
  ];
  return groups.filter((group) => group.people.length > 0);
}

export function countHere(groups: readonly Delegation[]): number {
  return groups.flatMap(({ people }) => people).filter(({ here }) => here).length;
}

/** One person may be here with several screens: the one that types tells where. */
function attend(person: Person, me: Me | null, present: readonly PresentPerson[]): Attendance {
  const isMe = person.id === me?.participant;
  const screens = present.filter(({ id }) => id === person.id);
  const screen = screens.find(({ typing }) => typing) ?? screens.find(({ at }) => at !== null);
  const { id, name, role } = person;
  return {
    id,
    name,
    role,
    isMe,
    here: isMe || screens.length > 0,
    at: screen?.at ?? null,
    typing: screen?.typing ?? false,
  };
}

function hereFirst(one: Attendance, other: Attendance): number {
  return (
    Number(other.isMe) - Number(one.isMe) || Number(other.here) - Number(one.here) || one.name.localeCompare(other.name)
  );
}
