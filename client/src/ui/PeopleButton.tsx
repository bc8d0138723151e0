// Who is here, in the top bar: one mark per partner (and per person without one), and the way to the list of people.

import type { VNode } from 'preact';
import { t } from '../i18n';
import { listing } from '../i18n/listing';
import { markOf } from '../marks';
import type { CaseSession, Person } from '../session';
import { PartnerMark } from './canvas/PartnerMark';

const MOST_SHOWN = 5;

export function PeopleButton({ session }: { readonly session: CaseSession }): VNode {
  const persons = peopleHere(session);
  const marks = [...new Map(persons.map((person) => [person.partner ?? person.id, person])).values()];
  const more = marks.length - MOST_SHOWN;
  const open = session.panel.value === 'people';
  const names = listing(persons.map((person) => person.name));
  return (
    <button
      type="button"
      class="people-button"
      aria-expanded={open}
      title={names}
      onClick={() => (session.panel.value = open ? null : 'people')}
    >
      <span class="visually-hidden">{t('people.button', { names, count: persons.length })}</span>
      {marks.slice(0, MOST_SHOWN).map((person) => (
        <PartnerMark
          key={person.partner ?? person.id}
          partner={session.document.value.partner(person.partner)}
          fallback={markOf(person.name)}
        />
      ))}
      {more > 0 && <span class="presence-more">+{more}</span>}
    </button>
  );
}

/** Me first, then the others, each once. */
function peopleHere(session: CaseSession): readonly Person[] {
  const me = session.me.value;
  const mine = me ? [{ id: me.participant, name: me.name, partner: me.partner, role: me.role }] : [];
  return [...new Map([...mine, ...session.present.value].map((person) => [person.id, person])).values()];
}
