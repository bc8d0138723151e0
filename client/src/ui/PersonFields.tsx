// Who you are: a name, and the organisation you speak for. The same questions wherever a case is entered.

import type { VNode } from 'preact';
import { t } from '../i18n';
import { Field } from './Field';
import { Organisation, PartnerPicker, type Pickable } from './PartnerPicker';
import { limits, type PersonDraft, type PersonProblems } from './person-draft';

interface Props {
  /** The partners to pick from; none in a new case. */
  readonly partners: readonly Pickable[];
  readonly draft: PersonDraft;
  readonly problems: PersonProblems;
  readonly onChange: (draft: PersonDraft) => void;
  readonly autoFocus?: boolean;
}

export function PersonFields({ partners, draft, problems, onChange, autoFocus = false }: Props): VNode {
  return (
    <>
      <Field
        label={t('person.name')}
        hint={t('person.name.hint')}
        value={draft.name}
        maxLength={limits.name}
        autocomplete="name"
        autoFocus={autoFocus}
        problem={problems.name ? t(problems.name) : null}
        onInput={(name) => onChange({ ...draft, name })}
      />
      {partners.length > 0 ? (
        <PartnerPicker partners={partners} draft={draft} problems={problems} onChange={onChange} />
      ) : (
        <Organisation draft={draft} problems={problems} onChange={onChange} hint={t('person.organisation.hint')} />
      )}
    </>
  );
}
