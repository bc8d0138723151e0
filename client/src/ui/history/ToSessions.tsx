// From what changed, or from a life, back to the list of sessions.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { Icon } from '../canvas/icons';

export function ToSessions({ session }: { readonly session: CaseSession }): VNode {
  return (
    <button type="button" class="button button-plain to-sessions" onClick={() => (session.panel.value = 'history')}>
      <Icon name="back" />
      {t('history.all')}
    </button>
  );
}
