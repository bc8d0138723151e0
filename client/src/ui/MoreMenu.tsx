// The button to what is needed seldom, and the list of keys when it is asked for.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { CaseSession } from '../session';
import { addingNotes, keysShown } from './canvas/canvas-keys';
import { IconButton } from './canvas/icons';
import { Deferred } from './Deferred';

const loadList = async () => (await import('./windows')).MoreList;
const loadAdding = async () => (await import('./import/AddNotesDialog')).AddNotesDialog;
const loadKeys = async () => (await import('./windows')).KeysHelp;

export function MoreMenu({ session }: { readonly session: CaseSession }): VNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <IconButton icon="dots" class="more-button" label={t('more.title')} onClick={() => setOpen(true)} />
      {open && <Deferred load={loadList} props={{ session, onClose: close }} />}
      {addingNotes.value && (
        <Deferred load={loadAdding} props={{ session, onClose: () => (addingNotes.value = false) }} />
      )}
      {keysShown.value && <Deferred load={loadKeys} props={{ onClose: () => (keysShown.value = false) }} />}
    </>
  );
}
