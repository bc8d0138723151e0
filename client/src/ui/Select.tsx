// One of several choices, or none: a native list under its label. For a few answers that should all be seen: `Choices.tsx`.

import type { VNode } from 'preact';

interface Props {
  readonly label: string;
  /** What the choice of none is called. */
  readonly nothing: string;
  readonly value: string | null;
  readonly choices: readonly (readonly [value: string, words: string])[];
  readonly onChoose: (value: string | null) => void;
}

export function Select({ label, nothing, value, choices, onChoose }: Props): VNode {
  return (
    <label class="menu-field">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        <option value="">{nothing}</option>
        {choices.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
