// What is needed seldom: language, light or dark, the keys, printing, and the case as a file.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { exportAddress } from '../api';
import { t } from '../i18n';
import type { CaseSession } from '../session';
import { switchTheme, theme } from '../theme';
import { keysShown } from './canvas/canvas-keys';
import { Icon, IconButton } from './canvas/icons';
import { Deferred } from './Deferred';
import { Dialog } from './Dialog';
import { LanguageSwitch } from './LanguageSwitch';

const loadKeys = async () => (await import('./canvas/KeysHelp')).KeysHelp;

export function MoreMenu({ session }: { readonly session: CaseSession }): VNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <IconButton icon="dots" label={t('more.title')} onClick={() => setOpen(true)} />
      {open && (
        <Dialog title={t('more.title')} onClose={close}>
          <MoreList session={session} onClose={close} />
        </Dialog>
      )}
      {keysShown.value && <Deferred load={loadKeys} props={{ onClose: () => (keysShown.value = false) }} />}
    </>
  );
}

interface MoreListProps {
  readonly session: CaseSession;
  readonly onClose: () => void;
}

function MoreList({ session, onClose }: MoreListProps): VNode {
  const dark = theme() === 'dark';
  const showKeys = (): void => {
    onClose();
    keysShown.value = true;
  };
  const print = (): void => {
    onClose();
    requestAnimationFrame(() => window.print());
  };
  return (
    <div class="more-list">
      <div class="more-language">
        <span>{t('language.label')}</span>
        <LanguageSwitch />
      </div>
      <button type="button" class="menu-button" onClick={switchTheme}>
        <Icon name={dark ? 'sun' : 'moon'} />
        {t(dark ? 'more.light' : 'more.dark')}
      </button>
      <button type="button" class="menu-button" onClick={showKeys}>
        <Icon name="list" />
        {t('keys.title')}
      </button>
      <button type="button" class="menu-button" onClick={print}>
        <Icon name="feed" />
        {t('more.print')}
      </button>
      {session.caseId !== null && (
        <a class="menu-button" href={exportAddress(session.caseId)} download onClick={onClose}>
          <Icon name="save" />
          {t('share.file')}
        </a>
      )}
    </div>
  );
}
