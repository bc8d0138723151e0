// Which partner is lit while the others are dimmed, and the way to light all again. Not there while all are lit.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { PartnerMark } from '../canvas/PartnerMark';
import type { Table } from '../canvas/table';

export function LensBar({ table }: { readonly table: Table }): VNode | null {
  const { lens } = table.session;
  const partner = table.document.partner(lens.value);
  if (!partner) return null;
  return (
    <p class="lens-bar" role="status">
      <PartnerMark partner={partner} />
      <span>{t('lens.on', { name: partner.name })}</span>
      <button type="button" class="text-button" onClick={() => (lens.value = null)}>
        {t('lens.off')}
      </button>
    </p>
  );
}
