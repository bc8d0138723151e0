// The notes of one piece, in order, with one of them in reach of Tab.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import { EmptyPiece } from './EmptyPiece';
import { Note } from './Note';
import { NoteFlow } from './NoteFlow';
import { useTable, type Table } from './table';

const NARROWEST = 196;
const NARROWEST_LARGE = 300;

export interface PieceNotesProps {
  readonly piece: PieceId;
  readonly large: boolean;
  /** What to show when there are none. */
  readonly whenEmpty?: VNode | null;
}

export function PieceNotes({ piece, large, whenEmpty }: PieceNotesProps): VNode | null {
  const table = useTable();
  const ids = table.document.notesAt(piece).value;
  const reached = useComputed(() => table.reached.value.get(piece)).value;
  const inReach = reached !== undefined && ids.includes(reached) ? reached : ids[0];
  const isTypedIn = useComputed(() => isEditedHere(table, piece)).value;
  if (ids.length === 0) return whenEmpty === undefined ? <EmptyPiece piece={piece} /> : whenEmpty;
  return (
    <NoteFlow
      label={t('piece.notes', { piece: t(`piece.${piece}`) })}
      narrowest={large ? NARROWEST_LARGE : NARROWEST}
      ids={ids}
      held={isTypedIn}
    >
      {ids.map((id) => (
        <Note key={id} id={id} reachable={id === inReach} />
      ))}
    </NoteFlow>
  );
}

function isEditedHere(table: Table, piece: PieceId): boolean {
  const editing = table.editing.value;
  return editing !== null && table.document.note(editing).value?.place === piece;
}
