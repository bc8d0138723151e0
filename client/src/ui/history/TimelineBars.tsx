// The bars over the slider: who did how much when, by partner. Each partner has a colour and a hatching of its own; the marks beneath
// say which is whose, in words and numbers too.

import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Bar, People } from '../../history-api';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import type { CaseSession } from '../../session';
import { PartnerMark, partnerClass } from '../canvas/PartnerMark';
import { columnsOf, totalsOf, type Column, type Share } from './bars';

interface Props {
  readonly session: CaseSession;
  readonly bars: readonly Bar[];
  readonly people: People;
  readonly index: number;
}

export function TimelineBars({ session, bars, people, index }: Props): VNode {
  const columns = useMemo(() => columnsOf(bars, people), [bars, people]);
  const totals = useMemo(() => totalsOf(columns), [columns]);
  const told = totals.map((share) => `${partnerName(session, share)} ${share.count}`);
  return (
    <div class="timeline-bars" role="img" aria-label={t('timeline.bars', { partners: listing(told) })}>
      {columns.map((column, at) => (
        <BarStack key={bars[at]?.seq} session={session} column={column} come={at <= index} />
      ))}
    </div>
  );
}

interface StackProps {
  readonly session: CaseSession;
  readonly column: Column;
  /** Whether it lies before the moment that is shown. */
  readonly come: boolean;
}

function BarStack({ session, column, come }: StackProps): VNode {
  return (
    <span class={come ? 'bar-stack' : 'bar-stack is-to-come'} style={{ height: `${Math.round(column.height * 100)}%` }}>
      {column.shares.map(({ partner, count }) => (
        <span
          key={partner ?? ''}
          class={`bar-share ${partnerClass(session.document.value.partner(partner))}`}
          style={{ flexGrow: count }}
        />
      ))}
    </span>
  );
}

/** Which hatching is whose, and how much each did. */
export function TimelineKey({ session, bars, people }: Omit<Props, 'index'>): VNode {
  const totals = useMemo(() => totalsOf(columnsOf(bars, people)), [bars, people]);
  return (
    <ul class="timeline-key" aria-label={t('timeline.key')}>
      {totals.map((share) => {
        const partner = session.document.value.partner(share.partner);
        return (
          <li key={share.partner ?? ''}>
            <span class={`bar-share ${partnerClass(partner)}`} aria-hidden="true" />
            <PartnerMark partner={partner} fallback="··" />
            <span dir="auto">{partnerName(session, share)}</span>
            <span class="quiet">{t('history.changes', { count: share.count })}</span>
          </li>
        );
      })}
    </ul>
  );
}

function partnerName(session: CaseSession, { partner }: Share): string {
  return session.document.value.partner(partner)?.name ?? t('people.none');
}
