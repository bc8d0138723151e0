// A case that stands still: a past moment (from a Yjs update) or an example (from a case file). Nobody else is there and nothing
// can be changed.
//
// A case file is turned into a document here only to be looked at; it never goes to a server. What a session offers to screens is in
// `session.ts`.

import { signal } from '@preact/signals';
import * as Y from 'yjs';
import { CaseDocument } from './document';
import { isPiece } from './domain';
import { orderBetween } from './order';
import type { Person } from './presence';
import { findAuthor, screenState } from './screen-state';
import type { CaseSession, Me } from './session';

/** A case file of format `purpose-case/1`, as far as a picture of it needs. */
export interface CaseFile {
  readonly title?: string;
  readonly sector?: string;
  readonly language?: string;
  readonly sdgs?: readonly number[];
  readonly statements?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, readonly (string | CaseFileNote)[]>>;
}

export interface CaseFileNote {
  readonly text: string;
  readonly partner?: string | null;
  readonly helix?: string;
  readonly for?: string | null;
  readonly [field: string]: unknown;
}

export interface StillOptions {
  readonly caseId?: string | null;
  readonly me?: Me | null;
  readonly people?: ReadonlyMap<string, Person>;
  /** Who is behind a Yjs client id, for notes that do not name their author. */
  readonly participantOf?: (client: number) => string | null;
}

/** Show a document as it was, or an example as its file gives it. */
export function openStill(source: Uint8Array | CaseFile, options: StillOptions = {}): CaseSession {
  const doc = source instanceof Uint8Array ? fromUpdate(source) : fromCaseFile(source);
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

function fromCaseFile(file: CaseFile): Y.Doc {
  const doc = new Y.Doc();
  const partners = new Map<string, string>();
  doc.transact(() => {
    fillMeta(doc, file);
    for (const item of file.notes?.['partners'] ?? []) addPartner(doc, partners, item);
    for (const [place, items] of Object.entries(file.notes ?? {})) {
      if (isPiece(place) && place !== 'partners') addNotes(doc, partners, place, items);
    }
  });
  return doc;
}

function fillMeta(doc: Y.Doc, file: CaseFile): void {
  const meta = doc.getMap('meta');
  for (const field of ['title', 'sector', 'language'] as const) if (file[field]) meta.set(field, file[field]);
  for (const number of file.sdgs ?? []) doc.getMap('sdgs').set(String(number), true);
  for (const statement of ['impact', 'ambition']) {
    doc.getText(`statement.${statement}`).insert(0, file.statements?.[statement] ?? '');
  }
}

function addPartner(doc: Y.Doc, partners: Map<string, string>, item: string | CaseFileNote): void {
  const { text, helix = 'other' } = typeof item === 'string' ? { text: item } : item;
  const id = partnerId(doc, partners, text);
  const entry = doc.getMap('partners').get(id) as Y.Map<unknown>;
  entry.set('helix', helix);
  entry.set('order', nthOrder(partners.size));
}

/** Find a partner by name, or make one that is only named. */
function partnerId(doc: Y.Doc, partners: Map<string, string>, name: string): string {
  const known = partners.get(name);
  if (known !== undefined) return known;
  const id = `partner-${partners.size + 1}`;
  partners.set(name, id);
  const entry = new Y.Map<unknown>();
  doc.getMap('partners').set(id, entry);
  entry.set('name', name);
  return id;
}

function addNotes(
  doc: Y.Doc,
  partners: Map<string, string>,
  place: string,
  items: readonly (string | CaseFileNote)[],
): void {
  let order: string | null = null;
  for (const [index, item] of items.entries()) {
    order = orderBetween(order, null);
    const note: CaseFileNote = typeof item === 'string' ? { text: item } : item;
    const { text, partner, for: beneficiary, form, amount, kind } = note;
    const present = Object.entries({ place, order, form, amount, kind }).filter(([, value]) => value !== undefined);
    const entry = new Y.Map<unknown>(present);
    entry.set('text', new Y.Text(text));
    if (partner) entry.set('partner', partnerId(doc, partners, partner));
    if (beneficiary) entry.set('for', beneficiary === 'all' ? 'all' : partnerId(doc, partners, beneficiary));
    doc.getMap('notes').set(`${place}-${index + 1}`, entry);
  }
}

function nthOrder(count: number): string {
  return `a${String(count).padStart(4, '0')}1`;
}
