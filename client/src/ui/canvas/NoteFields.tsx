// The fields of a note beside its words: its partner everywhere, form and amount for contributions, kind, beneficiary and amount for
// returns, a day for what stands in the roadmap.

import type { VNode } from 'preact';
import { FORMS, RETURN_KINDS, SDG_NUMBERS, type Form, type NoteView, type ReturnKind } from '../../domain';
import { t } from '../../i18n';
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
        <Choice
          label={t('note.form')}
          value={note.form}
          choices={FORMS.map((form) => [form, t(`form.${form}`)])}
          onChoose={(value) => edit.setField(note.id, 'form', value as Form | null)}
        />
      )}
      {isReturn && (
        <Choice
          label={t('note.kind')}
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
    <Choice
      label={t('note.partner')}
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
    <Choice
      label={t('note.beneficiary')}
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
    <Choice
      label={t('note.sdg')}
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

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly (readonly [value: string, words: string])[];
  readonly onChoose: (value: string | null) => void;
}

function Choice({ label, value, choices, onChoose }: ChoiceProps): VNode {
  return (
    <label class="menu-field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        <option value="">{t('note.nothing')}</option>
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
