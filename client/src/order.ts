// Fractional indexes: where a note or partner stands among its neighbours, as one string that is one field write.
//
// Keys compare as plain strings (`<`), never by locale. Concurrent inserts at one spot get different keys thanks to a few
// random digits; ties that still occur are broken by id. Keys from other programs may have any form; then a plain midpoint serves.

import { generateKeyBetween } from 'fractional-indexing';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const JITTER_DIGITS = 2;

export interface Ordered {
  readonly id: string;
  readonly order: string | null;
}

/** Compare by order, then id; for `sort`. */
export function byOrder(a: Ordered, b: Ordered): number {
  return compare(a.order ?? '', b.order ?? '') || compare(a.id, b.id);
}

/** Give an order for a new place in a sorted list: before the item now at `index`. `random` gives numbers in [0, 1). */
export function orderAt(sorted: readonly Ordered[], index: number, random: () => number = Math.random): string {
  const before = index > 0 ? (sorted[index - 1]?.order ?? '') : '';
  const after = sorted.slice(index).find((item) => (item.order ?? '') > before)?.order ?? null;
  return jittered(orderBetween(before || null, after), after, random);
}

/** Give a string that sorts strictly between the two; null means no bound. */
export function orderBetween(before: string | null, after: string | null): string {
  try {
    return generateKeyBetween(before, after);
  } catch {
    return midpoint(before ?? '', after);
  }
}

function jittered(key: string, after: string | null, random: () => number): string {
  const digits = Array.from({ length: JITTER_DIGITS }, () => DIGITS.charAt(1 + Math.floor(random() * 61))).join('');
  const candidate = key + digits;
  return after === null || candidate < after ? candidate : key;
}

/** The middle of two base-62 fractions; `after` null stands for one. Never ends in a zero, so there is always room before it. */
function midpoint(before: string, after: string | null): string {
  const low = Math.max(0, DIGITS.indexOf(before.charAt(0) || '0'));
  const high = after === null ? DIGITS.length : Math.max(0, DIGITS.indexOf(after.charAt(0) || '0'));
  if (high - low > 1) return DIGITS.charAt(Math.round((low + high) / 2));
  const digit = DIGITS.charAt(low);
  const rest = high === low && after !== null ? after.slice(1) : null;
  return digit + midpoint(before.slice(1), rest === '' ? null : rest);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
