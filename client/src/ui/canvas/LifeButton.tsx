// The way to the life of a note or statement, where there is no menu to hold it. Not there for an example: it has no past.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { IconButton } from './icons';
import type { Table } from './table';

interface Props {
  readonly table: Table;
  readonly subject: string;
  readonly tabIndex?: number;
}

export function LifeButton({ table, subject, tabIndex = 0 }: Props): VNode | null {
  if (table.session.caseId === null) return null;
  return (
    <IconButton
      icon="history"
      class="life-button"
      label={t('panel.life')}
      tabIndex={tabIndex}
      onClick={() => table.tellLife(subject)}
    />
  );
}
