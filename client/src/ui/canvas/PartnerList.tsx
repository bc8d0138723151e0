// The Partners piece: the organisations of the coalition with what each gives and gets, a line to add one, those who left, and those
// who are only named by notes.

import type { VNode } from 'preact';
import type { PartnerView } from '../../domain';
import { t } from '../../i18n';
import { PartnerAdder } from './PartnerAdder';
import { PartnerRow } from './PartnerRow';
import { useTable } from './table';

export function PartnerList(): VNode {
  const table = useTable();
  const partners = table.document.partners.value;
  const listed = partners.filter((partner) => partner.order !== null);
  const named = partners.filter((partner) => partner.order === null);
  const writable = table.session.writableAt('partners');
  return (
    <div class="partners">
      {listed.length === 0 && <p class="empty-question">{t('piece.partners.question')}</p>}
      <ul class="partner-list" aria-label={t('piece.partners')}>
        {listed.map((partner) => (
          <PartnerRow key={partner.id} partner={partner} />
        ))}
      </ul>
      {named.length > 0 && <NamedPartners partners={named} />}
      {writable && <PartnerAdder />}
    </div>
  );
}

function NamedPartners({ partners }: { readonly partners: readonly PartnerView[] }): VNode {
  const { document: caseDocument, session } = useTable();
  return (
    <div class="named-partners">
      <p>{t('partners.named')}</p>
      <ul>
        {partners.map((partner) => (
          <li key={partner.id}>
            <span dir="auto">{partner.name}</span>
            {session.writableAt('partners') && (
              <button
                type="button"
                class="text-button"
                aria-label={t('partners.list', { name: partner.name })}
                onClick={() => caseDocument.edit.listPartner(partner.id)}
              >
                {t('partners.list.short')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
