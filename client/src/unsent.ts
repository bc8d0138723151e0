// Which of my changes the server has not yet put on disk, counted the way a person counts: a note I typed in is one change,
// however many keys it took. And the texts among them, so that nothing typed is lost when they cannot be saved.
//
// Pure bookkeeping: `sync.ts` says which frame carried what and which frames are settled.

import * as Y from 'yjs';
import type { Place } from './domain';
import type { AnyType } from './yjs-types';

/** What a change is about: `notes/<id>`, `partners/<id>`, `statement.impact`, `meta/title`, … */
export type Subject = string;

/** A text of mine that was not saved, put aside for me to copy. */
export interface KeptText {
  readonly id: string;
  readonly text: string;
  readonly place: Place | null;
  /** The server's words for why, when it gave any. */
  readonly reason: string | null;
}

interface Pending {
  readonly subjects: ReadonlySet<Subject>;
  /** The number of the update frame that carried it on this connection; null while it has not been sent. */
  frame: number | null;
}

export class Unsent {
  /** Called whenever the bookkeeping changes. */
  onChange: () => void = () => undefined;
  #pending: Pending[] = [];

  /** Note a change of mine; `frame` is null while there is no connection to send it on. */
  add(subjects: ReadonlySet<Subject>, frame: number | null): void {
    this.#pending.push({ subjects, frame });
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
    this.#pending = this.#pending.filter((change) => change.frame === null || change.frame > frames);
    this.onChange();
  }

  /** What waits, without doubles. */
  get subjects(): ReadonlySet<Subject> {
    return new Set(this.#pending.flatMap((change) => [...change.subjects]));
  }
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

/** Collect the texts among the unsaved subjects, as the document has them. */
export function textsToKeep(subjects: ReadonlySet<Subject>, doc: Y.Doc, reason: string | null): readonly KeptText[] {
  return [...subjects].flatMap((subject) => {
    const kept = textOf(subject, doc);
    return kept && kept.text.trim() !== '' ? [{ id: subject, reason, ...kept }] : [];
  });
}

function textOf(subject: Subject, doc: Y.Doc): { text: string; place: Place | null } | null {
  if (subject.startsWith('statement.')) {
    return { text: doc.getText(subject).toJSON(), place: subject.slice('statement.'.length) };
  }
  const [root = '', key = ''] = subject.split('/');
  if (root === 'meta') return plainText(doc.getMap('meta').get(key));
  const entry: unknown = doc.getMap(root).get(key);
  if (!(entry instanceof Y.Map)) return null;
  if (root === 'partners') return { ...plainText(entry.get('name')), place: 'partners' };
  return noteText(entry as Y.Map<unknown>);
}

function noteText(note: Y.Map<unknown>): { text: string; place: Place | null } {
  const text = note.get('text');
  const place = note.get('place');
  return { text: text instanceof Y.Text ? text.toJSON() : '', place: typeof place === 'string' ? place : null };
}

function plainText(value: unknown): { text: string; place: Place | null } {
  return { text: typeof value === 'string' ? value : '', place: null };
}
