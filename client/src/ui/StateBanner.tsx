// Above the canvas, when nothing can be written and it is not mine to change: what happened, that nothing saved is lost, and what happens next.
// Being offline is no such trouble: one writes on, and the bar says so.

import type { ComponentChildren, VNode } from 'preact';
import { changeRules } from '../api';
import { t, type Key } from '../i18n';
import type { CaseSession } from '../session';
import { Icon } from './canvas/icons';

export function StateBanner({ session }: { readonly session: CaseSession }): VNode | null {
  const saving = session.saving.value;
  if (saving.kind === 'closed') return <ClosedBanner code={saving.code} kept={session.keptAside.value.length > 0} />;
  if (session.rules.value.paused && session.me.value?.role === 'facilitator') return <PausedByMe session={session} />;
  if (saving.kind !== 'read-only') return null;
  const trouble = TROUBLES.find((each) => each === saving.reason) ?? 'room';
  return (
    <Banner title={t(`banner.${trouble}.title`)}>
      <p>{t(`banner.${trouble}.text`)}</p>
    </Banner>
  );
}

function PausedByMe({ session }: { readonly session: CaseSession }): VNode {
  const goOn = (): void =>
    void (session.caseId && changeRules(session.caseId, { paused: false }).catch(() => undefined));
  return (
    <Banner title={t('rules.paused.title')}>
      <p>{t('rules.paused.text')}</p>
      <button type="button" class="button button-quiet" onClick={goOn}>
        {t('rules.go-on')}
      </button>
    </Banner>
  );
}

const TROUBLES = ['storage', 'paused'] as const;
const TOLD: readonly number[] = [4401, 4403, 4404, 4503];

function ClosedBanner({ code, kept }: { readonly code: number; readonly kept: boolean }): VNode {
  const isTold = TOLD.includes(code);
  return (
    <Banner title={t('banner.closed.title')}>
      <p>
        {t((isTold ? `banner.closed.${code}` : 'banner.closed.other') as Key)} {kept && t('banner.closed.kept')}
      </p>
      {!isTold && (
        <button type="button" class="button button-quiet" onClick={() => location.reload()}>
          {t('fault.reload')}
        </button>
      )}
    </Banner>
  );
}

function Banner({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <section class="state-banner" role="alert" aria-labelledby="state-banner-title">
      <Icon name="warning" />
      <div>
        <h2 id="state-banner-title">{title}</h2>
        {children}
      </div>
    </section>
  );
}
