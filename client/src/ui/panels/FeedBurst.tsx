// What one person did in one go: who, for whom, how long ago, and a line for each note.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { ago } from '../../i18n/format';
import type { CaseSession } from '../../session';
import type { Burst, FeedEntry } from './feed';
import { markOf } from '../../marks';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from './on-phone';
import { placeName } from './place-name';

interface Props {
  readonly session: CaseSession;
  readonly burst: Burst;
  readonly now: number;
  /** Everything from here up to the next line that was seen is new. */
  readonly news: boolean;
  /** This block is the first that was seen before. */
  readonly seen: boolean;
}

const shownAtFirst = 5;

export function FeedBurst({ session, burst, now, news, seen }: Props): VNode {
  const [all, setAll] = useState(false);
  const shown = all ? burst.entries : burst.entries.slice(0, shownAtFirst);
  const hidden = burst.entries.length - shown.length;
  return (
    <>
      {news && <li class="feed-new">{t('feed.new')}</li>}
      <li class={seen ? 'feed-burst feed-burst-seen' : 'feed-burst'}>
        <Who session={session} burst={burst} now={now} />
        <ul>
          {shown.map((entry) => (
            <FeedLine key={`${entry.subject} ${entry.kind} ${entry.at}`} session={session} entry={entry} />
          ))}
        </ul>
        {hidden > 0 && (
          <button type="button" class="button button-plain" onClick={() => setAll(true)}>
            {t('feed.more', { count: hidden })}
          </button>
        )}
      </li>
    </>
  );
}

function Who({ session, burst, now }: Pick<Props, 'session' | 'burst' | 'now'>): VNode {
  const me = session.me.value;
  const mine = burst.by !== null && burst.by === me?.participant;
  const person = burst.by === null ? undefined : session.people.value.get(burst.by);
  const name = person?.name ?? t('feed.someone');
  const partner = session.document.value.partner(mine ? me.partner : (person?.partner ?? null));
  return (
    <p class="feed-who">
      <PartnerMark partner={partner} fallback={markOf(name)} />
      <strong dir="auto">{mine ? t('feed.you') : name}</strong>
      {partner && <span dir="auto">{partner.name}</span>}
      <time dateTime={new Date(burst.at).toISOString()}>{ago(burst.at, now)}</time>
    </p>
  );
}

function FeedLine({ session, entry }: { readonly session: CaseSession; readonly entry: FeedEntry }): VNode {
  const text = textNow(session, entry);
  const where = entry.place || (session.document.value.note(entry.subject).value?.place ?? '');
  const place = placeName(where, session.document.value);
  const from = entry.from === null ? '' : placeName(entry.from, session.document.value);
  const isNote = !entry.kind.startsWith('partner') && entry.kind !== 'statement';
  function go(): void {
    makeWay(session);
    session.goTo(where, isNote ? entry.subject : null);
  }
  return (
    <li>
      <button type="button" class={`feed-line feed-${entry.kind}`} onClick={go}>
        <span class="feed-text" dir="auto">
          {text || t('feed.empty-note')}
        </span>
        <span class="feed-what">{t(`feed.${entry.kind}`, { place, from })}</span>
      </button>
    </li>
  );
}

/** A note that is still there shows what it says now, while it is being written too. */
function textNow(session: CaseSession, entry: FeedEntry): string {
  if (entry.kind === 'removed' || entry.kind === 'comment') return entry.text;
  return session.document.value.note(entry.subject).value?.text ?? entry.text;
}
