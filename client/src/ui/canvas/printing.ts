// Printing the whole puzzle, also from a screen that shows one piece at a time.

import { signal } from '@preact/signals';

/** Whether the canvas is being laid out for paper. */
export const printing = signal(false);

/** Lay out all pieces, then open the printing window of the browser. */
export function printPuzzle(): void {
  printing.value = true;
  window.addEventListener('afterprint', () => (printing.value = false), { once: true });
  requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
}
