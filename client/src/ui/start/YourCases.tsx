// The cases opened on this device before, to go back to with one tap, also without a network. Forgetting removes what this browser keeps of
// a case; when something in it was not saved, it asks first.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Role } from '../../api';
import { t } from '../../i18n';
import { ago } from '../../i18n/format';
import { caseAddress } from '../../router';
import { knownCases, type KnownCase } from '../../storage';
import { Dialog } from '../Dialog';

interface Doubt {
  readonly known: KnownCase;
  /** How many changes would be lost. */
  readonly waiting: number;
}

export function YourCases(): VNode | null {
  const [cases, setCases] = useState(knownCases);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  if (cases.length === 0) return null;

  async function forget(known: KnownCase, isSure: boolean): Promise<void> {
    const { countWaiting, forgetEverything } = await import('../../keeping');
    const waiting = isSure ? 0 : await countWaiting(known.id).catch(() => 0);
    setDoubt(waiting > 0 ? { known, waiting } : null);
    if (waiting > 0) return;
    await forgetEverything(known.id);
    setCases(knownCases());
  }

  return (
    <section class="start-section" aria-labelledby="your-cases">
      <h2 id="your-cases">{t('start.yours')}</h2>
      <ul class="your-cases">
        {cases.map((known) => (
          <YourCase key={known.id} known={known} onForget={() => void forget(known, false)} />
        ))}
      </ul>
      <p class="quiet">{t('start.yours.note')}</p>
      {doubt && (
        <ForgetDialog {...doubt} onForget={() => void forget(doubt.known, true)} onClose={() => setDoubt(null)} />
      )}
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

interface ForgetDialogProps extends Doubt {
  readonly onForget: () => void;
  readonly onClose: () => void;
}

function ForgetDialog({ known, waiting, onForget, onClose }: ForgetDialogProps): VNode {
  return (
    <Dialog title={t('start.yours.forget', { title: known.title })} onClose={onClose}>
      <p>{t('start.yours.waiting', { count: waiting })}</p>
      <div class="menu-row">
        <button type="button" class="button button-primary" onClick={onClose}>
          {t('common.cancel')}
        </button>
        <button type="button" class="button button-quiet" onClick={onForget}>
          {t('start.yours.forget.anyway')}
        </button>
      </div>
    </Dialog>
  );
}
