// The typed, observable view on the Yjs roots of a case: one deep observer per root feeds one signal per note, a sorted list per
// place, the partners, the statements, the SDGs and the meta fields. Screens read signals and never touch Yjs types.
//
// Editing and undo are `document-edits.ts` (reached as `document.edit`); reading entries is `document-views.ts`; the network is
// `sync.ts`. A document is replaced, never reset: whoever holds one reads it through `session.document`.

import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import * as Y from 'yjs';
import { ChangeReader, type CaseChange } from './document-changes';
import { CaseEdits } from './document-edits';
import { readMeta, readNote, readPartners, readSdgs } from './document-views';
import type {
  CommentView,
  LinkView,
  Meta,
  NoteView,
  PairView,
  PartnerView,
  Place,
  RoadmapView,
  StatementId,
} from './domain';
import { readComments, readLinks, readPairs, readRoadmap } from './method-views';
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
  readonly pairs: ReadonlySignal<readonly PairView[]>;
  readonly links: ReadonlySignal<readonly LinkView[]>;
  readonly comments: ReadonlySignal<readonly CommentView[]>;
  readonly roadmap: ReadonlySignal<RoadmapView>;
  readonly statements: Readonly<Record<StatementId, ReadonlySignal<string>>>;
  /** True once the document holds what the server has (or from the start, for a still one). */
  readonly ready = signal(false);

  readonly #notes: Y.Map<unknown>;
  readonly #views = new Map<string, NoteView>();
  readonly #noteSignals = new Map<string, Signal<NoteView | undefined>>();
  readonly #placeSignals = new Map<Place, Signal<readonly string[]>>();
  readonly #version = signal(0);
  readonly #listeners = new Set<(changes: readonly CaseChange[]) => void>();
  readonly #stops: (() => void)[] = [];

  constructor(doc: Y.Doc = new Y.Doc(), authorship: () => Authorship = () => NOBODY) {
    this.doc = doc;
    this.#notes = doc.getMap('notes');
    this.meta = this.#followRoot('meta', readMeta);
    this.sdgs = this.#followRoot('sdgs', readSdgs);
    this.partners = this.#followRoot('partners', readPartners);
    this.pairs = this.#followRoot('pairs', readPairs);
    this.links = this.#followRoot('links', readLinks);
    this.comments = this.#followRoot('comments', readComments);
    this.roadmap = this.#followRoot('roadmap', readRoadmap);
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

  /** The ids of the notes at a place, sorted, then those of elsewhere that are shown there too; changes only when the list does. */
  notesAt(place: Place): ReadonlySignal<readonly string[]> {
    return entryOf(this.#placeSignals, place, () => this.#sortedIds(place));
  }

  /** All notes, unsorted; changes with every note, so only for what is reckoned from the whole case. */
  readonly everyNote: ReadonlySignal<readonly NoteView[]> = computed(() => {
    this.#version.valueOf();
    return this.allNotes();
  });

  /** All notes now, unsorted and not observed. */
  allNotes(): readonly NoteView[] {
    return [...this.#views.values()];
  }

  /** How many links each note, partner or statement has. */
  readonly linkCounts: ReadonlySignal<ReadonlyMap<string, number>> = computed(() =>
    countEach(this.links.value.flatMap(({ from, to }) => [from, to])),
  );

  /** How many comments on each note are open. */
  readonly openComments: ReadonlySignal<ReadonlyMap<string, number>> = computed(() =>
    countEach(this.comments.value.filter((comment) => !comment.resolved).map((comment) => comment.note)),
  );

  /** The notes that lie at a place now, sorted, for computing orders. */
  sortedNotes(place: Place): readonly NoteView[] {
    return this.allNotes()
      .filter((note) => note.place === place)
      .sort(byOrder);
  }

  /** The notes of elsewhere that are shown at a place too, sorted. */
  guestsAt(place: Place): readonly NoteView[] {
    const keyed = this.allNotes().flatMap((note) => {
      const order = note.place === place ? undefined : note.also[place];
      return order === undefined ? [] : [{ id: note.id, order, note }];
    });
    return keyed.sort(byOrder).map(({ note }) => note);
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

  #followRoot<T>(name: string, read: (root: Y.Map<unknown>) => T): ReadonlySignal<T> {
    const root = this.doc.getMap(name);
    return this.#follow(root, () => read(root));
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
    this.#version.value += 1;
    const places = new Set<Place>();
    for (const id of ids) {
      const before = placesOf(this.#views.get(id));
      const after = placesOf(this.#reread(id));
      for (const place of new Set([...before.keys(), ...after.keys()])) {
        if (before.get(place) !== after.get(place)) places.add(place);
      }
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
    return [...this.sortedNotes(place), ...this.guestsAt(place)].map((note) => note.id);
  }

  #reportChanges(): void {
    const reader = new ChangeReader(this.doc, (changes) => {
      if (this.ready.peek()) for (const listener of this.#listeners) listener(changes);
    });
    this.#stops.push(() => reader.destroy());
  }
}

/** Where a note is to be seen, and its order there. */
function placesOf(note: NoteView | undefined): ReadonlyMap<Place, string> {
  return new Map(note ? [...Object.entries(note.also), [note.place, note.order]] : []);
}

function countEach(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
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
