// The notes of one place, in order, with one of them in reach of Tab; those of elsewhere that are shown here too come last.

import { useComputed } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Place } from '../../domain';
import { Note } from './Note';
import { NoteFlow } from './NoteFlow';
import { useTable, type Table } from './table';
import { useGradually } from './use-gradually';

export interface PlaceNotesProps {
  readonly place: Place;
  /** What the list is called. */
  readonly label: string;
  /** How narrow a column may be, in pixels. */
  readonly narrowest: number;
  /** What to show when there are none. */
  readonly whenEmpty: ComponentChildren;
}

export function PlaceNotes({ place, label, narrowest, whenEmpty }: PlaceNotesProps): VNode {
  const table = useTable();
  const all = table.document.notesAt(place).value;
  const count = useGradually(all.length);
  const ids = useMemo(() => (count === all.length ? all : all.slice(0, count)), [all, count]);
  const reached = useComputed(() => table.reached.value.get(place)).value;
  const inReach = reached !== undefined && ids.includes(reached) ? reached : ids[0];
  const isTypedIn = useComputed(() => isEditedAt(table, place)).value;
  if (ids.length === 0) return <>{whenEmpty}</>;
  return (
    <NoteFlow label={label} narrowest={narrowest} ids={ids} held={isTypedIn}>
      {ids.map((id) => (
        <Note key={id} id={id} at={place} reachable={id === inReach} />
      ))}
    </NoteFlow>
  );
}

function isEditedAt(table: Table, place: Place): boolean {
  const editing = table.editing.value;
  if (editing === null) return false;
  return table.editingAt.value === place || table.document.note(editing).value?.place === place;
}
