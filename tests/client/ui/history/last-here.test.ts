// Coming back to a case after a while (client/src/ui/history/last-here.ts).

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awaySince, followReturns, lastHere, noteHere } from '../../../../client/src/ui/history/last-here';

const MINUTE = 60_000;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => void vi.useRealTimers());

it.each([
  [null, null],
  [0, null],
  [15 * MINUTE, null],
  [15 * MINUTE + 1, 'away'],
])('after %s ms is told as %s', (ago, told) => {
  const now = Date.now();
  const since = ago === null ? null : now - ago;

  expect(awaySince(since, now)).toBe(told === null ? null : since);
});

it('remembers each case apart, and nothing of one never seen', () => {
  noteHere('one', 123);

  expect([lastHere('one'), lastHere('other')]).toEqual([123, null]);
});

it('tells once who comes back since when, and counts from now again', () => {
  const then = Date.now() - 60 * MINUTE;
  noteHere('one', then);
  const onReturn = vi.fn();
  followReturns('one', onReturn)();
  followReturns('one', onReturn)();

  expect(onReturn.mock.calls).toEqual([[then]]);
});

it('says nothing to who stays, however long', () => {
  const onReturn = vi.fn();
  const stop = followReturns('one', onReturn);

  vi.advanceTimersByTime(120 * MINUTE);
  document.dispatchEvent(new Event('visibilitychange'));
  stop();

  expect(onReturn).not.toHaveBeenCalled();
});

it('tells who left the page open and comes back to it', () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(false);
  const onReturn = vi.fn();
  const stop = followReturns('one', onReturn);
  const left = Date.now();
  hidden.mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(20 * MINUTE);

  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  stop();

  expect(onReturn.mock.calls).toEqual([[left]]);
});
