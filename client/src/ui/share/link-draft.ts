// What a facilitator filled in about a link, and what it means to the server: its limits, or what is wrong. Pure; the fields are in
// LinkForm.tsx.

import type { Link, LinkLimits, Role } from '../../api';
import type { Key } from '../../i18n';

export interface LinkDraft {
  readonly role: Role;
  readonly name: string;
  /** The last day it works, as `2026-12-03`; empty for no end. */
  readonly lastDay: string;
  readonly seats: string;
  readonly hasWaitingRoom: boolean;
}

export interface LinkProblems {
  readonly lastDay?: Key;
  readonly seats?: Key;
}

export const MOST_SEATS = 10_000;

export function draftOf(link: Link | null): LinkDraft {
  if (link === null) return { role: 'partner', name: '', lastDay: '', seats: '', hasWaitingRoom: false };
  return {
    role: link.role,
    name: link.name ?? '',
    lastDay: link.expires_at === null ? '' : dayOf(link.expires_at),
    seats: link.seats === null ? '' : String(link.seats),
    hasWaitingRoom: link.has_waiting_room,
  };
}

/** What cannot be so. An end that was there already may lie in the past. */
export function problemsOf(draft: LinkDraft, before: Link | null, now: number): LinkProblems {
  const isNew = draft.lastDay !== draftOf(before).lastDay;
  const isPast = isNew && draft.lastDay !== '' && !(endOf(draft.lastDay) > now);
  const isOdd = draft.seats !== '' && !isSeats(Number(draft.seats));
  return { ...(isPast && { lastDay: 'link.until.past' }), ...(isOdd && { seats: 'link.seats.odd' }) };
}

/** The limits that differ from before, all of them for a new link. */
export function limitsOf(draft: LinkDraft, before: Link | null): Partial<LinkLimits> {
  const was = draftOf(before);
  const isNew = before === null;
  return {
    ...((isNew || draft.name !== was.name) && { name: draft.name.trim() || null }),
    ...((isNew || draft.lastDay !== was.lastDay) && { expires_at: draft.lastDay === '' ? null : endOf(draft.lastDay) }),
    ...((isNew || draft.seats !== was.seats) && { seats: draft.seats === '' ? null : Number(draft.seats) }),
    ...((isNew || draft.hasWaitingRoom !== was.hasWaitingRoom) && { has_waiting_room: draft.hasWaitingRoom }),
  };
}

/** The last moment of a day where I am. */
export function endOf(day: string): number {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 23, 59, 59, 999).getTime();
}

/** The day of a moment where I am. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function isSeats(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MOST_SEATS;
}
