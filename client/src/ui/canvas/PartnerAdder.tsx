// One line to add an organisation: its name, and what sort it is.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { HELIXES, LIMITS, type Helix } from '../../domain';
import { t } from '../../i18n';
import { announce } from './announce';
import { useTable } from './table';

export function PartnerAdder(): VNode {
  const { edit } = useTable().document;
  const [name, setName] = useState('');
  const [helix, setHelix] = useState<Helix>('other');
  const add = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    edit.addPartner(name.trim(), helix);
    announce(t('partners.added', { name: name.trim() }));
    setName('');
    setHelix('other');
  };
  return (
    <form class="partner-adder" onSubmit={add}>
      <input
        id="partner-new"
        class="partner-new"
        dir="auto"
        value={name}
        maxLength={LIMITS.partnerName}
        placeholder={t('partners.add.placeholder')}
        aria-label={t('partners.add.label')}
        autocomplete="off"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      {name.trim() !== '' && (
        <>
          <HelixChoice value={helix} onChoose={setHelix} />
          <button type="submit" class="button button-primary">
            {t('partners.add')}
          </button>
        </>
      )}
    </form>
  );
}

export interface HelixChoiceProps {
  readonly value: Helix;
  readonly onChoose: (helix: Helix) => void;
}

export function HelixChoice({ value, onChoose }: HelixChoiceProps): VNode {
  return (
    <label class="menu-field">
      <span>{t('partners.helix')}</span>
      <select
        class="helix-choice"
        value={value}
        onChange={(event) => onChoose(HELIXES.find((helix) => helix === event.currentTarget.value) ?? 'other')}
      >
        {HELIXES.map((helix) => (
          <option key={helix} value={helix}>
            {t(`helix.${helix}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
