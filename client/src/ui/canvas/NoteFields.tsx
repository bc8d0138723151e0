// The fields of a note beside its words: its partner everywhere, form and amount for contributions, kind, beneficiary and amount for
// returns, a day for what stands in the roadmap.

import type { VNode } from 'preact';
import { FORMS, RETURN_KINDS, SDG_NUMBERS, type Form, type NoteView, type ReturnKind } from '../../domain';
import { t } from '../../i18n';
import { Select } from '../Select';
import { sdgName } from './SdgTile';
import { useTable } from './table';

export function NoteFields({ note }: { readonly note: NoteView }): VNode {
  const { edit } = useTable().document;
  const isContribution = note.place === 'contributions';
  const isReturn = note.place === 'returns';
  return (
    <>
      <PartnerField note={note} />
      {isContribution && (
        <Select
          label={t('note.form')}
          nothing={t('note.nothing')}
          value={note.form}
          choices={FORMS.map((form) => [form, t(`form.${form}`)])}
          onChoose={(value) => edit.setField(note.id, 'form', value as Form | null)}
        />
      )}
      {isReturn && (
        <Select
          label={t('note.kind')}
          nothing={t('note.nothing')}
          value={note.kind}
          choices={RETURN_KINDS.map((kind) => [kind, t(`kind.${kind}`)])}
          onChoose={(value) => edit.setField(note.id, 'kind', value as ReturnKind | null)}
        />
      )}
      {isReturn && <BeneficiaryField note={note} />}
      {(isContribution || isReturn) && <AmountField note={note} />}
      {isReturn && <SdgField note={note} />}
      {note.place.startsWith('roadmap/') && <DueField note={note} />}
    </>
  );
}

function PartnerField({ note }: { readonly note: NoteView }): VNode {
  const { edit, partners } = useTable().document;
  return (
    <Select
      label={t('note.partner')}
      nothing={t('note.nothing')}
      value={note.partner}
      choices={partners.value.map((partner) => [partner.id, partner.name])}
      onChoose={(value) => edit.setField(note.id, 'partner', value)}
    />
  );
}

function BeneficiaryField({ note }: { readonly note: NoteView }): VNode {
  const { edit, partners } = useTable().document;
  const choices = partners.value.map((partner) => [partner.id, partner.name] as const);
  return (
    <Select
      label={t('note.beneficiary')}
      nothing={t('note.nothing')}
      value={note.for}
      choices={[['all', t('for.all')], ...choices]}
      onChoose={(value) => edit.setField(note.id, 'for', value)}
    />
  );
}

function AmountField({ note }: { readonly note: NoteView }): VNode {
  const { edit } = useTable().document;
  const change = (value: string): void => {
    const amount = value.trim() === '' ? null : Number(value);
    if (amount === null || (Number.isFinite(amount) && amount >= 0)) edit.setField(note.id, 'amount', amount);
  };
  return (
    <label class="menu-field">
      <span>{note.form === 'hours' ? t('note.amount.hours') : t('note.amount.euro')}</span>
      <input
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        value={note.amount ?? ''}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </label>
  );
}

function SdgField({ note }: { readonly note: NoteView }): VNode {
  const { edit } = useTable().document;
  return (
    <Select
      label={t('note.sdg')}
      nothing={t('note.nothing')}
      value={note.sdg === null ? null : String(note.sdg)}
      choices={SDG_NUMBERS.map((number) => [String(number), `${number}. ${sdgName(number)}`])}
      onChoose={(value) => edit.setField(note.id, 'sdg', value === null ? null : Number(value))}
    />
  );
}

function DueField({ note }: { readonly note: NoteView }): VNode {
  const { edit } = useTable().document;
  return (
    <label class="menu-field">
      <span>{t('note.due')}</span>
      <input
        type="date"
        value={note.due ?? ''}
        onChange={(event) => edit.setField(note.id, 'due', event.currentTarget.value || null)}
      />
    </label>
  );
}
