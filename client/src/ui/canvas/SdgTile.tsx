// One of the seventeen global goals as a plain tile of our own: its number, and its name in words.

import type { VNode } from 'preact';
import { t, type Key } from '../../i18n';

export function SdgTile({ number }: { readonly number: number }): VNode {
  const name = sdgName(number);
  return (
    <span class={`sdg sdg-${number}`} role="img" aria-label={`${number}. ${name}`} title={`${number}. ${name}`}>
      {number}
    </span>
  );
}

export function sdgName(number: number): string {
  return t(`sdg.${number}` as Key);
}
