// How well the two sides fit, in one line of words.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import type { Fit, Share } from '../../method/fit';

export function FitLine({ fit }: { readonly fit: Fit }): VNode | null {
  const said = [wordsOf('vpc.fit.pains', fit.pains), wordsOf('vpc.fit.gains', fit.gains)].filter(
    (words) => words !== '',
  );
  if (said.length === 0) return null;
  return (
    <p class="fit-line" role="status">
      {said.map((words) => (
        <span key={words} class="chip">
          {words}
        </span>
      ))}
      {fit.loose.size > 0 && <span class="fit-loose">{t('vpc.fit.loose', { count: fit.loose.size })}</span>}
    </p>
  );
}

function wordsOf(key: 'vpc.fit.pains' | 'vpc.fit.gains', { met, count }: Share): string {
  return count === 0 ? '' : t(key, { met, count });
}
