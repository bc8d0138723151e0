// Keeps the document of a session in this browser: which document, from when, and what happens to what is kept when it is replaced.
// Never in the way: the code is loaded when it is wanted, and where IndexedDB is refused everything goes on without.
//
//     detached --attach--> loading --what is kept was merged--> at work --fault--> given up
//         ▲───────────────── detach, replace, remove ───────────────┘
//
// Acts on the database follow one another in the order they were asked for. How a copy is kept is `local-copy.ts` and
// `copy-database.ts`; what the session does with it `session-live.ts`.

import type { CaseDocument } from './document';
import type { LocalCopy } from './local-copy';
import { copyName } from './storage';
import type { Sync } from './sync';
import type { KeptText } from './unsent';

const load = async () => import('./keeping');

/** A document, and its sync, that are kept. */
interface Kept {
  readonly document: CaseDocument;
  readonly sync: Sync;
}

export class CopyKeeper {
  readonly #caseId: string;
  readonly #participant: string;
  readonly #onWorks: (works: boolean) => void;
  #name = '';
  #attached: Kept | null = null;
  #copy: LocalCopy | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** `onWorks` is told whether what is typed is kept in this browser. */
  constructor(caseId: string, participant: string, onWorks: (works: boolean) => void) {
    this.#caseId = caseId;
    this.#participant = participant;
    this.#onWorks = onWorks;
  }

  get isAttached(): boolean {
    return this.#attached !== null;
  }

  /** Keep this document from now on, and merge into it what was kept of this epoch. */
  attach(document: CaseDocument, sync: Sync, epoch: number): void {
    const kept = { document, sync };
    this.#name = copyName(this.#caseId, this.#participant, epoch);
    this.#attached = kept;
    this.#inTurn(() => this.#open(kept)).catch(() => this.#giveUp(kept));
  }

  /** What waits has changed. */
  noteWaiting(): void {
    if (this.#attached) this.#copy?.noteWaiting(this.#attached.sync.unsent.ownSubjects);
  }

  /** The document holds everything the server has. */
  markWhole(): void {
    this.#copy?.markWhole();
  }

  /** Stop keeping; what is kept stays. */
  detach(): void {
    const copy = this.#copy;
    this.#attached = this.#copy = null;
    this.#onWorks(false);
    if (copy) void this.#inTurn(() => copy.close()).catch(() => undefined);
  }

  /** Put `state`, or nothing, in the place of what is kept; give the texts that waited in it. */
  replace(state: Uint8Array | null, reason: string): Promise<readonly KeptText[]> {
    this.detach();
    const name = this.#name;
    if (name === '') return Promise.resolve([]);
    return this.#inTurn(async () => (await load()).replaceCopy(name, state, reason)).catch(() => []);
  }

  /** Remove what is kept for good; give the texts that waited in it. */
  remove(reason: string): Promise<readonly KeptText[]> {
    this.detach();
    const name = this.#name;
    if (name === '') return Promise.resolve([]);
    return this.#inTurn(async () => (await load()).removeCopy(name, reason)).catch(() => []);
  }

  async #open(kept: Kept): Promise<void> {
    if (this.#attached !== kept) return;
    const { LocalCopy, listCopy, removeForgotten } = await load();
    listCopy(this.#name);
    const copy = await LocalCopy.open(this.#name, kept.document.doc, () => this.#giveUp(kept));
    if (this.#attached === kept) await this.#merge(copy, kept);
    else await copy.close();
    void removeForgotten().catch(() => undefined);
  }

  async #merge(copy: LocalCopy, kept: Kept): Promise<void> {
    const { document, sync } = kept;
    sync.copyOrigin = copy.origin;
    for (const waiting of copy.found.waiting) sync.unsent.inherit(waiting.subjects, () => copy.settle(waiting));
    this.#copy = copy;
    await copy.loaded;
    if (this.#attached !== kept) return;
    sync.copyMerged();
    this.#onWorks(true);
    if (document.ready.peek()) copy.markWhole();
    else document.ready.value = copy.found.isWhole;
    this.noteWaiting();
  }

  #giveUp(kept: Kept): void {
    if (this.#attached === kept) this.#onWorks(false);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
