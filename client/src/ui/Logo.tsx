// One puzzle piece: the mark of the product, drawn in the colour of the text around it.

import type { VNode } from 'preact';

export function Logo(): VNode {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M4 6h8a4 4 0 1 1 8 0h8v8a4 4 0 1 0 0 8v6H4z" />
    </svg>
  );
}
