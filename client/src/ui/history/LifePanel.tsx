// The life of one note or statement: who wrote which words, and all that happened to it, newest first, each with the way to how it lay
// then and back to how it was.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../../api';
import {
  life as fetchLife,
  words as fetchWords,
  type Happening,
  type LifePage,
  type People,
  type WordRun,
} from '../../history-api';
import { t } from '../../i18n';
import { shortMoment } from '../../i18n/format';
import { markOf } from '../../marks';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from '../panels/on-phone';
import { Problem } from '../Problem';
import { useSubmit, type Submit } from '../use-submit';
import { happeningWords } from './life-words';
import { lookBack } from './looking-back';
import { nameOf, partnerOf } from './names';
import { scopeOfSubject } from './restoring';
import { RestoreButton } from './RestoreButton';
import { ToSessions } from './ToSessions';
import { useAnswer } from './use-answer';
import { WhoWroteWhat } from './WhoWroteWhat';

interface Told extends LifePage {
  readonly runs: readonly WordRun[];
}

export function LifePanel({ session }: { readonly session: CaseSession }): VNode {
  const subject = session.subject.value;
  const [again, setAgain] = useState(0);
  const found = useAnswer(() => tell(session.caseId, subject), [subject, again]);
  return (
    <div class="history">
      <ToSessions session={session} />
      {found.answer === null && found.failure === null && <p role="status">{t('common.loading')}</p>}
      <Problem error={found.failure}>
        <Button onClick={() => setAgain(again + 1)}>{t('history.retry')}</Button>
      </Problem>
      {found.answer?.happenings.length === 0 && <p class="quiet">{t('life.empty')}</p>}
      {subject !== null && found.answer && found.answer.happenings.length > 0 && (
        <Life session={session} subject={subject} told={found.answer} onRestored={() => setAgain(again + 1)} />
      )}
    </div>
  );
}

interface LifeProps {
  readonly session: CaseSession;
  readonly subject: string;
  readonly told: Told;
  readonly onRestored: () => void;
}

function Life({ session, subject, told, onRestored }: LifeProps): VNode {
  const { happenings, people, next, earlier } = useEarlier(session.caseId, subject, told);
  const text = told.runs.reduce((all, run) => (run.deleted ? all : all + run.text), '');
  return (
    <>
      <section class="life-words">
        <h3>{t('life.words')}</h3>
        <WhoWroteWhat session={session} runs={told.runs} people={people} />
      </section>
      <section>
        <h3>{t('life.happenings')}</h3>
        <ol class="life">
          {[...happenings].reverse().map((happening, index) => (
            <HappeningLine
              key={`${happening.seq} ${happening.kind}`}
              {...{ session, subject, happening, onRestored, text }}
              people={people}
              latest={index === 0}
            />
          ))}
        </ol>
        <Problem error={earlier.failure} />
        {next !== null && <Button onClick={() => earlier.run()}>{t('life.more')}</Button>}
      </section>
    </>
  );
}

/** A long life, begun at its end, and the way to what was before. */
function useEarlier(caseId: string | null, subject: string, told: LifePage): LifePage & { readonly earlier: Submit } {
  const [pages, setPages] = useState<readonly LifePage[]>([]);
  const all = [...pages, told];
  const { next } = all[0] ?? told;
  const earlier = useSubmit(async () => {
    if (caseId === null || next === null) return;
    setPages([await fetchLife(caseId, subject, next), ...pages]);
  });
  const people = Object.assign({}, ...all.map((page) => page.people)) as People;
  return { happenings: all.flatMap((page) => page.happenings), people, next, earlier };
}

interface LineProps extends Omit<LifeProps, 'told'> {
  readonly happening: Happening;
  readonly people: People;
  /** The last thing that happened: it is so now. */
  readonly latest: boolean;
  readonly text: string;
}

function HappeningLine({ session, subject, happening, people, latest, text, onRestored }: LineProps): VNode {
  const name = nameOf(happening.by, people, session);
  const when = shortMoment(happening.to, Date.now());
  const looking = useSubmit(async () => {
    if (!(await lookBack(session, happening.seq))) return;
    makeWay(session);
    const isThere = subject.startsWith('notes/') && happening.kind !== 'removed';
    session.lookingBack.peek()?.session.goTo(happening.place, isThere ? subject.slice('notes/'.length) : null);
  });
  return (
    <li class="happening">
      <PartnerMark partner={partnerOf(happening.by, people, session)} fallback={markOf(name)} />
      <div>
        <p dir="auto">
          <strong>{name}</strong> {happeningWords(happening)}
        </p>
        <p class="quiet">
          <time dateTime={new Date(happening.to).toISOString()}>{when}</time>
        </p>
        <div class="session-acts">
          <button
            type="button"
            class="button button-plain"
            aria-label={t('life.see.label', { when })}
            onClick={() => looking.run()}
          >
            {t('change.see')}
          </button>
          {happening.kind !== 'removed' && !latest && (
            <RestoreButton
              session={session}
              scope={scopeOfSubject(subject)}
              seq={happening.seq}
              at={happening.to}
              text={text}
              onDone={onRestored}
            />
          )}
        </div>
        <Problem error={looking.failure} />
      </div>
    </li>
  );
}

/** Something nothing happened to yet has an empty life. Raises ApiError. */
async function tell(caseId: string | null, subject: string | null): Promise<Told | null> {
  if (caseId === null || subject === null) return null;
  try {
    const [lived, written] = await Promise.all([fetchLife(caseId, subject, null), fetchWords(caseId, subject)]);
    return { ...lived, runs: written.runs, people: { ...lived.people, ...written.people } };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { happenings: [], runs: [], people: {}, next: null };
    throw error;
  }
}
