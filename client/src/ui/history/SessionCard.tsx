// One session in the list of the past: its name and what happened in it, what can be done with it, and the versions named in it.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameSession, type WorkSession } from '../../history-api';
import { t } from '../../i18n';
import { clockRange, shortMoment } from '../../i18n/format';
import { listing } from '../../i18n/listing';
import type { CaseSession } from '../../session';
import { MinutesDialog } from './MinutesDialog';
import { NameForm } from './NameForm';
import { nameOf } from './names';
import { pastOf } from './past';
import { sessionFacts, sessionNumber, versionsIn } from './sessions';

interface Props {
  readonly session: CaseSession;
  readonly stretch: WorkSession;
  readonly now: number;
  readonly current: boolean;
  readonly onOpen: (seq: number) => void;
}

const MOST_NAMES = 6;

export function SessionCard({ session, stretch, now, current, onOpen }: Props): VNode {
  const named = versionsIn(stretch, pastOf(session).versions.value);
  return (
    <li class="session-card">
      <button
        type="button"
        class="moment"
        aria-current={current ? 'true' : undefined}
        onClick={() => onOpen(stretch.seq)}
      >
        <strong dir="auto">{stretch.name ?? sessionNumber(stretch)}</strong>
        <span class="session-facts">{sessionFacts(stretch, now).join(', ')}</span>
        <span class="quiet" dir="auto">
          {clockRange(stretch.from, stretch.to)} · {peopleOf(session, stretch)}
        </span>
      </button>
      {named.length > 0 && (
        <ul class="versions">
          {named.map((version) => (
            <li key={version.seq}>
              <button type="button" class="moment version" onClick={() => onOpen(version.seq)}>
                <strong dir="auto">{version.name}</strong>
                <span class="quiet">{t('version.told', { when: shortMoment(version.at, now) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <SessionActs session={session} stretch={stretch} />
    </li>
  );
}

function SessionActs({ session, stretch }: Pick<Props, 'session' | 'stretch'>): VNode {
  const [naming, setNaming] = useState(false);
  const [reading, setReading] = useState(false);
  const compare = (): void => {
    session.stretch.value = { from: { seq: stretch.first_seq - 1 }, to: stretch.seq };
    session.panel.value = 'changes';
  };
  if (naming) return <RenameSession {...{ session, stretch }} onDone={() => setNaming(false)} />;
  return (
    <div class="session-acts">
      <button type="button" class="button button-plain" onClick={compare}>
        {t('history.compare')}
      </button>
      <button type="button" class="button button-plain" onClick={() => setReading(true)}>
        {t('history.minutes')}
      </button>
      {session.me.value?.role === 'facilitator' && (
        <button type="button" class="button button-plain" onClick={() => setNaming(true)}>
          {t(stretch.name === null ? 'history.rename' : 'history.rename.again')}
        </button>
      )}
      {reading && <MinutesDialog caseId={session.caseId ?? ''} stretch={stretch} onClose={() => setReading(false)} />}
    </div>
  );
}

function RenameSession({
  session,
  stretch,
  onDone,
}: Pick<Props, 'session' | 'stretch'> & { readonly onDone: () => void }): VNode {
  const save = async (name: string): Promise<void> => {
    await nameSession(session.caseId ?? '', stretch.number, name);
    await pastOf(session).refresh();
  };
  return (
    <NameForm
      label={t('history.rename.label', { session: sessionNumber(stretch) })}
      value={stretch.name ?? ''}
      save={save}
      onDone={onDone}
    />
  );
}

function peopleOf(session: CaseSession, stretch: WorkSession): string {
  const people = pastOf(session).people.value;
  const names = stretch.people.slice(0, MOST_NAMES).map((id) => nameOf(id, people, session));
  const more = stretch.people.length - names.length;
  return listing(more > 0 ? [...names, t('history.people.more', { count: more })] : names);
}
