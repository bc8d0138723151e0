// Who is at the table: by organisation, who is here now and where, the others quieter. My own name can be changed.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { countHere, delegations, type Attendance, type Delegation } from './people';
import { OwnName } from './OwnName';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from './on-phone';
import { placeName } from './place-name';

export function PeoplePanel({ session }: { readonly session: CaseSession }): VNode {
  const groups = delegations({
    me: session.me.value,
    people: session.people.value,
    present: session.present.value,
    partners: session.document.value.partners.value,
  });
  return (
    <>
      <p class="quiet">{t('people.here', { count: countHere(groups) })}</p>
      {groups.map((group) => (
        <DelegationList key={group.partner?.id ?? ''} session={session} delegation={group} />
      ))}
    </>
  );
}

interface DelegationProps {
  readonly session: CaseSession;
  readonly delegation: Delegation;
}

function DelegationList({ session, delegation: { partner, people } }: DelegationProps): VNode {
  return (
    <section class="delegation">
      <h3>
        {partner && <PartnerMark partner={partner} />}
        <span dir="auto">{partner?.name ?? t('people.none')}</span>
      </h3>
      <ul>
        {people.map((person) => (
          <li key={person.id} class={person.here ? 'person person-here' : 'person'}>
            {person.isMe ? <OwnName session={session} /> : <Attendee session={session} person={person} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Attendee({ session, person }: { readonly session: CaseSession; readonly person: Attendance }): VNode {
  const { at, name, role } = person;
  const words = (
    <>
      <span dir="auto">{name}</span>
      {role !== 'partner' && <span class="person-role">{t(`role.${role}`)}</span>}
      <span class="person-where">{whereabouts(person)}</span>
    </>
  );
  if (at === null) return <span class="person-line">{words}</span>;
  function go(): void {
    makeWay(session);
    if (at !== null) session.goTo(at);
  }
  return (
    <button type="button" class="person-line" title={t('people.go', { name, place: placeName(at) })} onClick={go}>
      {words}
    </button>
  );
}

function whereabouts({ here, at, typing }: Attendance): string {
  if (!here) return t('people.away');
  if (at === null) return t('people.present');
  return t(typing ? 'people.typing' : 'people.at', { place: placeName(at) });
}
