// The clock that plays the past (client/src/ui/history/playing.ts), on a clock that tests turn.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Playing, stayMs } from '../../../../client/src/ui/history/playing';

const bars = [0, 5000, 65_000, 86_400_000].map((to) => ({ to }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function player(show: (index: number) => Promise<boolean>, onEnd = vi.fn()): { playing: Playing; onEnd: typeof onEnd } {
  return { playing: new Playing({ bars: () => bars, show, onEnd }), onEnd };
}

it.each([
  [0, 1, 5000],
  [0, 10, 500],
  [1, 60, 1000],
  [0, 60, 250],
] as const)(
  'stays at bar %i at speed %i as long as the work took, never shorter than can be seen',
  (index, speed, ms) => {
    expect(stayMs(bars, index, speed)).toBe(ms);
  },
);

it('skips idle time', () => {
  expect(stayMs(bars, 2, 1)).toBe(60_000);
});

it('shows one bar after another, and ends at the last', async () => {
  const show = vi.fn(() => Promise.resolve(true));
  const { playing, onEnd } = player(show);

  playing.start(0, 1);
  await vi.advanceTimersByTimeAsync(4999);
  expect(show).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(show.mock.calls).toEqual([[1]]);
  await vi.advanceTimersByTimeAsync(120_000);

  expect(show.mock.calls).toEqual([[1], [2], [3]]);
  expect(onEnd).toHaveBeenCalledOnce();
});

it('begins anew when it stands at the end', async () => {
  const show = vi.fn(() => Promise.resolve(true));
  const { playing } = player(show);

  playing.start(3, 60);
  await vi.advanceTimersByTimeAsync(0);

  expect(show.mock.calls).toEqual([[0]]);
});

it('waits for a moment that is slow to come', async () => {
  const answers: ((goesOn: boolean) => void)[] = [];
  const show = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)));
  const { playing } = player(show);
  playing.start(0, 60);

  await vi.advanceTimersByTimeAsync(600_000);
  expect(show).toHaveBeenCalledOnce();
  answers[0]?.(true);
  await vi.advanceTimersByTimeAsync(1000);

  expect(show).toHaveBeenCalledTimes(2);
});

it('stands still when told, also while a moment is under way', async () => {
  const show = vi.fn(() => Promise.resolve(true));
  const { playing, onEnd } = player(show);
  playing.start(0, 60);
  playing.stop();

  await vi.advanceTimersByTimeAsync(600_000);

  expect(show).not.toHaveBeenCalled();
  expect(onEnd).not.toHaveBeenCalled();
});

it('ends when a moment does not come', async () => {
  const { playing, onEnd } = player(() => Promise.reject(new Error('offline')));
  playing.start(0, 60);

  await vi.advanceTimersByTimeAsync(1000);

  expect(onEnd).toHaveBeenCalledOnce();
});
