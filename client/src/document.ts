// The typed, observable view on the Yjs roots of a case: one deep observer per root feeds one signal per note, a sorted list per
// place, the partners, the statements, the SDGs and the meta fields. Screens read signals and never touch Yjs types.
//
// Editing and undo are `document-edits.ts` (reached as `document.edit`); reading entries is `document-views.ts`; the network is
// `sync.ts`. A document is replaced, never reset: whoever holds one reads it through `session.document`.

import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import * as Y from 'yjs';
import { ChangeReader, type CaseChange } from './document-changes';
import { CaseEdits } from './document-edits';
import { readMeta, readNote, readPartners, readSdgs } from './document-views';
import type { Meta, NoteView, PartnerView, Place, StatementId } from './domain';
import { byOrder } from './order';
import type { DeepEvent } from './yjs-types';

export type { CaseChange } from './document-changes';

/** Tell who is editing and what time it is, so that new notes can carry it. */
export interface Authorship {
  readonly participant: string | null;
  readonly partner: string | null;
  /** Milliseconds since the epoch, by a clock that can be relied on; this device's when absent. */
  readonly now?: number;
}

const NOBODY: Authorship = { participant: null, partner: null };

export class CaseDocument {
  readonly doc: Y.Doc;
  readonly edit: CaseEdits;
  readonly meta: ReadonlySignal<Meta>;
  readonly sdgs: ReadonlySignal<readonly number[]>;
  /** The list of partners: in order, then those who left, then those only named by notes (`order` null). */
  readonly partners: ReadonlySignal<readonly PartnerView[]>;
  readonly statements: Readonly<Record<StatementId, ReadonlySignal<string>>>;
  /** True once the document holds what the server has (or from the start, for a still one). */
  readonly ready = signal(false);

  readonly #notes: Y.Map<unknown>;
  readonly #views = new Map<string, NoteView>();
  readonly #noteSignals = new Map<string, Signal<NoteView | undefined>>();
  readonly #placeSignals = new Map<Place, Signal<readonly string[]>>();
  readonly #listeners = new Set<(changes: readonly CaseChange[]) => void>();
  readonly #stops: (() => void)[] = [];

  constructor(doc: Y.Doc = new Y.Doc(), authorship: () => Authorship = () => NOBODY) {
    this.doc = doc;
    const meta = doc.getMap('meta');
    const sdgs = doc.getMap('sdgs');
    const partners = doc.getMap('partners');
    this.#notes = doc.getMap('notes');
    this.meta = this.#follow(meta, () => readMeta(meta));
    this.sdgs = this.#follow(sdgs, () => readSdgs(sdgs));
    this.partners = this.#follow(partners, () => readPartners(partners));
    this.statements = { impact: this.#followText('impact'), ambition: this.#followText('ambition') };
    for (const id of this.#notes.keys()) this.#reread(id);
    this.#observeNotes();
    this.#reportChanges();
    this.edit = new CaseEdits(this, authorship);
  }

  /** One note, as a signal that changes only when that note does. */
  note(id: string): ReadonlySignal<NoteView | undefined> {
    return entryOf(this.#noteSignals, id, () => this.#views.get(id));
  }

  /** The ids of the notes at a place, sorted; changes only when the list does. */
  notesAt(place: Place): ReadonlySignal<readonly string[]> {
    return entryOf(this.#placeSignals, place, () => this.#sortedIds(place));
  }

  /** All notes now, unsorted and not observed. */
  allNotes(): readonly NoteView[] {
    return [...this.#views.values()];
  }

  /** The notes at a place now, sorted, for computing orders. */
  sortedNotes(place: Place): readonly NoteView[] {
    return this.allNotes()
      .filter((note) => note.place === place)
      .sort(byOrder);
  }

  /** The shared text of a note, for an editor to bind to. */
  noteText(id: string): Y.Text | undefined {
    const entry = this.#notes.get(id);
    const text: unknown = entry instanceof Y.Map ? entry.get('text') : undefined;
    return text instanceof Y.Text ? text : undefined;
  }

  statementText(statement: StatementId): Y.Text {
    return this.doc.getText(`statement.${statement}`);
  }

  partner(id: string | null): PartnerView | undefined {
    return id === null ? undefined : this.partners.value.find((partner) => partner.id === id);
  }

  /** Hear what each transaction changed, once the document is ready. Returns the way to stop. */
  onChanges(listener: (changes: readonly CaseChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  destroy(): void {
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
    this.edit.destroy();
    this.doc.destroy();
  }

  #follow<T>(root: Y.Map<unknown>, read: () => T): ReadonlySignal<T> {
    const value = signal(read());
    const update = (): void => void (value.value = read());
    root.observeDeep(update);
    this.#stops.push(() => root.unobserveDeep(update));
    return value;
  }

  #followText(statement: StatementId): ReadonlySignal<string> {
    const text = this.statementText(statement);
    const value = signal(text.toJSON());
    const update = (): void => void (value.value = text.toJSON());
    text.observe(update);
    this.#stops.push(() => text.unobserve(update));
    return value;
  }

  #observeNotes(): void {
    const update = (events: DeepEvent[]): void => batch(() => this.#takeIn(touchedIds(events)));
    this.#notes.observeDeep(update);
    this.#stops.push(() => this.#notes.unobserveDeep(update));
  }

  #takeIn(ids: ReadonlySet<string>): void {
    const places = new Set<Place>();
    for (const id of ids) {
      const before = this.#views.get(id);
      const after = this.#reread(id);
      const moved = before?.place !== after?.place || before?.order !== after?.order;
      if (moved && before) places.add(before.place);
      if (moved && after) places.add(after.place);
    }
    for (const place of places) {
      const list = this.#placeSignals.get(place);
      if (list) list.value = this.#sortedIds(place);
    }
  }

  #reread(id: string): NoteView | undefined {
    const view = readNote(id, this.#notes.get(id));
    if (view) this.#views.set(id, view);
    else this.#views.delete(id);
    const known = this.#noteSignals.get(id);
    if (known) known.value = view;
    return view;
  }

  #sortedIds(place: Place): readonly string[] {
    return this.sortedNotes(place).map((note) => note.id);
  }

  #reportChanges(): void {
    const reader = new ChangeReader(this.doc, (changes) => {
      if (this.ready.peek()) for (const listener of this.#listeners) listener(changes);
    });
    this.#stops.push(() => reader.destroy());
  }
}

function touchedIds(events: readonly DeepEvent[]): ReadonlySet<string> {
  const ids = events.flatMap((event) =>
    event.path.length > 0 ? [String(event.path[0])] : [...event.changes.keys.keys()],
  );
  return new Set(ids);
}

function entryOf<K, V>(signals: Map<K, Signal<V>>, key: K, initial: () => V): Signal<V> {
  const known = signals.get(key);
  if (known) return known;
  const fresh = signal(initial());
  signals.set(key, fresh);
  return fresh;
}
