// The cases opened on this device before, to go back to with one tap. Forgetting removes the pointer only.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Role } from '../../api';
import { t } from '../../i18n';
import { ago } from '../../i18n/format';
import { caseAddress } from '../../router';
import { forgetCase, knownCases, type KnownCase } from '../../storage';

export function YourCases(): VNode | null {
  const [cases, setCases] = useState(knownCases);
  if (cases.length === 0) return null;

  function forget(id: string): void {
    forgetCase(id);
    setCases(knownCases());
  }

  return (
    <section class="start-section" aria-labelledby="your-cases">
      <h2 id="your-cases">{t('start.yours')}</h2>
      <ul class="your-cases">
        {cases.map((known) => (
          <YourCase key={known.id} known={known} onForget={() => forget(known.id)} />
        ))}
      </ul>
      <p class="quiet">{t('start.yours.note')}</p>
    </section>
  );
}

function YourCase({ known, onForget }: { readonly known: KnownCase; readonly onForget: () => void }): VNode {
  const role = t(`role.${known.role as Role}`);
  return (
    <li>
      <a href={caseAddress(known.id)} class="your-case">
        <strong dir="auto">{known.title}</strong>
        <span class="quiet">{t('start.yours.opened', { role, when: ago(known.openedAt, Date.now()) })}</span>
      </a>
      <button
        type="button"
        class="button button-plain"
        aria-label={t('start.yours.forget', { title: known.title })}
        onClick={onForget}
      >
        {t('start.yours.forget.short')}
      </button>
    </li>
  );
}
