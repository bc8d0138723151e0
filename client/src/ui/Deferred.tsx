// A component whose code is loaded when it is first shown; nothing is there until it has come.

import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t, wholeLanguage } from '../i18n';
import { showToast } from './Toast';

export interface DeferredProps<P> {
  readonly load: () => Promise<FunctionComponent<P>>;
  readonly props: P;
}

export function Deferred<P extends object>({ load, props }: DeferredProps<P>): VNode | null {
  const [component, setComponent] = useState<{ readonly Loaded: FunctionComponent<P> } | null>(null);
  useEffect(() => {
    let isWanted = true;
    Promise.all([load(), wholeLanguage()]).then(
      ([Loaded]) => isWanted && setComponent({ Loaded }),
      () => showToast({ text: t('problem.offline') }),
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  return component ? <component.Loaded {...props} /> : null;
}

const QUIET_MS = 300;

/** Load what nobody waits for a moment later, so that the canvas is on the screen first. */
export function whenQuiet<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    return load();
  };
}
