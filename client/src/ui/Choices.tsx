// A question with a few answers of which one is picked: native radio buttons, drawn as tappable rows or chips. What is wrong
// stands above the answers: below a long list nobody would see it.

import type { ComponentChildren, VNode } from 'preact';
import { useId } from 'preact/hooks';

export interface Choice {
  readonly value: string;
  readonly label: ComponentChildren;
}

interface Props {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly look?: 'rows' | 'chips';
  readonly problem?: string | null;
}

export function Choices({ label, choices, value, onChoose, look = 'chips', problem = null }: Props): VNode {
  const id = useId();
  return (
    <fieldset class={`choices choices-${look}`} aria-describedby={problem === null ? undefined : `${id}-problem`}>
      <legend>{label}</legend>
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      <div class="choices-list">
        {choices.map((choice) => (
          <label key={choice.value} class="choice">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              aria-invalid={problem !== null}
              onChange={() => onChoose(choice.value)}
            />
            <span class="choice-label">{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
