// The keys that work anywhere on the canvas: undo, redo, the list of keys, and leaving a large piece.

import { signal } from '@preact/signals';
import type { Table } from './table';

/** Whether the list of keys is on the screen. */
export const keysShown = signal(false);

/** Whether the window to add notes from elsewhere is on the screen. */
export const addingNotes = signal(false);

export function onCanvasKey(event: KeyboardEvent, table: Table): void {
  if (event.isComposing || event.defaultPrevented) return;
  if (isUndoKey(event)) {
    if (!takesUndo(event.target)) return;
    event.preventDefault();
    act(table, event.shiftKey || event.key.toLowerCase() === 'y');
  } else if (event.key === '?' && !isInText(event.target)) keysShown.value = true;
  else if (event.key === 'Escape' && table.large.value !== null && !isInDialog(event.target)) table.large.value = null;
}

function act(table: Table, redo: boolean): void {
  if (!table.session.writable.peek()) return;
  if (redo) table.redo();
  else table.undo();
}

function isUndoKey(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  return (event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || key === 'y');
}

/** Shared texts and everything that is no text field; ordinary fields keep their own undo. */
function takesUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.dataset['shared'] === 'true';
  return !isInText(target) && !isInDialog(target);
}

function isInText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, aside') !== null;
}
