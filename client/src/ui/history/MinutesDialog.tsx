// The minutes of a session as a page to read, print, or keep as a file; with or without names.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import {
  minutes as fetchMinutes,
  minutesFile,
  type Minutes,
  type MinutesItem,
  type WorkSession,
} from '../../history-api';
import { t } from '../../i18n';
import { clock, clockRange, dayName } from '../../i18n/format';
import { listing } from '../../i18n/listing';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { pieceTitle } from './change-words';
import { Problem } from '../Problem';
import { sessionNumber } from './sessions';
import { useAnswer } from './use-answer';

interface Props {
  readonly caseId: string;
  readonly stretch: WorkSession;
  readonly onClose: () => void;
}

export function MinutesDialog({ caseId, stretch, onClose }: Props): VNode {
  const [names, setNames] = useState(true);
  const [again, setAgain] = useState(0);
  const [from, to] = [stretch.first_seq - 1, stretch.seq];
  const found = useAnswer(() => fetchMinutes(caseId, from, to, names), [caseId, from, to, names, again]);
  useEffect(() => {
    document.documentElement.classList.add('has-minutes');
    return () => document.documentElement.classList.remove('has-minutes');
  }, []);
  return (
    <Dialog
      title={t('minutes.title', { session: stretch.name ?? sessionNumber(stretch) })}
      onClose={onClose}
      look="wide"
    >
      <div class="minutes-acts">
        <label class="switch">
          <input type="checkbox" checked={names} onChange={(event) => setNames(event.currentTarget.checked)} />
          <span>{t('minutes.names')}</span>
        </label>
        <a class="button button-quiet" href={minutesFile(caseId, from, to, names)} download>
          {t('share.file')}
        </a>
        <Button kind="primary" onClick={() => window.print()}>
          {t('minutes.print')}
        </Button>
      </div>
      {found.answer === null && found.failure === null && <p role="status">{t('common.loading')}</p>}
      <Problem error={found.failure}>
        <Button onClick={() => setAgain(again + 1)}>{t('history.retry')}</Button>
      </Problem>
      {found.answer && <MinutesPage minutes={found.answer} />}
    </Dialog>
  );
}

function MinutesPage({ minutes }: { readonly minutes: Minutes }): VNode {
  const pieces = Object.entries(minutes.pieces);
  return (
    <article class="minutes">
      <h3 class="minutes-title" dir="auto">
        {minutes.title}
      </h3>
      <p class="quiet">
        {dayName(minutes.first_at, Date.now())}, {clockRange(minutes.first_at, minutes.last_at)}
      </p>
      <h4>{t('minutes.present')}</h4>
      <Attendance minutes={minutes} />
      {pieces.length === 0 && <p>{t('changes.none')}</p>}
      {pieces.map(([piece, items]) => (
        <section key={piece}>
          <h4>{pieceTitle({ piece })}</h4>
          <ul>
            {items.map((item, index) => (
              <MinutesLine key={index} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}

function Attendance({ minutes }: { readonly minutes: Minutes }): VNode {
  if (minutes.attendees.length === 0) return <p>{t('history.people', { count: minutes.people })}</p>;
  const byPartner = new Map<string, string[]>();
  for (const { name, partner } of minutes.attendees) {
    const key = partner ?? t('people.none');
    byPartner.set(key, [...(byPartner.get(key) ?? []), name]);
  }
  return (
    <ul>
      {[...byPartner].map(([partner, people]) => (
        <li key={partner} dir="auto">
          <strong>{partner}</strong>: {listing(people)}
        </li>
      ))}
    </ul>
  );
}

function MinutesLine({ item }: { readonly item: MinutesItem }): VNode {
  const tail = [
    ...(item.people.length > 0 ? [listing(item.people)] : []),
    ...(item.at === null ? [] : [clock(item.at)]),
  ];
  return (
    <li dir="auto">
      <span class="minutes-kind">{t(`change.${item.kind}`)}</span>{' '}
      <span>{item.text === '' ? t('feed.empty-note') : item.text}</span>
      {item.was !== null && (
        <span class="minutes-was"> {t('minutes.was', { text: item.was || t('change.nothing') })}</span>
      )}
      {tail.length > 0 && <span class="quiet"> {tail.join(', ')}</span>}
    </li>
  );
}
