// The keys of a note that has the focus (not while typing in it).

import type { Table } from './table';

type Act = (table: Table, id: string) => void;

const KEYS: Readonly<Record<string, Act>> = {
  Enter: (table, id) => table.edit(id),
  F2: (table, id) => table.edit(id),
  Delete: (table, id) => table.remove(id),
  Backspace: (table, id) => table.remove(id),
  ContextMenu: (table, id) => void (table.menu.value = id),
  m: (table, id) => void (table.menu.value = id),
  ArrowUp: (table, id) => table.step(id, -1),
  ArrowLeft: (table, id) => table.step(id, -1),
  ArrowDown: (table, id) => table.step(id, 1),
  ArrowRight: (table, id) => table.step(id, 1),
  Home: (table, id) => table.step(id, 'first'),
  End: (table, id) => table.step(id, 'last'),
};

const WITH_ALT: Readonly<Record<string, Act>> = {
  ArrowUp: (table, id) => table.shift(id, -1),
  ArrowDown: (table, id) => table.shift(id, 1),
  ArrowLeft: (table, id) => table.carry(id, -1),
  ArrowRight: (table, id) => table.carry(id, 1),
};

/** Act on a key, when the note itself (not something in it) has the focus. */
export function onNoteKey(event: KeyboardEvent, table: Table, id: string): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
  const act = (event.altKey ? WITH_ALT : KEYS)[event.key];
  if (!act) return;
  event.preventDefault();
  act(table, id);
}
