// One quiet voice for screen readers: what moved where, what was put down. Toasts speak for themselves.

import { signal } from '@preact/signals';
import type { VNode } from 'preact';

const words = signal('');

/** Say something once; saying the same again is heard again. */
export function announce(text: string): void {
  words.value = words.value === text ? `${text}\u00a0` : text;
}

export function Announcer(): VNode {
  return (
    <p class="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
}
