// What the pages around the canvas share: the name, the language, the way to the About page.

import type { ComponentChildren, VNode } from 'preact';
import { t } from '../i18n';
import { LanguageSwitch } from './LanguageSwitch';
import { Logo } from './Logo';

interface Props {
  readonly children: ComponentChildren;
  readonly width?: 'wide' | 'narrow';
}

export function SiteFrame({ children, width = 'wide' }: Props): VNode {
  return (
    <div class="site">
      <a class="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <header class="site-head">
        <a class="site-name" href="/">
          <Logo />
          {t('product.name')}
        </a>
        <nav>
          <a href="/about">{t('nav.about')}</a>
          <LanguageSwitch />
        </nav>
      </header>
      <main id="content" tabIndex={-1} class={`page page-${width}`}>
        {children}
      </main>
    </div>
  );
}
