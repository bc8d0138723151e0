// What is needed seldom: what a facilitator decides, language, light or dark, the keys, printing, and the case as a file. Loaded when it is opened.

import type { VNode } from 'preact';
import { exportAddress } from '../api';
import { t } from '../i18n';
import type { CaseSession } from '../session';
import { switchTheme, theme } from '../theme';
import { addingNotes, keysShown } from './canvas/canvas-keys';
import { Icon } from './canvas/icons';
import { printPuzzle } from './canvas/printing';
import { Dialog } from './Dialog';
import { LanguageSwitch } from './LanguageSwitch';
import { wayBackShown } from './people/WayBack';
import { RulesFields } from './RulesFields';

export interface MoreListProps {
  readonly session: CaseSession;
  readonly onClose: () => void;
}

export function MoreList({ session, onClose }: MoreListProps): VNode {
  const dark = theme() === 'dark';
  const showKeys = (): void => {
    onClose();
    keysShown.value = true;
  };
  const print = (): void => {
    onClose();
    printPuzzle();
  };
  const showWayBack = (): void => {
    onClose();
    session.panel.value = 'people';
    wayBackShown.value = true;
  };
  return (
    <Dialog title={t('more.title')} onClose={onClose}>
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
        {session.writable.value && (
          <button
            type="button"
            class="menu-button"
            onClick={() => {
              onClose();
              addingNotes.value = true;
            }}
          >
            <Icon name="add" />
            {t('add.open')}
          </button>
        )}
        {session.caseId !== null && session.kind === 'live' && (
          <button type="button" class="menu-button" onClick={showWayBack}>
            <Icon name="back" />
            {t('way-back.open')}
          </button>
        )}
        {session.caseId !== null && session.kind === 'live' && session.me.value?.role === 'facilitator' && (
          <RulesFields session={session} caseId={session.caseId} />
        )}
        {session.caseId !== null && (
          <a class="menu-button" href={exportAddress(session.caseId)} download onClick={onClose}>
            <Icon name="save" />
            {t('share.file')}
          </a>
        )}
      </div>
    </Dialog>
  );
}
