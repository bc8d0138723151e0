// From a past moment back to the live case. Apart from looking-back.ts, so that the bar above the canvas needs no more than this.

import type { CaseSession } from '../../session';

export function backToNow(live: CaseSession): void {
  live.lookingBack.peek()?.session.close();
  live.lookingBack.value = null;
}
