// One difference: what kind, which words, what else, who and when, and where to go from it.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Change, Changes } from '../../history-api';
import { t } from '../../i18n';
import { shortMoment } from '../../i18n/format';
import type { CaseSession, Stretch } from '../../session';
import { makeWay } from '../panels/on-phone';
import { detailLines, isStatementRoot, kindWords, subjectText, type NameOf } from './change-words';
import { backToNow, lookBack } from './looking-back';
import { namesOf } from './names';
import { scopeOfSubject } from './restoring';
import { RestoreButton } from './RestoreButton';
import { Words } from './Words';

interface Props {
  readonly session: CaseSession;
  readonly stretch: Stretch;
  readonly found: Changes;
  readonly change: Change;
  readonly onRestored: () => void;
}

export function ChangeCard({ session, stretch, found, change, onRestored }: Props): VNode {
  const text = subjectText(change, nameIn(session));
  const who = namesOf(change.people, found.people, session);
  return (
    <li class={`change change-${change.kind}`}>
      <p class="change-kind">{kindWords(change)}</p>
      {change.words.length > 0 ? (
        <Words words={change.words} />
      ) : (
        text !== '' && (
          <p class="change-text" dir="auto">
            {text}
          </p>
        )
      )}
      {detailLines(change, nameIn(session)).map((line) => (
        <p key={line} class="change-detail" dir="auto">
          {line}
        </p>
      ))}
      <p class="quiet" dir="auto">
        {[who, change.at === null ? '' : shortMoment(change.at, Date.now())].filter((part) => part !== '').join(', ')}
      </p>
      <ChangeActs {...{ session, stretch, found, change, onRestored, text }} />
    </li>
  );
}

function ChangeActs({ session, found, change, text, onRestored }: Props & { readonly text: string }): VNode {
  const [failure, setFailure] = useState('');
  const isNote = change.root === 'notes';
  const subject = isNote ? `notes/${change.key}` : isStatementRoot(change.root) ? change.root : null;
  const scope = subject !== null && change.kind !== 'added' ? scopeOfSubject(subject) : null;
  const see = (): void => {
    lookBack(session, found.from).then(
      (shown) => shown && arrive(session, session.lookingBack.peek()?.session ?? session, change),
      () => setFailure(t('problem.offline')),
    );
  };
  const label = text === '' ? t('change.unnamed') : text;
  return (
    <div class="session-acts">
      {change.kind === 'removed' && found.from > 0 && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t('change.see.label', { text: label })}
          onClick={see}
        >
          {t('change.see')}
        </button>
      )}
      {change.kind !== 'removed' && change.piece !== '' && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t('change.go.label', { text: label })}
          onClick={() => {
            backToNow(session);
            arrive(session, session, change);
          }}
        >
          {t('change.go')}
        </button>
      )}
      {subject !== null && (
        <button type="button" class="button button-plain" onClick={() => openLife(session, subject)}>
          {t('change.life')}
        </button>
      )}
      {scope && found.from > 0 && (
        <RestoreButton session={session} scope={scope} seq={found.from} text={text} onDone={onRestored} />
      )}
      {failure !== '' && <span role="alert">{failure}</span>}
    </div>
  );
}

export function openLife(session: CaseSession, subject: string): void {
  session.subject.value = subject;
  session.panel.value = 'life';
}

function arrive(live: CaseSession, shown: CaseSession, change: Change): void {
  makeWay(live);
  shown.goTo(change.piece, change.root === 'notes' ? change.key : null);
}

/** The names of notes and partners as they are on the canvas now. */
function nameIn(session: CaseSession): NameOf {
  const { value: caseDocument } = session.document;
  return (id) => caseDocument.partner(id)?.name ?? caseDocument.note(id).value?.text ?? '';
}
