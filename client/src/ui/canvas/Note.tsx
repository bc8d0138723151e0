// One note on the table: its words, who brought it in, and the way to change it. It draws itself anew only when this note (or
// who is at it) changes.
//
// Typing is `NoteEditor.tsx`, the menu `NoteMenu.tsx`, keys `note-keys.ts`, dragging `dragging.ts`.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { NoteView, Place } from '../../domain';
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
  /** The place where it is shown: where it lies, or where it is a guest. */
  readonly at: Place;
  /** Whether Tab stops at this note; arrows reach the others. */
  readonly reachable: boolean;
}

export function Note({ id, at, reachable }: NoteProps): VNode | null {
  const table = useTable();
  const card = useRef<HTMLElement>(null);
  const note = table.document.note(id).value;
  const writable = note !== undefined && table.session.writableAt(note.place);
  const isGuest = note !== undefined && note.place !== at;
  const guestAt = isGuest ? at : null;
  const editing = useComputed(() => table.editing.value === id && table.editingAt.value === guestAt).value && writable;
  const dropEdge = useComputed(() => dropEdgeAt(table, id)).value;
  useWantedFocus(table, id, card);
  useDragging(table, id, card, writable && !editing && !isGuest);
  if (!note) return null;
  const tabIndex = reachable ? 0 : -1;
  return (
    <li class="slot" data-note={id}>
      <article
        ref={card}
        class={noteClass(table, note, { isEditing: editing, isGuest, dropEdge })}
        tabIndex={editing ? -1 : tabIndex}
        aria-label={noteLabel(table, note)}
        {...(writable ? { 'aria-describedby': NOTE_HINT } : {})}
        onKeyDown={(event) => onNoteKey(event, table, id)}
        onFocus={() => onFocus(table, note, at)}
      >
        {editing ? <NoteEditor note={note} /> : <NoteWords note={note} guestAt={guestAt} writable={writable} />}
        <NoteFoot note={note} />
        {!writable && <ReaderTools table={table} id={id} tabIndex={tabIndex} />}
        {writable && !editing && !isGuest && (
          <span class="note-link" title={t('note.link.drag')}>
            <Icon name="link" />
          </span>
        )}
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

interface ReaderToolsProps {
  readonly table: Table;
  readonly id: string;
  readonly tabIndex: number;
}

/** What there is to do with a note for who may not change it. */
function ReaderTools({ table, id, tabIndex }: ReaderToolsProps): VNode {
  const subject = `notes/${id}`;
  return (
    <div class="reader-tools">
      {table.session.commentable.value && (
        <IconButton
          icon="comment"
          label={t('note.comment')}
          tabIndex={tabIndex}
          onClick={() => table.openPanel('comments', subject)}
        />
      )}
      <LifeButton table={table} subject={subject} tabIndex={tabIndex} />
    </div>
  );
}

interface NoteWordsProps {
  readonly note: NoteView;
  readonly guestAt: Place | null;
  readonly writable: boolean;
}

function NoteWords({ note, guestAt, writable }: NoteWordsProps): VNode {
  const table = useTable();
  const edit = (): void => {
    if (writable && getSelection()?.isCollapsed !== false) table.edit(note.id, guestAt);
  };
  return (
    <p
      class={writable ? 'note-text is-editable' : 'note-text'}
      dir="auto"
      lang={table.document.meta.value.language}
      onClick={edit}
    >
      {note.text.trim() === '' ? <span class="note-empty">{t('note.empty')}</span> : note.text}
    </p>
  );
}

function dropEdgeAt(table: Table, id: string): 'before' | 'after' | null {
  const spot = table.dropSpot.value;
  return spot?.beside === id ? spot.edge : null;
}

interface Dress {
  readonly isEditing: boolean;
  readonly isGuest: boolean;
  readonly dropEdge: string | null;
}

function noteClass(table: Table, note: NoteView, { isEditing, isGuest, dropEdge }: Dress): string {
  const dress = partnerClass(table.document.partner(note.partner));
  const lens = table.session.lens.value;
  const claims = {
    'is-editing': isEditing,
    'is-guest': isGuest,
    'is-lit': lens !== null && (note.partner === lens || note.for === lens),
    'is-highlighted': table.session.highlight.value.has(note.id),
    'is-loose': table.loose.value.has(note.id),
    [`drop-${dropEdge ?? ''}`]: dropEdge !== null,
  };
  return ['note', dress, ...Object.keys(claims).filter((name) => claims[name])].join(' ');
}

function noteLabel(table: Table, note: NoteView): string {
  const by = namesOf(table, note).join(', ');
  const text = note.text.trim() === '' ? t('note.empty') : note.text;
  return by === '' ? text : t('note.by', { text, by });
}

function onFocus(table: Table, note: NoteView, at: Place): void {
  table.reachedNote(at, note.id);
  table.session.tellPresence({ at, note: note.id });
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
