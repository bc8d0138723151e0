// Every way a person changes a case, each as one transaction with its own step in that person's undo history.
//
// Typing groups in bursts; a structural act (add, move, delete, choose) is its own step. Undo takes back this person's work only:
// a note that others have worked in meanwhile stays when its maker undoes making it. Rights are the server's to judge;
// screens ask `session.writable` first.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import * as Y from 'yjs';
import type { Authorship, CaseDocument } from './document';
import { readNote } from './document-views';
import type { Helix, NoteFields, NoteView, Place } from './domain';
import { freshId } from './ids';
import { orderAt } from './order';
import { textEdits, type TextEdit } from './text-diff';
import { protectsOthers } from './undo-guard';
import type { AnyType } from './yjs-types';
import { seen } from './names';

const TYPING_BURST_MS = 700;
const ROOTS = ['meta', 'sdgs', 'notes', 'partners', 'pairs', 'links', 'comments', 'roadmap'] as const;

/** The origin of transactions made by this person, so that undo can tell them from those of others. */
export const LOCAL = Symbol('local');

export interface NewNote {
  readonly text?: string;
  readonly fields?: Partial<NoteFields>;
  /** Position among the notes of the place; the end when absent. */
  readonly index?: number;
}

/** A change of mine that is not on the stack of undo, and how deep that was then. */
interface Elsewhere {
  readonly takeBack: () => void;
  readonly depth: number;
}

export class CaseEdits {
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  readonly #document: CaseDocument;
  readonly #authorship: () => Authorship;
  readonly #undo: Y.UndoManager;
  readonly #elsewhere = signal<Elsewhere | null>(null);
  #typingIn: Y.Text | null = null;
  #inStep = false;

  constructor(document: CaseDocument, authorship: () => Authorship) {
    this.#document = document;
    this.#authorship = authorship;
    this.#undo = new Y.UndoManager(scopeOf(document.doc), {
      captureTimeout: TYPING_BURST_MS,
      trackedOrigins: new Set([LOCAL]),
      deleteFilter: (item) => !protectsOthers(item, document.doc),
    });
    const [canUndo, canRedo] = watchStacks(this.#undo);
    this.canUndo = computed(() => canUndo.value || this.#elsewhere.value !== null);
    this.canRedo = canRedo;
  }

  /** Who is editing, and what time it is for the server. */
  get authorship(): Authorship {
    return this.#authorship();
  }

  /** Add a note and give its id. */
  addNote(place: Place, { text = '', fields = {}, index }: NewNote = {}): string {
    const id = freshId();
    const { participant, partner, now: created = Date.now() } = this.#authorship();
    const neighbours = this.#document.sortedNotes(place);
    const order = orderAt(neighbours, index ?? neighbours.length);
    const entry = entryLike({ text, place, order, author: participant, partner, created, ...fields });
    this.step(() => this.#notes.set(id, entry));
    return id;
  }

  /** Move a note to a position among the notes of a place (its own place included). */
  moveNote(id: string, place: Place, index?: number): void {
    const entry = this.#entry(id);
    if (!entry) return;
    const others = this.#document.sortedNotes(place).filter((note) => note.id !== id);
    const order = orderAt(others, index ?? others.length);
    this.step(() => {
      if (entry.get('place') !== place) entry.set('place', place);
      entry.set('order', order);
    });
  }

  /** Take a note away and give the way to bring it back, whatever was done since. */
  deleteNote(id: string): () => void {
    const note = readNote(id, this.#notes.get(id));
    this.step(() => this.#notes.delete(id));
    const removal = this.#undo.undoStack.at(-1);
    return () => {
      if (this.#notes.has(id) || !note) return;
      if (this.#undo.undoStack.at(-1) === removal) this.undo();
      else this.step(() => this.#notes.set(id, entryLike(note)));
    };
  }

  /** Take back an empty note that was never used. This is no step of its own: undo passes over it. */
  discardEmpty(id: string): void {
    const note = readNote(id, this.#notes.get(id));
    if (note?.text.trim() !== '') return;
    this.endBurst();
    this.#document.doc.transact(() => this.#notes.delete(id));
  }

  setField<K extends keyof NoteFields>(id: string, field: K, value: NoteFields[K]): void {
    const entry = this.#entry(id);
    if (entry && (entry.get(field) ?? null) !== value) this.step(() => write(entry, field, value));
  }

  /** Type in a shared text. Bursts of typing in one text are one step of undo. */
  editText(text: Y.Text, edits: readonly TextEdit[]): void {
    if (edits.length === 0) return;
    if (this.#typingIn !== text) this.#undo.stopCapturing();
    this.#typingIn = text;
    this.#transact(() => {
      for (const edit of edits) {
        if (edit.removed > 0) text.delete(edit.index, edit.removed);
        if (edit.inserted !== '') text.insert(edit.index, edit.inserted);
      }
    });
  }

  /** Turn a shared text into the given one with the smallest edit. */
  setText(text: Y.Text, value: string): void {
    this.editText(text, textEdits(text.toJSON(), value));
  }

  addPartner(name: string, helix: Helix): string {
    const id = freshId();
    const entry = new Y.Map<unknown>();
    this.step(() => {
      for (const [key, value] of Object.entries({ name: seen(name), helix, order: this.#lastPartnerOrder() }))
        entry.set(key, value);
      this.#partners.set(id, entry);
    });
    return id;
  }

  /** Put a partner that notes already name in the list. */
  listPartner(id: string): void {
    this.#setPartner(id, 'order', this.#lastPartnerOrder());
  }

  renamePartner(id: string, name: string): void {
    const clean = seen(name);
    if (clean !== '') this.#setPartner(id, 'name', clean);
  }

  setHelix(id: string, helix: Helix): void {
    this.#setPartner(id, 'helix', helix);
  }

  /** Mark a partner as gone from the coalition from now on, or as back. */
  setPartnerLeft(id: string, hasLeft: boolean): void {
    this.#setPartner(id, 'left', hasLeft ? (this.#authorship().now ?? Date.now()) : null);
  }

  /** Choose how a partner is marked, or who to turn to; null leaves it to the table. */
  dressPartner(id: string, field: 'colour' | 'mark' | 'contact', value: string | number | null): void {
    this.#setPartner(id, field, value === '' ? null : value);
  }

  movePartner(id: string, index: number): void {
    const others = this.#document.partners.peek().filter((partner) => partner.order !== null && partner.id !== id);
    this.#setPartner(id, 'order', orderAt(others, index));
  }

  /** Take a partner off the list; notes that name it keep naming it. */
  unlistPartner(id: string): void {
    const named = this.#document.allNotes().some((note) => note.partner === id || note.for === id);
    if (named) this.#setPartner(id, 'order', null);
    else this.step(() => this.#partners.delete(id));
  }

  setTitle(title: string): void {
    this.#setMeta('title', title);
  }

  setSector(sector: string): void {
    this.#setMeta('sector', sector);
  }

  setSdg(number: number, chosen: boolean): void {
    const sdgs = this.#document.doc.getMap('sdgs');
    this.step(() => (chosen ? sdgs.set(String(number), true) : sdgs.delete(String(number))));
  }

  /** A change of mine that the server made: undo comes to it in its turn. Gives the way to take it back at once, which works once. */
  noteElsewhere(takeBack: () => void): () => void {
    this.endBurst();
    const noted = { takeBack, depth: this.#undo.undoStack.length };
    this.#elsewhere.value = noted;
    return () => this.#takeBack(noted);
  }

  undo(): void {
    const last = this.#elsewhere.peek();
    if (last !== null && last.depth >= this.#undo.undoStack.length) this.#takeBack(last);
    else this.#undo.undo();
    this.#typingIn = null;
  }

  #takeBack(noted: Elsewhere): void {
    if (this.#elsewhere.peek() !== noted) return;
    this.#elsewhere.value = null;
    noted.takeBack();
  }

  redo(): void {
    this.#undo.redo();
    this.#typingIn = null;
  }

  /** End the present burst of typing, so that what follows is undone apart. */
  endBurst(): void {
    if (this.#inStep) return;
    this.#undo.stopCapturing();
    this.#typingIn = null;
  }

  destroy(): void {
    this.#undo.destroy();
  }

  get #notes(): Y.Map<unknown> {
    return this.#document.doc.getMap('notes');
  }

  get #partners(): Y.Map<unknown> {
    return this.#document.doc.getMap('partners');
  }

  #entry(id: string): Y.Map<unknown> | undefined {
    const entry = this.#notes.get(id);
    return entry instanceof Y.Map ? (entry as Y.Map<unknown>) : undefined;
  }

  #lastPartnerOrder(): string {
    const listed = this.#document.partners.peek().filter((partner) => partner.order !== null);
    const sorted = [...listed].sort((a, b) => ((a.order ?? '') < (b.order ?? '') ? -1 : 1));
    return orderAt(sorted, sorted.length);
  }

  #setPartner(id: string, field: PartnerField, value: string | number | null): void {
    const entry = this.#partners.get(id);
    if (entry instanceof Y.Map && (entry.get(field) ?? null) !== value) this.step(() => write(entry, field, value));
  }

  #setMeta(field: 'title' | 'sector', value: string): void {
    const meta = this.#document.doc.getMap('meta');
    if (meta.get(field) !== value) this.step(() => meta.set(field, value));
  }

  /** Do several things as one step of undo, apart from what came before and after. Within a step, the methods here join it. */
  step(act: () => unknown): void {
    if (this.#inStep) {
      act();
      return;
    }
    this.endBurst();
    this.#inStep = true;
    try {
      this.#transact(act);
    } finally {
      this.#inStep = false;
    }
    this.endBurst();
  }

  #transact(act: () => unknown): void {
    this.#document.doc.transact(act, LOCAL);
  }
}

type PartnerField = 'name' | 'helix' | 'order' | 'left' | 'colour' | 'mark' | 'contact';
type NoteValues = Partial<Omit<NoteView, 'id' | 'client'>> & Pick<NoteView, 'text'>;

const STORED = [
  'place',
  'order',
  'author',
  'partner',
  'created',
  'form',
  'amount',
  'kind',
  'for',
  'due',
  'sdg',
] as const;

/** A new entry with the given values; absent ones are left out. */
function entryLike(note: NoteValues): Y.Map<unknown> {
  const shown = Object.entries(note.also ?? {}).map(([place, order]) => [`also:${place}`, order] as const);
  const values = [...STORED.map((key) => [key, note[key]] as const), ...shown];
  const entry = new Y.Map<unknown>(values.filter(([, value]) => value !== null && value !== undefined));
  entry.set('text', new Y.Text(note.text));
  return entry;
}

function write(entry: Y.Map<unknown>, field: string, value: string | number | null): void {
  if (value === null) entry.delete(field);
  else entry.set(field, value);
}

function scopeOf(doc: Y.Doc): AnyType[] {
  const maps = ROOTS.map((root) => doc.getMap(root));
  const texts = [doc.getText('statement.impact'), doc.getText('statement.ambition')];
  return [...maps, ...texts] as unknown as AnyType[];
}

function watchStacks(undo: Y.UndoManager): [ReadonlySignal<boolean>, ReadonlySignal<boolean>] {
  const canUndo = signal(false);
  const canRedo = signal(false);
  const update = (): void => {
    canUndo.value = undo.canUndo();
    canRedo.value = undo.canRedo();
  };
  for (const event of ['stack-item-added', 'stack-item-popped', 'stack-item-updated', 'stack-cleared'] as const) {
    undo.on(event, update);
  }
  return [canUndo, canRedo];
}
