// Above the canvas while it shows the past: unmistakably not now, what can be done with this moment, and the way back.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { dateAndTime } from '../../i18n/format';
import { momentAddress } from '../../router';
import type { CaseSession, LookingBack } from '../../session';
import { Button } from '../Button';
import { showToast } from '../Toast';
import { backToNow } from './looking-back';

export function LookingBackBar({ session }: { readonly session: CaseSession }): VNode | null {
  const back = session.lookingBack.value;
  if (back === null) return null;
  return (
    <div class="looking-back-bar">
      <p role="status">
        <strong>{t('back.title')}</strong> {t('back.text', { when: dateAndTime(back.at) })}
      </p>
      <div class="looking-back-acts">
        <Button onClick={() => copyAddress(session, back)}>{t('back.copy')}</Button>
        <Button kind="primary" onClick={() => backToNow(session)}>
          {t('back.now')}
        </Button>
      </div>
    </div>
  );
}

function copyAddress(session: CaseSession, back: LookingBack): void {
  const address = momentAddress(location.origin, session.caseId ?? '', back.seq);
  // The clipboard is missing outside secure contexts, whatever the type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const done = clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'));
  done.then(
    () => showToast({ text: t('back.copied') }),
    () => showToast({ text: t('back.copy.failed', { address }) }),
  );
}
