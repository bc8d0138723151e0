// Who is here, in the top bar: one mark per partner (and per person without one), and the way to the list of people. A facilitator sees
// here that someone waits at the door, and is told once when someone comes.

import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { listing } from '../i18n/listing';
import { markOf } from '../marks';
import type { CaseSession, Person } from '../session';
import { PartnerMark } from './canvas/PartnerMark';
import { showToast } from './Toast';

const MOST_SHOWN = 5;

export function PeopleButton({ session }: { readonly session: CaseSession }): VNode {
  const persons = peopleHere(session);
  const marks = [...new Map(persons.map((person) => [person.partner ?? person.id, person])).values()];
  const more = marks.length - MOST_SHOWN;
  const open = session.panel.value === 'people';
  const names = listing(persons.map((person) => person.name));
  const waiting = session.waiting.value.length;
  useToldOfWaiting(session);
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
      {waiting > 0 && (
        <span class="badge badge-waiting">
          {waiting}
          <span class="visually-hidden">. {t('people.waiting', { count: waiting })}</span>
        </span>
      )}
    </button>
  );
}

/** Say it once when someone new waits at the door, unless the list is open; when it opens, the message has done its work. */
function useToldOfWaiting(session: CaseSession): void {
  const waiting = session.waiting.value;
  const isListed = session.panel.value === 'people';
  const told = useRef<ReadonlySet<string>>(new Set());
  const takeAway = useRef((): void => undefined);
  useEffect(() => {
    const isNews = waiting.some(({ id }) => !told.current.has(id));
    told.current = new Set(waiting.map(({ id }) => id));
    if (isListed || waiting.length === 0) takeAway.current();
    else if (isNews) {
      const look = (): void => void (session.panel.value = 'people');
      const text = t('people.waiting', { count: waiting.length });
      takeAway.current = showToast({ text, action: { label: t('people.waiting.see'), run: look } });
    }
  }, [session, waiting, isListed]);
}

/** Me first, then the others, each once. */
function peopleHere(session: CaseSession): readonly Person[] {
  const me = session.me.value;
  const mine = me ? [{ id: me.participant, name: me.name, partner: me.partner, role: me.role }] : [];
  return [...new Map([...mine, ...session.present.value].map((person) => [person.id, person])).values()];
}
