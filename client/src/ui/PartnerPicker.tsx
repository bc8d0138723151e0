// For whom someone takes part: one of the partners of the case, another organisation, or none.

import type { VNode } from 'preact';
import { helixes, type Helix } from '../api';
import { t } from '../i18n';
import { Choices } from './Choices';
import { Field } from './Field';
import { limits, type PersonDraft, type PersonProblems } from './person-draft';

export interface Pickable {
  readonly id: string;
  readonly name: string;
}

interface Props {
  readonly partners: readonly Pickable[];
  readonly draft: PersonDraft;
  readonly problems: PersonProblems;
  readonly onChange: (draft: PersonDraft) => void;
}

export function PartnerPicker({ partners, draft, problems, onChange }: Props): VNode {
  const choices = [
    ...partners.map(({ id, name }) => ({ value: id, label: <span dir="auto">{name}</span> })),
    { value: 'new', label: t('person.partner.new') },
    { value: 'none', label: t('person.partner.none') },
  ];
  return (
    <>
      <Choices
        label={t('person.partner')}
        look="rows"
        choices={choices}
        value={draft.choice}
        problem={problems.partner ? t(problems.partner) : null}
        onChoose={(choice) => onChange({ ...draft, choice })}
      />
      {draft.choice === 'new' && <Organisation draft={draft} problems={problems} onChange={onChange} autoFocus />}
    </>
  );
}

interface OrganisationProps extends Omit<Props, 'partners'> {
  readonly hint?: string;
  readonly autoFocus?: boolean;
}

/** The name of an organisation and, once there is one, what kind it is. */
export function Organisation({ draft, problems, onChange, hint, autoFocus = false }: OrganisationProps): VNode {
  const kinds = helixes.map((helix) => ({ value: helix, label: t(`helix.${helix}`) }));
  return (
    <>
      <Field
        label={t('person.organisation')}
        {...(hint !== undefined && { hint })}
        value={draft.organisation}
        maxLength={limits.organisation}
        autocomplete="organization"
        autoFocus={autoFocus}
        problem={problems.organisation ? t(problems.organisation) : null}
        onInput={(organisation) => onChange({ ...draft, organisation })}
      />
      {draft.organisation.trim() !== '' && (
        <Choices
          label={t('person.helix')}
          choices={kinds}
          value={draft.helix}
          onChoose={(helix) => onChange({ ...draft, helix: helix as Helix })}
        />
      )}
    </>
  );
}
