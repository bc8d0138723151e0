// A page that says in words what went wrong, that nothing is lost, and the one thing to do next.

import type { ComponentChildren, VNode } from 'preact';
import { t } from '../i18n';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly reload?: boolean;
  readonly children?: ComponentChildren;
}

export function Failure({ title, text, reload = false, children }: Props): VNode {
  return (
    <main class="page page-narrow failure">
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {children}
      <p>{reload ? <ReloadButton /> : <a href="/">{t('lost.home')}</a>}</p>
    </main>
  );
}

function ReloadButton(): VNode {
  return (
    <button type="button" class="button button-primary" onClick={() => location.reload()}>
      {t('fault.reload')}
    </button>
  );
}
