// A gentle hint under a shared sentence, one at a time: shorter is remembered better, or a word that people do not use. Never a rule.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import { sentenceHints } from '../../method/hints';
import type { Table } from '../canvas/table';

export interface SentenceHintProps {
  readonly table: Table;
  readonly sentence: string;
}

export function SentenceHint({ table, sentence }: SentenceHintProps): VNode | null {
  const { tooLong, policy } = sentenceHints(sentence, table.document.meta.value.language);
  if (policy.length > 0)
    return <span class="hint">{t('hint.policy', { words: listing(policy.map((word) => `‘${word}’`)) })}</span>;
  return tooLong === null ? null : <span class="hint">{t('hint.long', { count: tooLong })}</span>;
}
