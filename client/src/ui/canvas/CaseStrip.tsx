// The line above the canvas: which of the three it is, what the case is called, its sector, and the global goals it works on.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { LIMITS } from '../../domain';
import { t } from '../../i18n';
import { CanvasSwitch } from './CanvasSwitch';
import { Icon } from './icons';
import { SdgTile } from './SdgTile';
import { Deferred, whenQuiet } from '../Deferred';
import { useTable } from './table';

const loadDetails = async () => (await import('../windows')).CaseDetails;

const loadTools = whenQuiet(async () => (await import('../windows')).StripTools);

export function CaseStrip(): VNode {
  const table = useTable();
  const [open, setOpen] = useState(false);
  const { sector, title } = table.document.meta.value;
  const sdgs = table.document.sdgs.value;
  const writable = table.session.writable.value;
  const words = sector === '' && sdgs.length === 0 ? t('details.add') : t('details.change');
  return (
    <div class="strip">
      <h1 class={table.session.kind === 'live' ? 'visually-hidden' : 'strip-title'} dir="auto">
        {title}
      </h1>
      <CanvasSwitch />
      {sector !== '' && (
        <p class="strip-sector" dir="auto">
          {sector}
        </p>
      )}
      {sdgs.length > 0 && (
        <ul class="sdg-row" aria-label={t('sdg.title')}>
          {sdgs.map((number) => (
            <li key={number}>
              <SdgTile number={number} />
            </li>
          ))}
        </ul>
      )}
      {writable && (
        <button type="button" class="strip-change" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon name="puzzle" />
          <span class="strip-words">{words}</span>
          <span class="strip-words is-short">{t('details.short')}</span>
        </button>
      )}
      <Deferred load={loadTools} props={{ table }} />
      {open && (
        <Deferred load={loadDetails} props={{ table, onClose: () => setOpen(false), maxSector: LIMITS.sector }} />
      )}
    </div>
  );
}
