// The copy of a case in this browser's IndexedDB: the document (by y-indexeddb), and beside it which changes wait to be saved.
//
// One database per case, participant and epoch. Tabs share it, so the bookkeeping has an entry per page load: what another page left
// waiting is counted here until the server has it, and its entry is then removed unless that page changed it meanwhile. When one tab
// empties the copy (its change was refused), the others write theirs anew. Loaded on demand; when it is wanted is
// `copy-keeper.ts`; the databases as a whole are `copy-database.ts`.

import * as idb from 'lib0/indexeddb';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import {
  bookkeepingOf,
  channelOf,
  customOf,
  EMPTIED,
  SETTLED,
  storesOf,
  waitingKey,
  WHOLE,
  type Bookkeeping,
  type Waiting,
} from './copy-database';
import { freshId } from './ids';
import type { Subject } from './unsent';

export class LocalCopy {
  readonly found: Bookkeeping;
  /** What was kept has been merged into the document, or never will be because that was replaced. */
  readonly loaded: Promise<unknown>;
  readonly #key = waitingKey(freshId());
  readonly #persistence: IndexeddbPersistence;
  readonly #channel: BroadcastChannel | null;
  readonly #onFault: () => void;
  #version = 0;
  #subjects: ReadonlySet<Subject> = new Set();
  #isWhole: boolean;

  /** Use `open`. */
  constructor(name: string, doc: Y.Doc, found: Bookkeeping, onFault: () => void) {
    this.found = found;
    this.#isWhole = found.isWhole;
    this.#onFault = onFault;
    this.#persistence = new IndexeddbPersistence(name, doc);
    const replaced = new Promise<void>((resolve) => doc.once('destroy', () => resolve()));
    this.loaded = Promise.race([this.#persistence.whenSynced, replaced]);
    this.#channel = channelOf(name);
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#write(() => this.#onOtherTab(data));
    void this.#persistence._db.then((db) => this.#watch(db));
  }

  /**
   * Open the copy for a document; `loaded` tells when what it held has been merged. Rejects in a browser that refuses
   * IndexedDB. `onFault` is called when the copy can no longer be written.
   */
  static async open(name: string, doc: Y.Doc, onFault: () => void): Promise<LocalCopy> {
    // Read before the document: an entry without its change only counts too much for a moment.
    return new LocalCopy(name, doc, await bookkeepingOf(name), onFault);
  }

  /** The origin of the transactions that merge the copy into the document. */
  get origin(): unknown {
    return this.#persistence;
  }

  /** Write down what of this page waits, when it has changed. Once loaded, it is on its way to the disk when this returns. */
  noteWaiting(subjects: ReadonlySet<Subject>): void {
    const isSame = subjects.size === this.#subjects.size && [...subjects].every((each) => this.#subjects.has(each));
    if (isSame) return;
    this.#subjects = subjects;
    this.#version += 1;
    this.#write((db) => this.#putWaiting(db));
  }

  /** The document now holds everything the server has. */
  markWhole(): void {
    if (this.#isWhole) return;
    this.#isWhole = true;
    this.#write((db) => idb.put(customOf(db), 1, WHOLE));
  }

  /** What an earlier page left is on disk: forget it, unless that page changed it since; if it lives, it says what more it has. */
  settle({ key, version }: Waiting): void {
    this.#write(async (db) => {
      const custom = customOf(db);
      const now = (await idb.get(custom, key)) as unknown as { version: number } | undefined;
      if (now?.version !== version) return;
      await idb.del(custom, key);
      this.#channel?.postMessage(SETTLED);
    });
  }

  /** Stop keeping; what is on its way to the disk still gets there. */
  async close(): Promise<void> {
    this.#channel?.close();
    if (!this.#persistence._destroyed) await this.#persistence.destroy();
  }

  /** Another tab emptied the copy, or settled what waits: what I have is written again, and what of it waits. */
  async #onOtherTab(message: unknown): Promise<void> {
    const { db, doc } = this.#persistence;
    if (db === null) return;
    if (this.#subjects.size === 0) {
      // Writing it back could bring back what was refused; the tab that emptied it writes what the server has.
      this.#isWhole &&= message !== EMPTIED;
      return;
    }
    if (message === EMPTIED) {
      await idb.addAutoKey(storesOf(db)[0], Y.encodeStateAsUpdate(doc) as never);
      if (this.#isWhole) await idb.put(customOf(db), 1, WHOLE);
    }
    await this.#putWaiting(db);
  }

  #putWaiting(db: IDBDatabase): Promise<unknown> {
    const entry = { version: this.#version, subjects: [...this.#subjects] };
    const custom = customOf(db);
    return this.#subjects.size === 0 ? idb.del(custom, this.#key) : idb.put(custom, entry as never, this.#key);
  }

  #write(act: (db: IDBDatabase) => Promise<unknown>): void {
    const { db } = this.#persistence;
    if (db === null) return;
    try {
      act(db).catch(this.#onFault);
    } catch {
      this.#onFault();
    }
  }

  /** A full disk, or a copy removed by another tab, must not stop the typing; it ends the promise that work is kept. */
  #watch(db: IDBDatabase): void {
    const fail = (): void => this.#onFault();
    const end = (): void => {
      this.#persistence.db = null;
      this.#onFault();
    };
    for (const event of ['versionchange', 'close']) db.addEventListener(event, end);
    for (const event of ['abort', 'error']) db.addEventListener(event, fail);
  }
}
