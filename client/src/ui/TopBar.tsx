// The bar above the canvas: where I am, whether my work is safe, who is here, and the few things to do with a whole case. One
// primary act: sharing.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { CaseSession, PanelName } from '../session';
import { Deferred } from './Deferred';
import { Icon, IconButton, type IconName } from './canvas/icons';
import { CaseTitle } from './CaseTitle';
import { Logo } from './Logo';
import { MoreMenu } from './MoreMenu';
import { feedOf } from './panels/feed-recorder';
import { PeopleButton } from './PeopleButton';
import { SaveState } from './SaveState';
import { hideToast } from './Toast';

const loadShare = async () => (await import('./share/ShareDialog')).ShareDialog;

export function TopBar({ session }: { readonly session: CaseSession }): VNode {
  return (
    <header class="top-bar">
      <a class="top-brand" href="/" title={t('nav.home')}>
        <Logo />
        <span>{t('product.name')}</span>
      </a>
      <CaseTitle session={session} />
      <SaveState session={session} />
      <UndoButtons session={session} />
      <PeopleButton session={session} />
      <PanelButtons session={session} />
      <MoreMenu session={session} />
      <ShareButton session={session} />
    </header>
  );
}

function UndoButtons({ session }: { readonly session: CaseSession }): VNode | null {
  if (!session.writable.value || session.lookingBack.value !== null) return null;
  const { edit } = session.document.value;
  return (
    <div class="top-undo">
      <IconButton
        icon="undo"
        label={t('undo')}
        shortcut="Ctrl Z"
        disabled={!edit.canUndo.value}
        onClick={() => {
          edit.undo();
          hideToast(); // it may offer to undo what just was
        }}
      />
      <IconButton
        icon="redo"
        label={t('redo')}
        shortcut="Ctrl Shift Z"
        disabled={!edit.canRedo.value}
        onClick={() => edit.redo()}
      />
    </div>
  );
}

function PanelButtons({ session }: { readonly session: CaseSession }): VNode {
  const unseen = session.panel.value === 'feed' ? 0 : feedOf(session).unseen.value;
  return (
    <div class="top-panels">
      <PanelButton session={session} panel="feed" icon="feed" words={t('panel.feed')} badge={unseen} />
      <PanelButton session={session} panel="history" icon="history" words={t('panel.history')} badge={0} />
    </div>
  );
}

interface PanelButtonProps {
  readonly session: CaseSession;
  readonly panel: PanelName;
  readonly icon: IconName;
  readonly words: string;
  readonly badge: number;
}

const MOST_COUNTED = 99;

function PanelButton({ session, panel, icon, words, badge }: PanelButtonProps): VNode {
  const open = session.panel.value === panel;
  return (
    <button
      type="button"
      class="button button-quiet panel-button"
      aria-expanded={open}
      aria-label={badge > 0 ? t('panel.news', { panel: words, count: badge }) : words}
      title={words}
      onClick={() => (session.panel.value = open ? null : panel)}
    >
      <Icon name={icon} />
      <span>{words}</span> {badge > 0 && <span class="badge">{badge > MOST_COUNTED ? `${MOST_COUNTED}+` : badge}</span>}
    </button>
  );
}

/** Loud for who can invite; others find there whom to ask. */
function ShareButton({ session }: { readonly session: CaseSession }): VNode {
  const [open, setOpen] = useState(false);
  const look = session.me.value?.role === 'facilitator' ? 'button-primary' : 'button-quiet';
  return (
    <>
      <button type="button" class={`button ${look} share-button`} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('share.open')}
      </button>
      {open && <Deferred load={loadShare} props={{ session, onClose: () => setOpen(false) }} />}
    </>
  );
}
