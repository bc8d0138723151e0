// The bars of the timeline as data: each a stack of partners, as high as much was done. Pure; drawing is `TimelineBars.tsx`.

import type { Bar, People } from '../../history-api';

export interface Share {
  /** A partner id; null for people without an organisation. */
  readonly partner: string | null;
  readonly count: number;
}

export interface Column {
  readonly shares: readonly Share[];
  /** Between 0 and 1. */
  readonly height: number;
}

const LEAST_HEIGHT = 0.12;

/** Stack each bar by partner. Heights follow the square root, so that a quiet hour beside a busy one can still be seen. */
export function columnsOf(bars: readonly Bar[], people: People): readonly Column[] {
  const stacks = bars.map((bar) => sharesOf(bar, people));
  const most = Math.max(1, ...stacks.map(totalOf));
  return stacks.map((shares) => ({ shares, height: Math.max(LEAST_HEIGHT, Math.sqrt(totalOf(shares) / most)) }));
}

/** How much each partner did in all, most first. */
export function totalsOf(columns: readonly Column[]): readonly Share[] {
  const totals = new Map<string | null, number>();
  for (const { partner, count } of columns.flatMap(({ shares }) => shares)) {
    totals.set(partner, (totals.get(partner) ?? 0) + count);
  }
  return [...totals].map(([partner, count]) => ({ partner, count })).sort((one, other) => other.count - one.count);
}

function sharesOf(bar: Bar, people: People): readonly Share[] {
  const counts = new Map<string | null, number>();
  for (const [participant, count] of Object.entries(bar.updates)) {
    const partner = people[participant]?.partner ?? null;
    counts.set(partner, (counts.get(partner) ?? 0) + count);
  }
  return [...counts].map(([partner, count]) => ({ partner, count })).sort(byPartner);
}

/** The same order in every bar, those without an organisation last. */
function byPartner(one: Share, other: Share): number {
  const last = Number(one.partner === null) - Number(other.partner === null);
  return last || (one.partner ?? '').localeCompare(other.partner ?? '');
}

function totalOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { count }) => sum + count, 0);
}
