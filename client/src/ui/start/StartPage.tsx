// The first page: what this is, one thing to do, and three other ways in.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { ExampleCards } from '../examples/ExampleCards';
import { ImportCard } from '../import/ImportCard';
import { SiteFrame } from '../SiteFrame';
import { PuzzlePicture } from './PuzzlePicture';
import { StartForm } from './StartForm';
import { YourCases } from './YourCases';

export function StartPage(): VNode {
  return (
    <SiteFrame>
      <div class="start-top">
        <Welcome />
        <section class="start-new" aria-labelledby="start-new">
          <h2 id="start-new">{t('start.new')}</h2>
          <StartForm />
        </section>
      </div>
      <YourCases />
      <ExampleCards />
      <ImportCard />
    </SiteFrame>
  );
}

function Welcome(): VNode {
  return (
    <div class="welcome">
      <h1>{t('product.tagline')}</h1>
      <p class="lead">{t('start.what')}</p>
      <PuzzlePicture />
      <ol class="steps">
        <li>{t('start.how.1')}</li>
        <li>{t('start.how.2')}</li>
        <li>{t('start.how.3')}</li>
      </ol>
    </div>
  );
}
