// A note while I type in it. Enter or Escape: done. Shift+Enter: a new line. Leaving it: done as well.

import type { VNode } from 'preact';
import { LIMITS, type NoteView } from '../../domain';
import { t } from '../../i18n';
import { SharedText } from './SharedText';
import { useTable } from './table';

export function NoteEditor({ note }: { readonly note: NoteView }): VNode | null {
  const table = useTable();
  const text = table.document.noteText(note.id);
  if (!text) return null;
  return (
    <div class="note-editor">
      <SharedText
        key={table.document.doc.guid}
        text={text}
        presenceKey={note.id}
        label={t('note.edit')}
        placeholder={t('note.placeholder')}
        maxLength={LIMITS.note}
        takesFocus
        onDone={(refocus) => table.finish(note.id, refocus)}
      />
    </div>
  );
}
