// Who someone speaks for, as a small mark: the two letters and the colour of the partner, or of the person alone.

import type { VNode } from 'preact';
import type { PartnerView } from '../../domain';
import { markOf } from '../../marks';

interface Props {
  readonly partner: PartnerView | undefined;
  readonly name: string;
}

export function PersonMark({ partner, name }: Props): VNode {
  const pattern = partner?.patterned ? ' person-mark-patterned' : '';
  return (
    <span class={`person-mark partner-${partner?.colour ?? 'none'}${pattern}`} aria-hidden="true">
      {partner?.mark ?? markOf(name)}
    </span>
  );
}
