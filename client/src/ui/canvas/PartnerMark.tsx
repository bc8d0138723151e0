// The two-letter mark of a partner: letters, colour and, after eight partners, a pattern. Never colour alone.

import type { VNode } from 'preact';
import type { PartnerView } from '../../domain';

export interface PartnerMarkProps {
  readonly partner: PartnerView | undefined;
  /** Letters for somebody without a partner. */
  readonly fallback?: string;
  readonly title?: string;
}

export function PartnerMark({ partner, fallback = '', title }: PartnerMarkProps): VNode {
  return (
    <span class={`mark ${partnerClass(partner)}`} {...(title === undefined ? {} : { title })} aria-hidden="true">
      {partner?.mark ?? fallback}
    </span>
  );
}

/** The classes that give an element its partner's colour and pattern. */
export function partnerClass(partner: PartnerView | undefined): string {
  if (!partner) return 'partner-none';
  return partner.patterned ? `partner-${partner.colour} is-patterned` : `partner-${partner.colour}`;
}
