// A case that stands still: a past moment (from a Yjs update) or an example (from a case file). Nobody else is there and nothing
// can be changed.
//
// A case file is turned into a document here only to be looked at; it never goes to a server. What a session offers to screens is in
// `session.ts`.

import { signal } from '@preact/signals';
import * as Y from 'yjs';
import { documentOfFile, type CaseFile } from './case-file';
import { CaseDocument } from './document';
import type { Person } from './presence';
import { findAuthor, screenState } from './screen-state';
import type { CaseSession, Me } from './session';

export interface StillOptions {
  readonly caseId?: string | null;
  readonly me?: Me | null;
  readonly people?: ReadonlyMap<string, Person>;
  /** Who is behind a Yjs client id, for notes that do not name their author. */
  readonly participantOf?: (client: number) => string | null;
}

/** Show a document as it was, or an example as its file gives it. */
export function openStill(source: Uint8Array | CaseFile, options: StillOptions = {}): CaseSession {
  const doc = source instanceof Uint8Array ? fromUpdate(source) : documentOfFile(source);
  const document = new CaseDocument(doc);
  document.ready.value = true;
  const people = signal(options.people ?? new Map<string, Person>());
  const participantOf = options.participantOf ?? (() => null);
  return {
    ...screenState(),
    kind: 'still',
    caseId: options.caseId ?? null,
    me: signal(options.me ?? null),
    document: signal(document),
    people,
    present: signal([]),
    keptAside: signal([]),
    saving: signal({ kind: 'read-only', reason: 'still' } as const),
    writable: signal(false),
    commentable: signal(false),
    rules: signal({ paused: false, editing: 'everyone', locked: [] }),
    waiting: signal([]),
    writableAt: () => false,
    presentAt: () => [],
    presentAtNote: () => [],
    participantOf: (client) => (client === null ? null : participantOf(client)),
    authorOf: (note) => findAuthor(note, people.value, participantOf),
    tellPresence: () => undefined,
    forgetKept: () => undefined,
    retry: () => undefined,
    close: () => document.destroy(),
  };
}

function fromUpdate(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}
