// What a facilitator decides for everyone: pausing the case, and whose notes partners may change. It shows what the server says, so a
// choice that could not be made does not seem made.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { changeRules } from '../api';
import type { Editing } from '../domain';
import { t } from '../i18n';
import type { CaseRules, CaseSession } from '../session';
import { Choices } from './Choices';
import { Problem } from './Problem';

const EDITING: readonly Editing[] = ['everyone', 'partner', 'own'];

interface Props {
  readonly session: CaseSession;
  readonly caseId: string;
}

export function RulesFields({ session, caseId }: Props): VNode {
  const [failure, setFailure] = useState<unknown>(null);
  const { paused, editing } = session.rules.value;
  const decide = (change: Partial<CaseRules>): void =>
    void changeRules(caseId, change).then(() => setFailure(null), setFailure);
  return (
    <section class="rules-fields" aria-labelledby="rules-title">
      <h3 id="rules-title">{t('rules.title')}</h3>
      <button type="button" class="button button-quiet" onClick={() => decide({ paused: !paused })}>
        {t(paused ? 'rules.go-on' : 'rules.pause')}
      </button>
      <Choices
        label={t('rules.editing')}
        choices={EDITING.map((value) => ({ value, label: t(`rules.editing.${value}`) }))}
        value={editing}
        look="rows"
        onChoose={(value) => decide({ editing: value as Editing })}
      />
      <Problem error={failure} />
    </section>
  );
}
