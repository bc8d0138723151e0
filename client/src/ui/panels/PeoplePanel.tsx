// Who is at the table: by organisation, who is here now and where, the others quieter. My own name can be changed. A facilitator also
// sees who waits at the door and who was taken out, and says what each may do.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Standing } from '../../access-api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { countHere, delegations, type Attendance, type Delegation } from './people';
import { OwnName } from './OwnName';
import { IconButton } from '../canvas/icons';
import { PartnerMark } from '../canvas/PartnerMark';
import { PersonDialog } from '../people/PersonDialog';
import { leads, useStandings, type Standings } from '../people/standings';
import { TakenOut } from '../people/TakenOut';
import { WaitingList } from '../people/WaitingList';
import { WayBack, wayBackShown } from '../people/WayBack';
import { Problem } from '../Problem';
import { makeWay } from './on-phone';
import { placeName } from './place-name';

export function PeoplePanel({ session }: { readonly session: CaseSession }): VNode {
  const standings = useStandings(session);
  const [chosen, setChosen] = useState<string | null>(null);
  const gone = [...(standings.people?.values() ?? [])].filter(({ status }) => status === 'removed');
  const out = new Set(gone.map(({ id }) => id));
  const groups = delegations({
    me: session.me.value,
    people: new Map([...session.people.value].filter(([id]) => !out.has(id))),
    present: session.present.value,
    partners: session.document.value.partners.value,
  });
  const person = chosen === null ? undefined : standings.people?.get(chosen);
  return (
    <>
      {leads(session) && <WaitingList session={session} onChange={() => standings.reload()} />}
      <p class="quiet">{t('people.here', { count: countHere(groups) })}</p>
      {groups.map((group) => (
        <DelegationList
          key={group.partner?.id ?? ''}
          {...{ session, standings }}
          delegation={group}
          onChoose={setChosen}
        />
      ))}
      <Problem error={standings.failure} />
      <Dialogs {...{ session, standings, gone, person }} onClose={() => setChosen(null)} />
    </>
  );
}

interface DialogsProps {
  readonly session: CaseSession;
  readonly standings: Standings;
  readonly gone: readonly Standing[];
  readonly person: Standing | undefined;
  readonly onClose: () => void;
}

function Dialogs({ session, standings, gone, person, onClose }: DialogsProps): VNode | null {
  const { caseId } = session;
  if (caseId === null) return null;
  const onChange = (): void => standings.reload();
  return (
    <>
      <TakenOut caseId={caseId} people={gone} onChange={onChange} />
      {person && <PersonDialog key={person.id} {...{ session, caseId, person, onChange, onClose }} />}
      {wayBackShown.value && <WayBack session={session} />}
    </>
  );
}

interface DelegationProps {
  readonly session: CaseSession;
  readonly standings: Standings;
  readonly delegation: Delegation;
  readonly onChoose: (participant: string) => void;
}

function DelegationList({ session, standings, delegation: { partner, people }, onChoose }: DelegationProps): VNode {
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
            {standings.people?.has(person.id) && (
              <IconButton
                icon="dots"
                class="person-more"
                label={t('person.open', { name: person.name })}
                onClick={() => onChoose(person.id)}
              />
            )}
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
      <span class="person-where">{whereabouts(person, session)}</span>
    </>
  );
  if (at === null) return <span class="person-line">{words}</span>;
  function go(): void {
    makeWay(session);
    if (at !== null) session.goTo(at);
  }
  return (
    <button
      type="button"
      class="person-line"
      title={t('people.go', { name, place: placeName(at, session.document.value) })}
      onClick={go}
    >
      {words}
    </button>
  );
}

function whereabouts({ here, at, typing }: Attendance, session: CaseSession): string {
  if (!here) return t('people.away');
  if (at === null) return t('people.present');
  return t(typing ? 'people.typing' : 'people.at', { place: placeName(at, session.document.value) });
}
