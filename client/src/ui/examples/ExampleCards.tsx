// The example cases that come with the server, as cards: the impact sentence first, for that is what speaks.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { examples, type ExampleSummary } from '../../start-api';
import { language, t } from '../../i18n';

type State = readonly ExampleSummary[] | 'loading' | 'failed';

export function ExampleCards(): VNode {
  const [state, setState] = useState<State>('loading');
  useEffect(() => void examples().then(setState, () => setState('failed')), []);
  return (
    <section class="start-section" aria-labelledby="examples">
      <h2 id="examples">{t('start.examples')}</h2>
      <p class="quiet">{t('start.examples.text')}</p>
      {state === 'failed' ? (
        <p>{t('start.examples.none')}</p>
      ) : (
        <Cards examples={state === 'loading' ? null : state.filter(({ retold }) => !retold)} />
      )}
      {state !== 'failed' && (
        <>
          <h3 id="retold">{t('start.retold')}</h3>
          <p class="quiet">{t('start.retold.text')}</p>
          <Cards examples={state === 'loading' ? null : state.filter(({ retold }) => retold)} />
        </>
      )}
    </section>
  );
}

/** Cards, or room for them while they come. */
function Cards({ examples }: { readonly examples: readonly ExampleSummary[] | null }): VNode {
  return (
    <ul class="example-cards" aria-busy={examples === null}>
      {examples && ownLanguageFirst(examples).map((each) => <Card key={each.id} example={each} />)}
    </ul>
  );
}

function ownLanguageFirst(all: readonly ExampleSummary[]): readonly ExampleSummary[] {
  const isOwn = (example: ExampleSummary): boolean => example.language === language.value;
  return [...all.filter(isOwn), ...all.filter((example) => !isOwn(example))];
}

function Card({ example }: { readonly example: ExampleSummary }): VNode {
  const counts = `${t('partners.count', { count: example.partners })} · ${t('notes.count', { count: example.notes })}`;
  return (
    <li>
      <a href={`/examples/${example.id}`} class="example-card" lang={example.language}>
        <span class="example-impact">{example.impact}</span>
        <strong>{example.title}</strong>
        {example.in_english !== null && language.value !== example.language && (
          <span class="example-summary" lang="en">
            {example.in_english}
          </span>
        )}
        <span class="quiet" lang={language.value}>
          {t(`language.${example.language}`)} · {counts}
        </span>
      </a>
    </li>
  );
}
