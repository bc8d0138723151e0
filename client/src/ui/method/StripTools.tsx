// The ways to look at the case as a whole: give and take, and what hangs loose. Loaded once the canvas is on the screen.

import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../../i18n';
import type { PanelName } from '../../session';
import { Icon, type IconName } from '../canvas/icons';
import type { Table } from '../canvas/table';
import { unreadOf } from '../comments/unread';
import { LensBar } from './LensBar';

export function StripTools({ table }: { readonly table: Table }): VNode {
  const unread = useMemo(() => unreadOf(table.session), [table.session]).value;
  return (
    <div class="strip-tools">
      <LensBar table={table} />
      <ToolButton table={table} panel="balance" icon="balance" />
      <ToolButton table={table} panel="loose" icon="link" />
      <ToolButton table={table} panel="comments" icon="comment" count={unread.ids.size} isNews={unread.mentions > 0} />
      <ToolButton table={table} panel="search" icon="search" />
    </div>
  );
}

interface ToolButtonProps {
  readonly table: Table;
  readonly panel: PanelName;
  readonly icon: IconName;
  /** How much is new; left out where there is nothing to count. */
  readonly count?: number;
  /** Whether the count asks for attention. */
  readonly isNews?: boolean;
}

function ToolButton({ table, panel, icon, count = 0, isNews = false }: ToolButtonProps): VNode {
  const { session } = table;
  const open = session.panel.value === panel;
  const words = t(`panel.${panel}`);
  return (
    <button
      type="button"
      class="strip-tool"
      aria-expanded={open}
      aria-label={count > 0 ? t('panel.count', { panel: words, count }) : words}
      onClick={() => {
        session.subject.value = null;
        session.panel.value = open ? null : panel;
      }}
    >
      <Icon name={icon} />
      <span>{words}</span>
      {count > 0 && <span class={isNews ? 'badge' : 'badge is-quiet'}>{count}</span>}
    </button>
  );
}
