// Which of my changes the server has not yet put on disk, counted the way a person counts: a note I typed in is one change,
// however many keys it took. With each change its update, so that it can be sent anew under another client id.
//
// Pure bookkeeping: `sync.ts` says which frame carried what and which frames are settled; `local-copy.ts` keeps it over a reload; which texts
// the changes hold is `unsent-texts.ts`.

import * as Y from 'yjs';
import type { Place } from './domain';
import type { AnyType } from './yjs-types';

/** What a change is about: `notes/<id>`, `partners/<id>`, `statement.impact`, `meta/title`, … */
export type Subject = string;

/** A change that is on its way but was never counted: a page that ended before it could write down what it was about. */
export const UNCOUNTED: Subject = '?';

/** A text of mine that was not saved, put aside for me. */
export interface KeptText {
  readonly id: Subject;
  readonly text: string;
  readonly place: Place | null;
  /** Why: a reason of rule E3, `epoch` or `closed`. */
  readonly reason: string;
}

interface Pending {
  readonly subjects: Set<Subject>;
  /** The number of the update frame that carried it on this connection; null while it has not been sent. */
  frame: number | null;
  /** My own updates of this page; none for what an earlier page left behind. */
  readonly updates: Uint8Array[];
  /** Told when it is on disk; only what an earlier page left behind has it. */
  readonly onSettled: (() => void) | null;
}

export class Unsent {
  /** Called whenever the bookkeeping changes. */
  onChange: () => void = () => undefined;
  #pending: Pending[] = [];

  /** Note a change of mine; `frame` is null while there is no connection to send it on. */
  add(subjects: ReadonlySet<Subject>, frame: number | null, update: Uint8Array | null = null): void {
    const last = this.#pending.at(-1);
    const joins = frame === null && last?.frame === null && last.onSettled === null;
    const entry = joins ? last : { subjects: new Set<Subject>(), frame, updates: [], onSettled: null };
    for (const subject of subjects) entry.subjects.add(subject);
    if (update) entry.updates.push(update);
    if (!joins) this.#pending.push(entry);
    this.onChange();
  }

  /** Note what an earlier page of this browser left waiting, and hear when it is on disk. */
  inherit(subjects: Iterable<Subject>, onSettled: () => void): void {
    this.#pending.unshift({ subjects: new Set(subjects), frame: null, updates: [], onSettled });
    this.onChange();
  }

  /** A frame that holds everything the server lacks carries every change that waits. */
  allSentIn(frame: number): void {
    for (const change of this.#pending) change.frame = frame;
  }

  /** The connection is gone: whatever was not settled may have to be sent again. */
  connectionLost(): void {
    for (const change of this.#pending) change.frame = null;
  }

  /** The first `frames` update frames of this connection are on disk (or refused). */
  settled(frames: number): void {
    const isSettled = ({ frame }: Pending): boolean => frame !== null && frame <= frames;
    for (const change of this.#pending) if (isSettled(change)) change.onSettled?.();
    this.#pending = this.#pending.filter((change) => !isSettled(change));
    this.onChange();
  }

  /** Some of it was not sent on this connection. */
  get isToBeSent(): boolean {
    return this.#pending.some(({ frame }) => frame === null);
  }

  /** What waits, without doubles. */
  get subjects(): ReadonlySet<Subject> {
    return union(this.#pending);
  }

  /** What waits of this page alone. */
  get ownSubjects(): ReadonlySet<Subject> {
    return union(this.#pending.filter((change) => change.onSettled === null));
  }

  /** The updates of this page that wait, oldest first. */
  get ownUpdates(): readonly Uint8Array[] {
    return this.#pending.flatMap((change) => change.updates);
  }
}

function union(changes: readonly Pending[]): ReadonlySet<Subject> {
  return new Set(changes.flatMap((change) => [...change.subjects]));
}

/** Name what a transaction changed. */
export function subjectsOf(transaction: Y.Transaction): ReadonlySet<Subject> {
  const subjects = new Set<Subject>();
  for (const [type, keys] of transaction.changed) {
    for (const subject of subjectsOfType(type, keys)) subjects.add(subject);
  }
  return subjects;
}

function subjectsOfType(type: AnyType, keys: ReadonlySet<string | null>): Subject[] {
  let inner = type;
  let entry: string | null = null;
  while (inner._item !== null) {
    entry = inner._item.parentSub;
    inner = inner._item.parent as AnyType;
  }
  const root = Y.findRootTypeKey(inner);
  if (entry !== null) return [`${root}/${entry}`];
  return inner instanceof Y.Map ? [...keys].map((key) => `${root}/${key ?? ''}`) : [root];
}
