// A question to the server whose answer is shown: asked anew when what it depends on changes; a late answer to an old question is dropped.

import { useEffect, useState } from 'preact/hooks';

export interface Answer<T> {
  /** Null until it came. */
  readonly answer: T | null;
  readonly failure: unknown;
}

export function useAnswer<T>(ask: () => Promise<T | null>, asked: readonly unknown[]): Answer<T> {
  const [state, setState] = useState<Answer<T>>({ answer: null, failure: null });
  useEffect(() => {
    let isWanted = true;
    setState({ answer: null, failure: null });
    ask().then(
      (answer) => isWanted && setState({ answer, failure: null }),
      (failure: unknown) => isWanted && setState({ answer: null, failure }),
    );
    return () => {
      isWanted = false;
    };
  }, asked); // eslint-disable-line react-hooks/exhaustive-deps -- the caller says what the question depends on
  return state;
}
