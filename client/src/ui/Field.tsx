// One question of a form: label, hint, control and, when something is missing, what to do about it.
// The control is given the ids it needs, so that a screen reader hears hint and problem with the label.

import type { VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

type Asks = { readonly type: 'date'; readonly min: string } | { readonly type: 'number'; readonly min: number };

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly maxLength?: number;
  /** What is asked when it is no text. */
  readonly asks?: Asks;
  readonly autocomplete?: string;
  readonly autoFocus?: boolean;
}

export function Field({
  label,
  value,
  onInput,
  hint,
  problem = null,
  maxLength,
  asks,
  autocomplete,
  autoFocus,
}: Props): VNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.focus(); // a browser heeds the attribute on the page as it came, and in dialogs
  }, [autoFocus]);
  const notes = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        ref={input}
        id={id}
        type="text"
        dir="auto"
        value={value}
        {...(maxLength !== undefined && { maxLength })}
        {...asks}
        autocomplete={autocomplete ?? 'off'}
        autoFocus={autoFocus ?? false}
        aria-invalid={problem !== null}
        aria-describedby={notes || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
