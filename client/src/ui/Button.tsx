// The button of every form: one primary act at a time, and visibly busy while it works.

import type { ComponentChildren, VNode } from 'preact';

interface Props {
  readonly children: ComponentChildren;
  readonly kind?: 'primary' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  /** Words shown instead while it works; the button then takes no second click. */
  readonly busy?: string | null;
  readonly onClick?: () => void;
}

export function Button({ children, kind = 'quiet', type = 'button', busy = null, onClick }: Props): VNode {
  const act = busy === null ? onClick : undefined;
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      aria-disabled={busy !== null}
      onClick={(event) => {
        if (busy !== null) event.preventDefault();
        act?.();
      }}
    >
      {busy ?? children}
    </button>
  );
}
