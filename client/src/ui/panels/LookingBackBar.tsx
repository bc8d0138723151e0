// Above the canvas while it shows the past: unmistakably not now, and the way back.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { dateAndTime } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { backToNow } from './back-to-now';

export function LookingBackBar({ session }: { readonly session: CaseSession }): VNode | null {
  const back = session.lookingBack.value;
  if (back === null) return null;
  return (
    <div class="looking-back-bar" role="status">
      <p>
        <strong>{t('back.title')}</strong> {t('back.text', { when: dateAndTime(back.at) })}
      </p>
      <Button kind="primary" onClick={() => backToNow(session)}>
        {t('back.now')}
      </Button>
    </div>
  );
}
