// What goes on at this one screen: which piece is open large, which note is being typed in, whose menu is open, what is dragged.
// And the acts on notes, with the words and toasts that go with them.
//
// The case itself is `session.document`; nothing here is shared with others.

import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import {
  NOTE_PIECES,
  PIECES,
  ROADMAP_CELLS,
  spotOf,
  VPC_CELLS,
  type CanvasId,
  type NoteFields,
  type PieceId,
  type Place,
  type RoadmapRow,
} from '../../domain';
import type { CaseDocument } from '../../document';
import { t } from '../../i18n';
import type { CaseSession, PanelName } from '../../session';
import { placeName } from '../panels/place-name';
import { hideToast, showToast } from '../Toast';
import { announce } from './announce';

/** Where a dragged note would land. */
export interface DropSpot {
  readonly place: Place;
  readonly beside: string | null;
  readonly edge: 'before' | 'after';
}

export class Table {
  readonly session: CaseSession;
  /** Which of the three canvases is on the table. */
  readonly canvas: Signal<CanvasId> = signal('case');
  /** The pair that is sharpened on the value proposition canvas; the first when null. */
  readonly pair: Signal<string | null> = signal(null);
  /** The step of the roadmap shown where there is room for one only; the first when null. */
  readonly row: Signal<RoadmapRow | null> = signal(null);
  /** The piece shown large, or null for the whole puzzle. */
  readonly large: Signal<PieceId | null> = signal(null);
  /** The piece shown where there is room for one only. */
  readonly current: Signal<PieceId> = signal('impact');
  readonly editing: Signal<string | null> = signal(null);
  /** Where the note that is typed in is shown as a guest; null for where it lies. */
  readonly editingAt: Signal<Place | null> = signal(null);
  readonly menu: Signal<string | null> = signal(null);
  /** Notes that miss their counterpart on this canvas. */
  readonly loose: Signal<ReadonlySet<string>> = signal(new Set());
  /** The piece that is explained with examples. */
  readonly guide: Signal<PieceId | null> = signal(null);
  readonly dropSpot: Signal<DropSpot | null> = signal(null);
  /** The note that Tab reaches in each place; arrows move it. */
  readonly reached: Signal<ReadonlyMap<Place, string>> = signal(new Map());
  /** A note that should take the focus as soon as it is on the screen. */
  readonly wanted: Signal<string | null> = signal(null);
  #fresh: string | null = null;

  /** Where someone was looking on the table before, they look on this one too. */
  constructor(session: CaseSession, before: Table | null = null) {
    this.session = session;
    this.large.value = before?.large.peek() ?? null;
    this.current.value = before?.current.peek() ?? 'impact';
    this.canvas.value = before?.canvas.peek() ?? 'case';
    this.pair.value = before?.pair.peek() ?? null;
    this.row.value = before?.row.peek() ?? null;
  }

  get document(): CaseDocument {
    return this.session.document.value;
  }

  /** Lay an empty note at a place with the caret in it. */
  startNote(place: Place, fields: Partial<NoteFields> = {}): void {
    if (!this.session.writableAt(place)) return;
    const id = this.document.edit.addNote(place, { fields });
    this.#fresh = id;
    this.editingAt.value = null;
    this.#reach(place, id);
    this.editing.value = id;
  }

  edit(id: string, at: Place | null = null): void {
    if (!this.#mayChange(id)) return;
    this.#fresh = null;
    this.editingAt.value = at;
    this.editing.value = id;
  }

  /** Stop typing. A note left empty is taken away: a new one silently, an older one with a way back. */
  finish(id: string, refocus: boolean): void {
    if (this.editing.peek() !== id) return;
    const wasFresh = this.#fresh === id;
    const note = this.document.note(id).peek();
    this.editing.value = null;
    this.#fresh = null;
    if (note?.text.trim() !== '') {
      this.document.edit.endBurst();
      if (refocus) this.wanted.value = id;
    } else if (wasFresh) this.#discard(id, note.place, refocus);
    else this.remove(id);
  }

  /** Open the life of a note or statement (`notes/<id>`, `statement.impact`) beside the canvas. */
  tellLife(subject: string): void {
    this.openPanel('life', subject);
  }

  /** Open a panel beside the canvas that is about one thing. */
  openPanel(panel: PanelName, subject: string): void {
    this.session.subject.value = subject;
    this.session.panel.value = panel;
  }

  remove(id: string): void {
    const note = this.document.note(id).peek();
    if (!note || !this.session.writableAt(note.place)) return;
    const ids = this.document.notesAt(note.place).peek();
    const heir = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1] ?? null;
    const restore = this.document.edit.deleteNote(id);
    this.menu.value = null;
    this.wanted.value = heir;
    showToast({ text: t('note.deleted'), action: { label: t('undo'), run: () => this.#bringBack(id, restore) } });
  }

  move(id: string, place: Place, index?: number): void {
    if (!this.#mayChange(id) || !this.session.writableAt(place)) return;
    this.document.edit.moveNote(id, place, index);
    this.#reach(place, id);
    const notes = this.document.notesAt(place).peek();
    const words = {
      piece: placeName(place, this.document),
      position: notes.indexOf(id) + 1,
      count: notes.length,
    };
    announce(t('note.moved', words));
  }

  /** Move a note one up (-1) or down (1) within its place. */
  shift(id: string, by: -1 | 1): void {
    const note = this.document.note(id).peek();
    if (!note) return;
    const ids = this.document.notesAt(note.place).peek();
    const index = ids.indexOf(id) + by;
    if (index < 0 || index >= ids.length) return;
    this.wanted.value = id;
    this.move(id, note.place, index);
  }

  /** Move a note to the previous (-1) or next (1) place of its canvas in which I may change something. */
  carry(id: string, by: -1 | 1): void {
    const place = this.document.note(id).peek()?.place;
    if (place === undefined || !this.session.writableAt(place)) return;
    const open = this.placesBeside(place).filter((each) => this.session.writableAt(each));
    const target = open[(open.indexOf(place) + by + open.length) % open.length] ?? place;
    this.wanted.value = id;
    this.move(id, target);
    this.show(target);
  }

  /** The places of the canvas that a place is on, in the order of reading: of its own pair, or of all steps. */
  placesBeside(place: Place): readonly Place[] {
    const spot = spotOf(place);
    if (spot === null) return [];
    if (spot.canvas === 'case') return NOTE_PIECES;
    if (spot.canvas === 'vpc') return VPC_CELLS.map((cell) => `vpc/${spot.pair}/${cell}`);
    const { rows } = this.document.roadmap.peek();
    return rows.flatMap((row) => ROADMAP_CELLS.map((cell) => `roadmap/${row}/${cell}`));
  }

  /** Put the focus on a neighbour of a note within its place. */
  step(id: string, by: -1 | 1 | 'first' | 'last'): void {
    const place = this.document.note(id).peek()?.place;
    if (place === undefined) return;
    const ids = this.document.notesAt(place).peek();
    const goal = typeof by === 'number' ? ids[ids.indexOf(id) + by] : ids.at(by === 'first' ? 0 : -1);
    if (goal === undefined) return;
    this.#reach(place, goal);
    this.wanted.value = goal;
  }

  /** Remember that a note has the focus, so that Tab comes back to it. */
  reachedNote(place: Place, id: string): void {
    this.#reach(place, id);
  }

  /** Bring a place on the screen, on its canvas, whichever way places are shown now. */
  show(place: Place): void {
    const spot = spotOf(place);
    if (spot === null) return;
    this.canvas.value = spot.canvas;
    if (spot.canvas === 'vpc') this.pair.value = spot.pair;
    else if (spot.canvas === 'roadmap') this.row.value = spot.row;
    else this.#showPiece(spot.piece);
    this.session.tellPresence({ at: place });
  }

  #showPiece(piece: PieceId): void {
    this.current.value = piece;
    if (this.large.value !== null) this.large.value = piece;
  }

  /** Go to the next or previous piece, round and round. */
  turn(by: -1 | 1): void {
    const from = this.large.value ?? this.current.value;
    const goal = neighbourOf(from, by);
    this.show(goal);
    announce(t(`piece.${goal}`));
  }

  undo(): void {
    this.document.edit.undo();
    hideToast(); // it may offer to undo what just was
    announce(t('undo.done'));
  }

  redo(): void {
    this.document.edit.redo();
    announce(t('redo.done'));
  }

  /** Tell whether a note is there and I may change it. */
  #mayChange(id: string): boolean {
    const note = this.document.note(id).peek();
    return note !== undefined && this.session.writableAt(note.place);
  }

  #discard(id: string, place: Place, refocus: boolean): void {
    this.document.edit.discardEmpty(id);
    if (!refocus) return;
    const last = this.document.notesAt(place).peek().at(-1);
    if (last === undefined) focusPiece(place);
    else this.wanted.value = last;
  }

  #bringBack(id: string, restore: () => void): void {
    restore();
    this.wanted.value = id;
  }

  #reach(place: Place, id: string): void {
    this.reached.value = new Map(this.reached.value).set(place, id);
  }
}

/** Put the focus on a piece itself, and bring it in view. */
export function focusPiece(place: Place): void {
  requestAnimationFrame(() => {
    const piece = document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(place)}"]`);
    piece?.focus({ preventScroll: true });
    piece?.scrollIntoView({ block: 'nearest' });
  });
}

/** The piece before or after another, in the order of the lay-out. */
export function neighbourOf(piece: PieceId, by: -1 | 1): PieceId {
  return PIECES[(PIECES.indexOf(piece) + by + PIECES.length) % PIECES.length] ?? piece;
}

export const TableContext = createContext<Table | null>(null);

/** The table a component lies on. */
export function useTable(): Table {
  const table = useContext(TableContext);
  if (!table) throw new Error('this component must be inside a Canvas');
  return table;
}
