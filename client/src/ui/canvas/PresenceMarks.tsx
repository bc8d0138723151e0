// Who else is here, at a piece or at a note: one mark per person, moving softly while that person types.

import type { VNode } from 'preact';
import { listing } from '../../i18n/listing';
import { t } from '../../i18n';
import { markOf } from '../../marks';
import type { PresentPerson } from '../../session';
import { PartnerMark } from './PartnerMark';
import { useTable } from './table';

const MOST_SHOWN = 4;

export interface PresenceMarksProps {
  readonly people: readonly PresentPerson[];
}

export function PresenceMarks({ people }: PresenceMarksProps): VNode | null {
  const persons = distinct(people);
  if (persons.length === 0) return null;
  const more = persons.length - MOST_SHOWN;
  return (
    <span class="presence" role="img" aria-label={presenceWords(persons)} title={presenceWords(persons)}>
      {persons.slice(0, MOST_SHOWN).map((person) => (
        <PresentMark key={person.id} person={person} />
      ))}
      {more > 0 && <span class="presence-more">+{more}</span>}
    </span>
  );
}

function PresentMark({ person }: { readonly person: PresentPerson }): VNode {
  const partner = useTable().document.partner(person.partner);
  return (
    <span class={person.typing ? 'present is-typing' : 'present'}>
      <PartnerMark partner={partner} fallback={markOf(person.name)} />
    </span>
  );
}

/** "Anna and Bo are here; Bo is typing." */
export function presenceWords(people: readonly PresentPerson[]): string {
  const names = listing(people.map((person) => person.name));
  const typing = people.filter((person) => person.typing).map((person) => person.name);
  const here = t('presence.here', { names, count: people.length });
  return typing.length === 0 ? here : t('presence.typing', { names: listing(typing), count: typing.length });
}

/** One entry per person, typing when any of their screens is. */
export function distinct(people: readonly PresentPerson[]): readonly PresentPerson[] {
  const byId = new Map<string, PresentPerson>();
  for (const person of people) {
    const known = byId.get(person.id);
    if (!known || person.typing) byId.set(person.id, person);
  }
  return [...byId.values()];
}
