// One organisation: its mark and name, what sort it is, what it gives and gets on this table; and, unfolded, the way to change it.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { LIMITS, type NoteView, type PartnerView } from '../../domain';
import { listing } from '../../i18n/listing';
import { t } from '../../i18n';
import { IconButton } from './icons';
import { Deferred } from '../Deferred';
import { HelixChoice } from './PartnerAdder';
import { PartnerMark, partnerClass } from './PartnerMark';
import { useTable, type Table } from './table';

const loadDress = async () => (await import('../windows')).PartnerDress;

export function PartnerRow({ partner }: { readonly partner: PartnerView }): VNode {
  const table = useTable();
  const [open, setOpen] = useState(false);
  const writable = table.session.writableAt('partners');
  const left = partner.left !== null;
  return (
    <li class={`partner ${partnerClass(partner)} ${left ? 'has-left' : ''}`} data-partner={partner.id}>
      <div class="partner-line">
        <PartnerMark partner={partner} />
        <div class="partner-words">
          <button
            type="button"
            class="partner-name"
            dir="auto"
            aria-label={t('partner.open', { name: partner.name })}
            onClick={() => table.openPanel('partner', `partners/${partner.id}`)}
          >
            {partner.name}
          </button>
          <p class="partner-meta">
            {left ? t('partners.left') : `${t(`helix.${partner.helix}`)}${givesAndGets(table, partner)}`}
          </p>
        </div>
        {writable && (
          <IconButton
            icon="dots"
            label={t('partners.change', { name: partner.name })}
            pressed={open}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {open && writable && <PartnerForm partner={partner} onDone={() => setOpen(false)} />}
    </li>
  );
}

interface PartnerFormProps {
  readonly partner: PartnerView;
  readonly onDone: () => void;
}

function PartnerForm({ partner, onDone }: PartnerFormProps): VNode {
  const { edit } = useTable().document;
  const leave = (): void => {
    edit.setPartnerLeft(partner.id, partner.left === null);
    onDone();
  };
  return (
    <div class="partner-form" onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <label class="menu-field">
        <span>{t('partners.name')}</span>
        <input
          dir="auto"
          value={partner.name}
          maxLength={LIMITS.partnerName}
          onChange={(event) => edit.renamePartner(partner.id, event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </label>
      <HelixChoice value={partner.helix} onChoose={(helix) => edit.setHelix(partner.id, helix)} />
      <Deferred load={loadDress} props={{ edit, partner }} />
      <div class="menu-row">
        <button type="button" class="menu-button" onClick={leave}>
          {t(partner.left === null ? 'partners.leave' : 'partners.return')}
        </button>
        <button type="button" class="menu-button is-danger" onClick={() => edit.unlistPartner(partner.id)}>
          {t('partners.remove')}
        </button>
      </div>
    </div>
  );
}

/** " · brings 2, gets 1": what the notes say of this partner. */
function givesAndGets({ document: caseDocument }: Table, partner: PartnerView): string {
  const gives = countNotes(caseDocument, 'contributions', (note) => note.partner === partner.id);
  const gets = countNotes(caseDocument, 'returns', (note) => note.for === partner.id || note.for === 'all');
  const words = [
    ...(gives > 0 ? [t('partners.gives', { count: gives })] : []),
    ...(gets > 0 ? [t('partners.gets', { count: gets })] : []),
  ];
  return words.length === 0 ? '' : ` · ${listing(words)}`;
}

type Counted = Pick<NoteView, 'partner' | 'for'>;

function countNotes(caseDocument: Table['document'], place: string, counts: (note: Counted) => boolean): number {
  return caseDocument
    .notesAt(place)
    .value.map((id) => caseDocument.note(id).value)
    .filter((note) => note !== undefined && counts(note)).length;
}
