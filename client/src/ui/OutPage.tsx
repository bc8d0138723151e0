// What someone sees whom a facilitator took out of the case: that it is so, that their words are safe, and what of theirs was not saved.

import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import type { CaseSession } from '../session';
import { Tray } from './Tray';

export function OutPage({ session }: { readonly session: CaseSession }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main id="canvas" class="page page-narrow failure" tabIndex={-1}>
      <p class="join-invited" dir="auto">
        {session.document.value.meta.value.title}
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {t('join.removed.title')}
      </h1>
      <p class="lead">{t('join.removed.text')}</p>
      {session.keptAside.value.length > 0 && <Tray session={session} />}
      <p class="dialog-acts">
        <button type="button" class="button button-primary" onClick={() => location.reload()}>
          {t('fault.reload')}
        </button>
        <a class="button button-quiet" href="/">
          {t('lost.home')}
        </a>
      </p>
    </main>
  );
}
