// What can be done with a note: move it up and down or to another place, link it, talk about it, say for whom it speaks, fill in the
// fields of its place, read its life, delete it. A small window beside the note, or a sheet from below on a phone. Loaded when it is first opened.

import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { NoteView } from '../../domain';
import { t } from '../../i18n';
import type { PanelName } from '../../session';
import { CloseButton } from '../Dialog';
import { NoteFields } from './NoteFields';
import { AlsoChoice, MoveChoice } from './NotePlaces';
import { useTable, type Table } from './table';

export interface NoteMenuProps {
  readonly table: Table;
}

export function NoteMenu({ table }: NoteMenuProps): VNode | null {
  const id = table.menu.value;
  const note = id === null ? undefined : table.document.note(id).value;
  return note && table.session.writableAt(note.place) ? <OpenMenu key={note.id} note={note} /> : null;
}

function OpenMenu({ note }: { readonly note: NoteView }): VNode {
  const table = useTable();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (): void => closeMenu(table, note.id);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (element) putBeside(element, note.id);
    return () => element?.close();
  }, [note.id]);
  return (
    <dialog
      ref={dialog}
      class="note-menu"
      aria-label={t('note.menu')}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="note-menu-body">
        <header class="note-menu-head">
          <p class="note-menu-title" dir="auto">
            {note.text.trim() === '' ? t('note.empty') : note.text}
          </p>
          <CloseButton onClose={close} />
        </header>
        <MoveButtons note={note} />
        <div class="menu-row">
          <button type="button" class="menu-button" onClick={() => openPanel(table, 'links', note.id)}>
            {t('note.link')}
          </button>
          <button type="button" class="menu-button" onClick={() => openPanel(table, 'comments', note.id)}>
            {t('note.comment')}
          </button>
        </div>
        <MoveChoice note={note} onMoved={close} />
        <NoteFields note={note} />
        <AlsoChoice note={note} />
        <button type="button" class="menu-button" onClick={() => openPanel(table, 'life', note.id)}>
          {t('note.life')}
        </button>
        <button type="button" class="menu-button is-danger" onClick={() => table.remove(note.id)}>
          {t('note.delete')}
        </button>
      </div>
    </dialog>
  );
}

function MoveButtons({ note }: { readonly note: NoteView }): VNode {
  const table = useTable();
  const ids = table.document.notesAt(note.place).value;
  const index = ids.indexOf(note.id);
  return (
    <div class="menu-row">
      <button type="button" class="menu-button" disabled={index <= 0} onClick={() => table.shift(note.id, -1)}>
        {t('note.up')}
      </button>
      <button
        type="button"
        class="menu-button"
        disabled={index < 0 || index >= ids.length - 1}
        onClick={() => table.shift(note.id, 1)}
      >
        {t('note.down')}
      </button>
    </div>
  );
}

function openPanel(table: Table, panel: PanelName, id: string): void {
  table.menu.value = null;
  table.openPanel(panel, `notes/${id}`);
}

function closeMenu(table: Table, id: string): void {
  table.menu.value = null;
  table.wanted.value = id;
}

const MARGIN = 12;

/** Put the window under its note where there is room; on a phone the style sheet makes it a sheet from below. */
function putBeside(dialog: HTMLElement, id: string): void {
  const note = document.querySelector(`[data-note="${CSS.escape(id)}"] .note`)?.getBoundingClientRect();
  if (!note || window.innerWidth < 600) return;
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const left = Math.min(note.right - width, window.innerWidth - width - MARGIN);
  const below =
    note.top + 40 + height <= window.innerHeight - MARGIN ? note.top + 40 : window.innerHeight - height - MARGIN;
  dialog.style.left = `${Math.max(MARGIN, left)}px`;
  dialog.style.top = `${Math.max(MARGIN, below)}px`;
}
