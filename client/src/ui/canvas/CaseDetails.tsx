// Where the sector and the global goals of a case are chosen. Loaded when it is opened.

import type { VNode } from 'preact';
import { SDG_NUMBERS } from '../../domain';
import { t } from '../../i18n';
import { Dialog } from '../Dialog';
import { sdgName } from './SdgTile';
import type { Table } from './table';

export interface CaseDetailsProps {
  readonly table: Table;
  readonly maxSector: number;
  readonly onClose: () => void;
}

export function CaseDetails({ table, maxSector, onClose }: CaseDetailsProps): VNode {
  const { edit, meta, sdgs } = table.document;
  const chosen = sdgs.value;
  return (
    <Dialog title={t('details.title')} look="wide" onClose={onClose}>
      <label class="menu-field">
        <span>{t('details.sector')}</span>
        <input
          dir="auto"
          value={meta.value.sector}
          maxLength={maxSector}
          placeholder={t('details.sector.placeholder')}
          onChange={(event) => edit.setSector(event.currentTarget.value.trim())}
        />
      </label>
      <fieldset class="sdg-choice">
        <legend>{t('sdg.legend')}</legend>
        {SDG_NUMBERS.map((number) => (
          <label key={number} class="sdg-option">
            <input
              type="checkbox"
              checked={chosen.includes(number)}
              onChange={(event) => edit.setSdg(number, event.currentTarget.checked)}
            />
            <span class={`sdg sdg-${number}`} aria-hidden="true">
              {number}
            </span>
            <span>{sdgName(number)}</span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
