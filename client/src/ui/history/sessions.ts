// Sessions, versions and bars as data: how a session is called, which one a moment lies in, when an entry was made. Pure; asking is
// `past.ts`.

import type { Bar, Version, WorkSession } from '../../history-api';
import { t } from '../../i18n';
import { shortDay } from '../../i18n/format';
import { placeName } from '../panels/place-name';

/** What happened in a session, in one line: "Session 3, 14 Nov, 9 people, 41 contributions, mostly Partners". */
export function sessionTitle(session: WorkSession, now: number): string {
  return [session.name ?? sessionNumber(session), ...sessionFacts(session, now)].join(', ');
}

export function sessionNumber({ number }: WorkSession): string {
  return t('history.session', { number });
}

/** "14 Nov", "9 people", "41 contributions", "mostly Partners". */
export function sessionFacts(session: WorkSession, now: number): readonly string[] {
  const [busiest] = Object.keys(session.places);
  return [
    shortDay(session.from, now),
    t('history.people', { count: session.people.length }),
    t('history.contributions', { count: session.contributions }),
    ...(busiest === undefined ? [] : [t('history.mostly', { place: placeName(busiest) })]),
  ];
}

/** The session an entry belongs to. */
export function sessionAt(seq: number, sessions: readonly WorkSession[]): WorkSession | undefined {
  return sessions.find((session) => session.first_seq <= seq && seq <= session.seq);
}

export function versionsIn(session: WorkSession, versions: readonly Version[]): readonly Version[] {
  return versions.filter(({ seq }) => session.first_seq <= seq && seq <= session.seq).reverse();
}

/** When an entry was made, as nearly as sessions and bars tell. */
export function timeOf(seq: number, bars: readonly Bar[], sessions: readonly WorkSession[]): number {
  const ended = sessions.find((session) => session.seq === seq);
  return ended?.to ?? bars[barAt(seq, bars)]?.to ?? sessions[0]?.to ?? 0;
}

/** The place among the bars of an entry: the first that reaches it, else the last. */
export function barAt(seq: number, bars: readonly Bar[]): number {
  const index = bars.findIndex((bar) => bar.seq >= seq);
  return index < 0 ? Math.max(0, bars.length - 1) : index;
}
