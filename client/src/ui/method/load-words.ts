// What lies on the scales, in words: "€ 2,000 · 40 hours · 3 notes". Nothing is "nothing yet".

import type { Form } from '../../domain';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import type { Load, Taken } from '../../method/balance';
import { amountWords } from '../canvas/amounts';

/** A load with what it consists of. */
export function loadWords(load: Load, forms: readonly Form[] = []): string {
  if (load.notes.length === 0) return t('balance.nothing');
  const counted = { cash: load.euro > 0, hours: load.hours > 0 };
  const uncounted = forms.filter((form) => !((form === 'cash' || form === 'hours') && counted[form]));
  const named = uncounted.length > 0 ? [listing(uncounted.map((form) => t(`form.${form}`).toLowerCase()))] : [];
  return [...countedWords(load), ...named, t('notes.count', { count: load.notes.length })].join(' · ');
}

/** What comes out, financial and not, each with its own number. */
export function takenWords({ financial, nonFinancial, unsaid }: Taken): string {
  const parts = [
    ['balance.financial', financial],
    ['balance.non-financial', nonFinancial],
    ['balance.unsaid', unsaid],
  ] as const;
  const said = parts.filter(([, load]) => load.notes.length > 0);
  if (said.length === 0) return t('balance.nothing');
  return said.map(([key, load]) => [t(key, { count: load.notes.length }), ...countedWords(load)].join(' ')).join(' · ');
}

function countedWords({ euro, hours }: Load): string[] {
  return [
    ...(euro > 0 ? [amountWords({ amount: euro, form: null })] : []),
    ...(hours > 0 ? [amountWords({ amount: hours, form: 'hours' })] : []),
  ];
}
