// What this is, whose method it carries, what is kept about people, and under which licence.

import type { ComponentChildren, VNode } from 'preact';
import { t } from '../../i18n';
import { SiteFrame } from '../SiteFrame';

export function AboutPage(): VNode {
  return (
    <SiteFrame width="narrow">
      <article class="prose">
        <h1>{t('about.title')}</h1>
        <p class="lead">{t('about.what')}</p>
        <Part title={t('about.method')}>
          <p>{t('about.method.case')}</p>
          <p>{t('about.method.katapult')}</p>
          <p>{t('about.method.canvas')}</p>
          <p>{t('about.method.own')}</p>
        </Part>
        <Part title={t('about.privacy')}>
          <p>{t('about.privacy.what')}</p>
          <p>{t('about.privacy.who')}</p>
          <p>{t('about.privacy.where')}</p>
          <p>{t('about.privacy.cookie')}</p>
        </Part>
        <Part title={t('about.licence')}>
          <p>{t('about.licence.text')}</p>
        </Part>
        <p>
          <a href="/">{t('nav.home')}</a>
        </p>
      </article>
    </SiteFrame>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
