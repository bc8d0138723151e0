// Dates, times and durations in the present language, through `Intl` alone. Lists, which a case needs at first, are in listing.ts.

import { locale } from './index';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "5 minutes ago", "yesterday": the largest unit that fits. */
export function ago(at: number, now: number): string {
  const past = Math.max(0, now - at);
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (past < minute) return relative.format(0, 'second');
  if (past < hour) return relative.format(-Math.floor(past / minute), 'minute');
  if (past < day) return relative.format(-Math.floor(past / hour), 'hour');
  return relative.format(-Math.floor(past / day), 'day');
}

/** "Tuesday 24 November", with the year when it is not this one. */
export function dayName(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at);
}

/** "14:05". */
export function clock(at: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "14:05 – 14:40", or one time when both are in the same minute. */
export function clockRange(from: number, to: number): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).formatRange(from, to);
}

/** "24 November 2026 at 14:05". */
export function dateAndTime(at: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/** "14 Nov", with the year when it is not this one. */
export function shortDay(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', ...year }).format(at);
}

/** "14 Nov, 14:05", with the year when it is not this one. */
export function shortMoment(at: number, now: number): string {
  return `${shortDay(at, now)}, ${clock(at)}`;
}
