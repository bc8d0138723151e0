// Turns Yjs transactions into the few changes a person would name: a note added, edited, moved, changed or removed, a statement
// rewritten, a partner added, changed or gone, a comment made, two things paired or linked. The live feed and the announcements are built on it.
//
// It keeps the last view of each entry to tell "before" from "after"; it writes nothing and knows no signals.

import * as Y from 'yjs';
import { readNote, readPartners } from './document-views';
import type { CommentView, LinkView, NoteView, PairView, PartnerView, StatementId } from './domain';
import { readComments, readLinks, readPairs } from './method-views';
import type { DeepEvent } from './yjs-types';

interface Cause {
  /** The Yjs client that wrote it; null when it cannot be told (a deletion). */
  readonly by: number | null;
  /** True when this browser made the change. */
  readonly local: boolean;
}

export type CaseChange = Cause &
  (
    | { readonly kind: 'note-added' | 'note-removed'; readonly note: NoteView }
    | {
        readonly kind: 'note-edited' | 'note-moved' | 'note-changed';
        readonly note: NoteView;
        readonly before: NoteView;
      }
    | { readonly kind: 'statement-edited'; readonly statement: StatementId; readonly text: string }
    | { readonly kind: 'partner-added' | 'partner-removed'; readonly partner: PartnerView }
    | { readonly kind: 'comment-added'; readonly comment: CommentView }
    | { readonly kind: 'pair-added'; readonly pair: PairView }
    | { readonly kind: 'link-added'; readonly link: LinkView }
    | { readonly kind: 'partner-changed'; readonly partner: PartnerView; readonly before: PartnerView }
  );

type DeepEvents = readonly DeepEvent[];

export class ChangeReader {
  readonly #doc: Y.Doc;
  readonly #emit: (changes: readonly CaseChange[]) => void;
  readonly #notes = new Map<string, NoteView>();
  #partners: ReadonlyMap<string, PartnerView>;
  readonly #stops: (() => void)[] = [];

  constructor(doc: Y.Doc, emit: (changes: readonly CaseChange[]) => void) {
    this.#doc = doc;
    this.#emit = emit;
    this.#partners = this.#readPartners();
    const notes = doc.getMap('notes');
    for (const [id, entry] of notes) this.#remember(id, readNote(id, entry));
    this.#watch(notes, (events, transaction) => this.#noteChanges(events, transaction));
    this.#watch(doc.getMap('partners'), (events, transaction) => this.#partnerChanges(events, transaction));
    this.#watchAdded('comments', readComments, (comment, cause) => ({ kind: 'comment-added', comment, ...cause }));
    this.#watchAdded('pairs', readPairs, (pair, cause) => ({ kind: 'pair-added', pair, ...cause }));
    this.#watchAdded('links', readLinks, (link, cause) => ({ kind: 'link-added', link, ...cause }));
    this.#watchStatement('impact');
    this.#watchStatement('ambition');
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
  }

  #watch(root: Y.Map<unknown>, read: (events: DeepEvents, transaction: Y.Transaction) => readonly CaseChange[]): void {
    const listener = (events: DeepEvent[], transaction: Y.Transaction): void => this.#tell(read(events, transaction));
    root.observeDeep(listener);
    this.#stops.push(() => root.unobserveDeep(listener));
  }

  /** Tell of entries that are new; what becomes of them later is told where it is shown. */
  #watchAdded<T extends { readonly id: string }>(
    root: string,
    read: (entries: Y.Map<unknown>) => readonly T[],
    change: (entry: T, cause: Cause) => CaseChange,
  ): void {
    const entries = this.#doc.getMap(root);
    const known = new Set(entries.keys());
    this.#watch(entries, (events, transaction) => {
      const fresh = [...byEntry(events)].filter(([id]) => !known.has(id) && entries.has(id));
      for (const [id] of fresh) known.add(id);
      if (fresh.length === 0) return [];
      const views = new Map(read(entries).map((entry) => [entry.id, entry]));
      return fresh.flatMap(([id, own]) => {
        const entry = views.get(id);
        return entry ? [change(entry, causeOf(own, transaction))] : [];
      });
    });
  }

  #watchStatement(statement: StatementId): void {
    const text = this.#doc.getText(`statement.${statement}`);
    const listener = (event: Y.YTextEvent, transaction: Y.Transaction): void =>
      this.#tell([{ kind: 'statement-edited', statement, text: text.toJSON(), ...causeOf([event], transaction) }]);
    text.observe(listener);
    this.#stops.push(() => text.unobserve(listener));
  }

  #tell(changes: readonly CaseChange[]): void {
    if (changes.length > 0) this.#emit(changes);
  }

  #noteChanges(events: DeepEvents, transaction: Y.Transaction): readonly CaseChange[] {
    return [...byEntry(events)].flatMap(([id, own]) => {
      const before = this.#notes.get(id);
      const after = readNote(id, this.#doc.getMap('notes').get(id));
      this.#remember(id, after);
      return noteChange(before, after, causeOf(own, transaction));
    });
  }

  #remember(id: string, note: NoteView | undefined): void {
    if (note) this.#notes.set(id, note);
    else this.#notes.delete(id);
  }

  #partnerChanges(events: DeepEvents, transaction: Y.Transaction): readonly CaseChange[] {
    const earlier = this.#partners;
    this.#partners = this.#readPartners();
    return [...byEntry(events)].flatMap(([id, own]) =>
      partnerChange(earlier.get(id), this.#partners.get(id), causeOf(own, transaction)),
    );
  }

  #readPartners(): ReadonlyMap<string, PartnerView> {
    return new Map(readPartners(this.#doc.getMap('partners')).map((partner) => [partner.id, partner]));
  }
}

function noteChange(before: NoteView | undefined, after: NoteView | undefined, cause: Cause): CaseChange[] {
  if (!after) return before ? [{ kind: 'note-removed', note: before, by: null, local: cause.local }] : [];
  if (!before) return [{ kind: 'note-added', note: after, ...cause }];
  if (before.place !== after.place) return [{ kind: 'note-moved', note: after, before, ...cause }];
  if (before.text !== after.text) return [{ kind: 'note-edited', note: after, before, ...cause }];
  return [{ kind: 'note-changed', note: after, before, ...cause }];
}

function partnerChange(before: PartnerView | undefined, after: PartnerView | undefined, cause: Cause): CaseChange[] {
  if (!after) return before ? [{ kind: 'partner-removed', partner: before, by: null, local: cause.local }] : [];
  if (!before) return [{ kind: 'partner-added', partner: after, ...cause }];
  return [{ kind: 'partner-changed', partner: after, before, ...cause }];
}

/** Sort the events of a root by the entry they belong to. */
function byEntry(events: DeepEvents): ReadonlyMap<string, DeepEvents> {
  const sorted = new Map<string, DeepEvent[]>();
  for (const event of events) {
    const ids = event.path.length > 0 ? [String(event.path[0])] : [...event.changes.keys.keys()];
    for (const id of ids) sorted.set(id, [...(sorted.get(id) ?? []), event]);
  }
  return sorted;
}

function causeOf(events: DeepEvents, transaction: Y.Transaction): Cause {
  return { by: events.map(writerOf).find((client) => client !== null) ?? null, local: transaction.local };
}

function writerOf(event: DeepEvent): number | null {
  const target: unknown = event.target;
  if (target instanceof Y.Text) return writerInText(event, target);
  for (const key of event.changes.keys.keys()) {
    const item = (target as Y.Map<unknown>)._map.get(key);
    if (item && event.adds(item)) return item.id.client;
  }
  return null;
}

function writerInText(event: DeepEvent, text: Y.Text): number | null {
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && event.adds(item)) return item.id.client;
  }
  return null;
}
