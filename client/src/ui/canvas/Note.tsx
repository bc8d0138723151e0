// One note on the table: its words, who brought it in, and the way to change it. It draws itself anew only when this note (or
// who is at it) changes.
//
// Typing is `NoteEditor.tsx`, the menu `NoteMenu.tsx`, keys `note-keys.ts`, dragging `dragging.ts`.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { NoteView } from '../../domain';
import { t } from '../../i18n';
import { NoteEditor } from './NoteEditor';
import { namesOf, NoteFoot } from './NoteFoot';
import { Icon, IconButton } from './icons';
import { LifeButton } from './LifeButton';
import { onNoteKey } from './note-keys';
import { partnerClass } from './PartnerMark';
import { useDragging } from './use-dragging';
import { useTable, type Table } from './table';

/** The id of the words that tell which keys a note knows. */
export const NOTE_HINT = 'note-hint';

export interface NoteProps {
  readonly id: string;
  /** Whether Tab stops at this note; arrows reach the others. */
  readonly reachable: boolean;
}

export function Note({ id, reachable }: NoteProps): VNode | null {
  const table = useTable();
  const card = useRef<HTMLElement>(null);
  const note = table.document.note(id).value;
  const writable = note !== undefined && table.session.writableAt(note.place);
  const editing = useComputed(() => table.editing.value === id).value && writable;
  const dropEdge = useComputed(() => dropEdgeAt(table, id)).value;
  useWantedFocus(table, id, card);
  useDragging(table, id, card, writable && !editing);
  if (!note) return null;
  const tabIndex = reachable ? 0 : -1;
  return (
    <li class="slot" data-note={id}>
      <article
        ref={card}
        class={noteClass(table, note, editing, dropEdge)}
        tabIndex={editing ? -1 : tabIndex}
        aria-label={noteLabel(table, note)}
        {...(writable ? { 'aria-describedby': NOTE_HINT } : {})}
        onKeyDown={(event) => onNoteKey(event, table, id)}
        onFocus={() => onFocus(table, note)}
      >
        {editing ? <NoteEditor note={note} /> : <NoteWords note={note} writable={writable} />}
        <NoteFoot note={note} />
        {!writable && <LifeButton table={table} subject={`notes/${id}`} tabIndex={tabIndex} />}
        {writable && !editing && (
          <div class="note-tools">
            <span class="note-handle" title={t('note.drag')}>
              <Icon name="grip" />
            </span>
            <IconButton
              icon="dots"
              label={t('note.menu')}
              class="note-more"
              tabIndex={tabIndex}
              onClick={() => (table.menu.value = id)}
            />
          </div>
        )}
      </article>
    </li>
  );
}

interface NoteWordsProps {
  readonly note: NoteView;
  readonly writable: boolean;
}

function NoteWords({ note, writable }: NoteWordsProps): VNode {
  const table = useTable();
  const edit = (): void => {
    if (writable && getSelection()?.isCollapsed !== false) table.edit(note.id);
  };
  return (
    <p class={writable ? 'note-text is-editable' : 'note-text'} dir="auto" onClick={edit}>
      {note.text.trim() === '' ? <span class="note-empty">{t('note.empty')}</span> : note.text}
    </p>
  );
}

function dropEdgeAt(table: Table, id: string): 'before' | 'after' | null {
  const spot = table.dropSpot.value;
  return spot?.beside === id ? spot.edge : null;
}

function noteClass(table: Table, note: NoteView, editing: boolean, dropEdge: string | null): string {
  const dress = partnerClass(table.document.partner(note.partner));
  return `note ${dress}${editing ? ' is-editing' : ''}${dropEdge === null ? '' : ` drop-${dropEdge}`}`;
}

function noteLabel(table: Table, note: NoteView): string {
  const by = namesOf(table, note).join(', ');
  const text = note.text.trim() === '' ? t('note.empty') : note.text;
  return by === '' ? text : t('note.by', { text, by });
}

function onFocus(table: Table, note: NoteView): void {
  table.reachedNote(note.place, note.id);
  table.session.tellPresence({ at: note.place, note: note.id });
}

function useWantedFocus(table: Table, id: string, card: { readonly current: HTMLElement | null }): void {
  const isWanted = useComputed(() => table.wanted.value === id).value;
  useLayoutEffect(() => {
    if (!isWanted) return;
    card.current?.focus();
    card.current?.scrollIntoView({ block: 'nearest' });
  }, [isWanted, card]);
  useEffect(() => {
    if (isWanted) table.wanted.value = null;
  }, [isWanted, table]);
}
