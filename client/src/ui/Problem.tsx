// What went wrong with a form, next to its button, told to a screen reader at once.

import type { ComponentChildren, VNode } from 'preact';
import { problemText } from './problem-text';

interface Props {
  readonly error: unknown;
  readonly children?: ComponentChildren;
}

export function Problem({ error, children }: Props): VNode {
  return (
    <div role="alert" class={error === null ? undefined : 'problem'}>
      {error !== null && (
        <>
          <p>{problemText(error)}</p>
          {children}
        </>
      )}
    </div>
  );
}
