// The button to what is needed seldom, and the list of keys when it is asked for.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { CaseSession } from '../session';
import { keysShown } from './canvas/canvas-keys';
import { IconButton } from './canvas/icons';
import { Deferred } from './Deferred';

const loadList = async () => (await import('./windows')).MoreList;
const loadKeys = async () => (await import('./windows')).KeysHelp;

export function MoreMenu({ session }: { readonly session: CaseSession }): VNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <IconButton icon="dots" class="more-button" label={t('more.title')} onClick={() => setOpen(true)} />
      {open && <Deferred load={loadList} props={{ session, onClose: close }} />}
      {keysShown.value && <Deferred load={loadKeys} props={{ onClose: () => (keysShown.value = false) }} />}
    </>
  );
}
