// Past moments by day, newest first. Pure; asking for them and drawing is MomentsPanel.tsx.

import type { Moment } from '../../api';

export interface Day {
  /** Any time on that day, for its name. */
  readonly at: number;
  readonly moments: readonly Moment[];
}

export function byDay(moments: readonly Moment[]): readonly Day[] {
  const days: { at: number; moments: Moment[] }[] = [];
  for (const moment of moments) {
    const last = days.at(-1);
    if (last && isSameDay(last.at, moment.to)) last.moments.push(moment);
    else days.push({ at: moment.to, moments: [moment] });
  }
  return days;
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
