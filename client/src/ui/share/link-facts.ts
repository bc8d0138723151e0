// What can be said of a link in a few words: how many came by it, until when it works, and who opens the door. Pure.

import type { Link } from '../../api';
import { t } from '../../i18n';
import { dayName } from '../../i18n/format';

export interface LinkFact {
  readonly words: string;
  /** It lets nobody in as it is. */
  readonly isShut: boolean;
}

export function factsOf(link: Link, now: number): readonly LinkFact[] {
  return [
    seatsFact(link),
    ...(link.expires_at === null ? [] : [endFact(link.expires_at, now)]),
    ...(link.has_waiting_room ? [{ words: t('link.waiting-room.told'), isShut: false }] : []),
  ];
}

function seatsFact({ taken, seats }: Link): LinkFact {
  if (seats === null)
    return { words: t(taken === 0 ? 'link.taken.none' : 'link.taken', { count: taken }), isShut: false };
  const isFull = taken >= seats;
  return { words: t(isFull ? 'link.full' : 'link.seats.told', { taken, seats }), isShut: isFull };
}

function endFact(end: number, now: number): LinkFact {
  const isOver = end <= now;
  return { words: t(isOver ? 'link.expired' : 'link.until.told', { day: dayName(end, now) }), isShut: isOver };
}

/** What a facilitator calls a link: its own name, else for whom it is. */
export function linkName(link: Link): string {
  return link.name ?? t(`share.role.${link.role}`);
}
