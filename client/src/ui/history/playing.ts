// The clock that plays the past: from bar to bar, as long after each other as the work was, divided by the speed. Idle time is skipped.
//
// It waits until a moment is shown before it counts on, so that a slow network makes it slower and never piles up requests.

export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** Longer pauses than this are idle time. */
export const IDLE_MS = 60_000;
const SHORTEST_MS = 250;

interface Timed {
  readonly to: number;
}

/** How long the bar at `index` stays before the next one comes. */
export function stayMs(bars: readonly Timed[], index: number, speed: Speed): number {
  const apart = (bars[index + 1]?.to ?? 0) - (bars[index]?.to ?? 0);
  return Math.max(SHORTEST_MS, Math.min(IDLE_MS, apart) / speed);
}

export interface PlayingOptions {
  readonly bars: () => readonly Timed[];
  /** Show a bar; false (or a failure) ends the playing. */
  readonly show: (index: number) => Promise<boolean>;
  readonly onEnd: () => void;
}

export class Playing {
  readonly #options: PlayingOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(options: PlayingOptions) {
    this.#options = options;
  }

  /** Play on from a bar; from the beginning when it is the last. */
  start(index: number, speed: Speed): void {
    this.stop();
    const turn = this.#turn;
    const last = this.#options.bars().length - 1;
    if (index >= last) void this.#step(0, speed, turn);
    else this.#wait(index, speed, turn);
  }

  /** Stand still; `onEnd` is not called. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  #wait(index: number, speed: Speed, turn: number): void {
    const bars = this.#options.bars();
    if (index >= bars.length - 1) {
      this.#options.onEnd();
      return;
    }
    this.#timer = setTimeout(() => void this.#step(index + 1, speed, turn), stayMs(bars, index, speed));
  }

  async #step(index: number, speed: Speed, turn: number): Promise<void> {
    const goesOn = await this.#options.show(index).catch(() => false);
    if (turn !== this.#turn) return;
    if (goesOn) this.#wait(index, speed, turn);
    else this.#options.onEnd();
  }
}
