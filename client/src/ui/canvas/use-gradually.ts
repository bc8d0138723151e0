// A long list is drawn in portions, so that the page answers in between.

import { useEffect, useState } from 'preact/hooks';

const PORTION = 150;

/** How many of `count` things to draw now; it grows by itself until it is all of them. */
export function useGradually(count: number): number {
  const [shown, setShown] = useState(PORTION);
  const isAll = shown >= count;
  useEffect(() => {
    if (isAll) return undefined;
    const timer = setTimeout(() => setShown(shown + PORTION));
    return () => clearTimeout(timer);
  }, [shown, isAll]);
  return Math.min(shown, count);
}
