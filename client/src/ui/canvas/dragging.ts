// Dragging notes between and within places, and dragging the link of a note to another note, with mouse and touch. Loaded after the canvas
// is on the screen.
//
// A drop is one move, or one link, in the document; where a note would land is shown through `table.dropSpot`.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import type { NoteView } from '../../domain';
import { t } from '../../i18n';
import { addLink } from '../../method-edits';
import { linkBetween, thingAt, type End } from '../../method/links';
import { announce } from './announce';
import type { DropSpot, Table } from './table';

type Payload = Record<string | symbol, unknown>;

/** Let a note be dragged, and let others be dropped before or after it, or be linked with it. Returns the way to stop. */
export function noteDragging(table: Table, id: string, element: HTMLElement): () => void {
  return combine(dragNote(table, id, element), dragLink(id, element), dropBeside(table, id, element));
}

function dragNote(table: Table, id: string, element: HTMLElement): () => void {
  return draggable({
    element,
    canDrag: () => table.editing.value !== id,
    getInitialData: () => ({ note: id }),
    onDragStart: () => element.classList.add('is-dragged'),
    onDrop: () => {
      element.classList.remove('is-dragged');
      table.dropSpot.value = null;
    },
  });
}

function dragLink(id: string, note: HTMLElement): () => void {
  const element = note.querySelector<HTMLElement>('.note-link');
  return element ? draggable({ element, getInitialData: () => ({ link: id }) }) : () => undefined;
}

function dropBeside(table: Table, id: string, element: HTMLElement): () => void {
  const mark = (isTarget: boolean): void => void element.classList.toggle('is-link-target', isTarget);
  return dropTargetForElements({
    element,
    canDrop: ({ source: { data } }) =>
      data['link'] === undefined
        ? isNote(data) && data['note'] !== id && mayChange(table, id)
        : data['link'] !== id && table.session.writable.peek(),
    getData: ({ input }) => attachClosestEdge({ beside: id }, { element, input, allowedEdges: ['top', 'bottom'] }),
    onDrag: ({ source, self }) => {
      if (isNote(source.data)) showSpot(table, besideSpot(table, id, self.data));
      else mark(true);
    },
    onDragLeave: () => {
      mark(false);
      table.dropSpot.value = null;
    },
    onDrop: ({ source, self }) => {
      mark(false);
      if (isNote(source.data)) drop(table, source.data, besideSpot(table, id, self.data));
      else link(table, source.data['link'], id);
    },
  });
}

function link(table: Table, from: unknown, to: string): void {
  const [one, other] = [from, to].map((id) => table.document.note(String(id)).peek());
  if (!one || !other) return;
  addLink(table.document, linkBetween(endOf(one), endOf(other)));
  announce(t('links.added', { other: other.text }));
}

function endOf({ id, place }: NoteView): End {
  return { id, thing: thingAt(place) };
}

/** Let notes be dropped on a piece, behind those that lie there. Returns the way to stop. */
export function pieceDropping(table: Table, place: string, element: HTMLElement): () => void {
  const spot: DropSpot = { place, beside: null, edge: 'after' };
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => isNote(source.data),
    onDrag: ({ location }) => {
      if (location.current.dropTargets[0]?.element === element) showSpot(table, spot);
    },
    onDragLeave: () => (table.dropSpot.value = null),
    onDrop: ({ source, location }) => {
      if (location.current.dropTargets[0]?.element === element) drop(table, source.data, spot);
    },
  });
}

function mayChange(table: Table, note: string): boolean {
  const place = table.document.note(note).peek()?.place;
  return place !== undefined && table.session.writableAt(place);
}

function isNote(data: Payload): boolean {
  return typeof data['note'] === 'string';
}

function besideSpot(table: Table, beside: string, data: Payload): DropSpot | null {
  const place = table.document.note(beside).peek()?.place;
  if (place === undefined) return null;
  return { place, beside, edge: extractClosestEdge(data) === 'top' ? 'before' : 'after' };
}

function showSpot(table: Table, spot: DropSpot | null): void {
  const shown = table.dropSpot.peek();
  if (shown?.place !== spot?.place || shown?.beside !== spot?.beside || shown?.edge !== spot?.edge)
    table.dropSpot.value = spot;
}

function drop(table: Table, data: Payload, spot: DropSpot | null): void {
  const id = data['note'];
  if (!spot || typeof id !== 'string') return;
  const others = table.document
    .notesAt(spot.place)
    .peek()
    .filter((other) => other !== id);
  const beside = spot.beside === null ? others.length : others.indexOf(spot.beside) + (spot.edge === 'after' ? 1 : 0);
  table.dropSpot.value = null;
  table.move(id, spot.place, beside);
}
