// Past moments as updates, fetched when wanted. The last few are kept; who asks for another one no longer waits for the one before.

import { momentUpdate } from '../../history-api';

const KEPT = 24;

export class MomentShelf {
  readonly #caseId: string;
  readonly #kept = new Map<number, Uint8Array>();
  #underWay: AbortController | null = null;

  constructor(caseId: string) {
    this.#caseId = caseId;
  }

  /** The case as it was at an entry; null when another one was asked for meanwhile. Raises ApiError. */
  async take(seq: number): Promise<Uint8Array | null> {
    this.forgetUnderWay();
    const known = this.#kept.get(seq);
    if (known) return this.#keep(seq, known);
    const abort = new AbortController();
    this.#underWay = abort;
    try {
      const update = await momentUpdate(this.#caseId, seq, abort.signal);
      return abort.signal.aborted ? null : this.#keep(seq, update);
    } catch (error) {
      if (abort.signal.aborted) return null;
      throw error;
    }
  }

  /** Nobody waits any more for what is under way. */
  forgetUnderWay(): void {
    this.#underWay?.abort();
    this.#underWay = null;
  }

  #keep(seq: number, update: Uint8Array): Uint8Array {
    this.#kept.delete(seq);
    this.#kept.set(seq, update);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return update;
  }
}
