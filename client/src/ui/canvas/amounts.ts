// Amounts and days in words: hours are hours, all other amounts are euros.

import type { NoteView } from '../../domain';
import { locale, t } from '../../i18n';

export function amountWords({ amount, form }: Pick<NoteView, 'amount' | 'form'>): string {
  if (amount === null) return '';
  if (form === 'hours') return t('amount.hours', { count: amount });
  const whole = Number.isInteger(amount);
  const format = { style: 'currency', currency: 'EUR', minimumFractionDigits: whole ? 0 : 2 } as const;
  return new Intl.NumberFormat(locale(), format).format(amount);
}

/** A day such as `2026-11-25` in words; what is no day stays as it is. */
export function dayWords(day: string): string {
  const moment = new Date(`${day}T12:00:00`);
  if (Number.isNaN(moment.getTime())) return day;
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(moment);
}
