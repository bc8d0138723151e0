// When I was last at a case in this browser: remembered while its page is seen, so that coming back after a while can tell what is new.

import { remember, remembered } from '../../storage';

/** Shorter than this is a cup of coffee, not being away. */
export const AWAY_MS = 15 * 60_000;
const NOTE_EVERY_MS = 60_000;

const keyOf = (caseId: string): string => `here.${caseId}`;

/** Since when I was away; null when I was here just now, or never before. */
export function awaySince(lastHere: number | null, now: number): number | null {
  return lastHere !== null && now - lastHere > AWAY_MS ? lastHere : null;
}

export function lastHere(caseId: string): number | null {
  const at = Number(remembered(keyOf(caseId)) ?? Number.NaN);
  return Number.isFinite(at) && at > 0 ? at : null;
}

export function noteHere(caseId: string, now: number): void {
  remember(keyOf(caseId), String(now));
}

/** Remember from now on that I am here, and tell when I come back after being away: at once, or when the page is seen again. */
export function followReturns(caseId: string, onReturn: (since: number) => void): () => void {
  function arrive(): void {
    if (document.hidden) return;
    const since = awaySince(lastHere(caseId), Date.now());
    if (since !== null) onReturn(since);
    noteHere(caseId, Date.now());
  }
  function stay(): void {
    if (!document.hidden) noteHere(caseId, Date.now());
  }
  const leave = (): void => noteHere(caseId, Date.now());
  const timer = setInterval(stay, NOTE_EVERY_MS);
  const onVisibility = (): void => (document.hidden ? leave() : arrive());
  document.addEventListener('visibilitychange', onVisibility);
  arrive();
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    stay();
  };
}
