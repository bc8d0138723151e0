// How a partner is marked and whom to turn to: two letters, a colour of the set, a contact. What is left open the table chooses itself.

import type { VNode } from 'preact';
import type { CaseEdits } from '../../document-edits';
import { LIMITS, type PartnerView } from '../../domain';
import { t, type Key } from '../../i18n';
import { seen } from '../../names';

const COLOURS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const LETTERS = 2;

export interface PartnerDressProps {
  readonly edit: CaseEdits;
  readonly partner: PartnerView;
}

export function PartnerDress({ edit, partner }: PartnerDressProps): VNode {
  return (
    <>
      <label class="menu-field">
        <span>{t('partner.contact')}</span>
        <input
          dir="auto"
          value={partner.contact}
          maxLength={LIMITS.partnerName}
          placeholder={t('partner.contact.placeholder')}
          onChange={(event) => edit.dressPartner(partner.id, 'contact', seen(event.currentTarget.value))}
        />
      </label>
      <div class="partner-dress">
        <label class="menu-field">
          <span>{t('partner.mark')}</span>
          <input
            value={partner.mark}
            maxLength={LETTERS}
            onChange={(event) => edit.dressPartner(partner.id, 'mark', lettersOf(event.currentTarget.value))}
          />
        </label>
        <label class="menu-field">
          <span>{t('partner.colour')}</span>
          <select
            value={partner.hasOwnColour ? partner.colour : ''}
            onChange={(event) => edit.dressPartner(partner.id, 'colour', Number(event.currentTarget.value) || null)}
          >
            <option value="">{t('partner.colour.own')}</option>
            {COLOURS.map((colour) => (
              <option key={colour} value={colour}>
                {t(`partner.colour.${colour}` as Key)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  );
}

/** Two letters that can be seen; a capital may be longer than its letter. */
function lettersOf(written: string): string {
  return Array.from(seen(written).toUpperCase()).slice(0, LETTERS).join('');
}
