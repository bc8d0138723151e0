// The value proposition canvas before there is a pair: what it is for, and the way to begin.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Button } from '../Button';
import type { Table } from '../canvas/table';
import { PairDialog } from './PairDialog';

export function NoPairs({ table }: { readonly table: Table }): VNode {
  const [open, setOpen] = useState(false);
  return (
    <section class="no-pairs" aria-labelledby="no-pairs">
      <svg class="no-pairs-picture" viewBox="0 0 220 90" aria-hidden="true">
        <rect x="8" y="8" width="86" height="74" rx="10" />
        <circle cx="172" cy="45" r="38" />
        <path d="M94 45h14m0 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0" />
      </svg>
      <h2 id="no-pairs">{t('vpc.none')}</h2>
      <p>{t('vpc.none.text')}</p>
      {table.session.writableAt('vpc') && (
        <Button kind="primary" onClick={() => setOpen(true)}>
          {t('vpc.new.first')}
        </Button>
      )}
      {open && <PairDialog table={table} onClose={() => setOpen(false)} />}
    </section>
  );
}
