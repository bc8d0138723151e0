// Fractional indexes: where a note or partner stands among its neighbours, as one string that is one field write.
//
// Keys are digits in base 62 and compare as plain strings (`<`), never by locale. The first four digits count up at the end of a list
// and down at its start, so that keys stay short; in between, digits are added. Two random digits keep concurrent inserts at one spot
// apart; ties that still occur are broken by id. Keys from other programs may be any such string.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const HEAD_LENGTH = 4;
const HEAD_LIMIT = BASE ** HEAD_LENGTH;
const FIRST_HEAD = 'V000';
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
  if (before === null) return after === null ? FIRST_HEAD : orderBefore(after);
  if (after === null) return orderAfter(before);
  return midpoint(before, after);
}

function orderAfter(key: string): string {
  const head = headOf(key) + 1;
  return head < HEAD_LIMIT ? headDigits(head) : `${key}V`;
}

function orderBefore(key: string): string {
  const head = headOf(key) - 1;
  return head > 0 ? headDigits(head) : midpoint('', key);
}

function headOf(key: string): number {
  const digits = Array.from(key.slice(0, HEAD_LENGTH).padEnd(HEAD_LENGTH, '0'));
  return digits.reduce((value, digit) => value * BASE + digitValue(digit), 0);
}

function headDigits(head: number): string {
  const digits = Array.from({ length: HEAD_LENGTH }, (_, index) => Math.floor(head / BASE ** index) % BASE);
  return digits
    .map((digit) => DIGITS.charAt(digit))
    .reverse()
    .join('');
}

/** The middle of two base-62 fractions. Never ends in a zero, so there is always room before it. */
function midpoint(before: string, after: string | null): string {
  const low = digitValue(before.charAt(0));
  const high = after === null ? BASE : digitValue(after.charAt(0));
  if (high - low > 1) return DIGITS.charAt(Math.floor((low + high) / 2));
  const rest = high === low && after !== null ? after.slice(1) : null;
  return DIGITS.charAt(low) + midpoint(before.slice(1), rest === '' ? null : rest);
}

function jittered(key: string, after: string | null, random: () => number): string {
  const digits = Array.from({ length: JITTER_DIGITS }, () => DIGITS.charAt(1 + Math.floor(random() * (BASE - 1))));
  const candidate = key + digits.join('');
  return after === null || candidate < after ? candidate : key;
}

function digitValue(digit: string): number {
  return Math.max(0, DIGITS.indexOf(digit || '0'));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
