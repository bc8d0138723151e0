// Words for what the server refused: what happened, that nothing is lost, and what to do.

import { ApiError } from '../api';
import { t, type Key } from '../i18n';

/** Refusals that people meet, with words of our own in both languages. */
const KNOWN: readonly string[] = ['last-facilitator', 'link-full', 'link-expired', 'link-not-valid', 'removed'];

/** One or two sentences for people. What the server says in words is better than our guess. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('problem.fault');
  if (error.status === 0) return t('problem.offline');
  if (error.status === 429) return t('problem.too-many');
  if (KNOWN.includes(error.type)) return t(`refusal.${error.type}` as Key);
  if (error.status >= 500 || error.detail === '') return t('problem.fault');
  return sentence(error.detail);
}

function sentence(detail: string): string {
  const start = detail.charAt(0).toLocaleUpperCase() + detail.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
