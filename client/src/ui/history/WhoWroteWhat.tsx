// A text with who wrote which words: each passage carries the mark of its partner, and says who and when where one points or stands. The
// list beneath names everyone. Deleted words are shown when asked.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { People, WordRun } from '../../history-api';
import { t } from '../../i18n';
import { shortMoment } from '../../i18n/format';
import { markOf } from '../../marks';
import type { CaseSession } from '../../session';
import { PartnerMark, partnerClass } from '../canvas/PartnerMark';
import { authorsOf, hasDeleted, passagesOf, type Passage } from './life-words';
import { nameOf, partnerOf } from './names';

interface Props {
  readonly session: CaseSession;
  readonly runs: readonly WordRun[];
  readonly people: People;
}

export function WhoWroteWhat({ session, runs, people }: Props): VNode {
  const [withDeleted, setWithDeleted] = useState(false);
  const [pointed, setPointed] = useState<number | null>(null);
  const passages = passagesOf(runs, withDeleted);
  const told = pointed === null ? undefined : passages[pointed];
  return (
    <div class="who-wrote">
      {passages.length === 0 ? (
        <p class="quiet">{t('feed.empty-note')}</p>
      ) : (
        <p class="passages" dir="auto">
          {passages.map((passage, index) => (
            <PassageMark
              key={index}
              {...{ session, people, passage }}
              pointed={index === pointed}
              onPoint={() => setPointed(index)}
            />
          ))}
        </p>
      )}
      <p class="passage-told" dir="auto">
        {told ? passageWords(told, people, session) : t('passage.hint')}
      </p>
      {hasDeleted(runs) && (
        <label class="switch">
          <input
            type="checkbox"
            checked={withDeleted}
            onChange={(event) => {
              setPointed(null);
              setWithDeleted(event.currentTarget.checked);
            }}
          />
          <span>{t('passage.deleted.show')}</span>
        </label>
      )}
      <Authors session={session} people={people} passages={passages} />
    </div>
  );
}

interface PassageProps {
  readonly session: CaseSession;
  readonly people: People;
  readonly passage: Passage;
  readonly pointed: boolean;
  readonly onPoint: () => void;
}

function PassageMark({ session, people, passage, pointed, onPoint }: PassageProps): VNode {
  const partner = partnerOf(passage.by, people, session);
  const name = nameOf(passage.by, people, session);
  const words = passageWords(passage, people, session);
  const Text = passage.deleted ? 'del' : 'span';
  return (
    <span
      class={`passage ${partnerClass(partner)}${pointed ? ' is-pointed' : ''}`}
      role="button"
      tabIndex={0}
      title={words}
      onMouseEnter={onPoint}
      onFocus={onPoint}
      onClick={onPoint}
    >
      <Text>{passage.text}</Text>
      <span class="passage-mark" aria-hidden="true">
        {partner?.mark ?? markOf(name)}
      </span>
      <span class="visually-hidden"> ({words})</span>
    </span>
  );
}

function Authors({
  session,
  people,
  passages,
}: Omit<Props, 'runs'> & { readonly passages: readonly Passage[] }): VNode {
  return (
    <ul class="authors" aria-label={t('passage.authors')}>
      {authorsOf(passages).map(({ by, words }) => {
        const partner = partnerOf(by, people, session);
        const name = nameOf(by, people, session);
        return (
          <li key={by}>
            <PartnerMark partner={partner} fallback={markOf(name)} />
            <span dir="auto">{[name, partner?.name ?? ''].filter((part) => part !== '').join(' · ')}</span>
            <span class="quiet">{t('passage.words', { count: words })}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** "Anna, 14 Nov, 14:05", and for what was deleted by whom and when. */
function passageWords({ by, at, deleted }: Passage, people: People, session: CaseSession): string {
  const now = Date.now();
  const written = t('passage.by', { name: nameOf(by, people, session), when: shortMoment(at, now) });
  if (!deleted) return written;
  const gone = { name: nameOf(deleted.by, people, session), when: shortMoment(deleted.at, now) };
  return `${written} ${t('passage.deleted', gone)}`;
}
