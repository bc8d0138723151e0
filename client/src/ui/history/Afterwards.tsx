// What lies around the canvas about the past: what is new since someone was here, the bar and the timeline of the moment that is
// shown, and going to the moment of the address. Loaded soon after a case opened, or at once when the address asks for a moment.

import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PastMoment } from '../../router';
import type { CaseSession } from '../../session';
import { problemText } from '../problem-text';
import { showToast } from '../Toast';
import { lookBack } from './looking-back';
import { LookingBackBar } from './LookingBackBar';
import { SinceLine } from './SinceLine';
import { Timeline } from './Timeline';

export interface AfterwardsProps {
  readonly session: CaseSession;
  /** A past moment to begin with. */
  readonly moment: PastMoment | null;
}

export function Afterwards({ session, moment }: AfterwardsProps): VNode {
  useEffect(() => {
    if (moment) lookBack(session, moment.seq).catch((error: unknown) => showToast({ text: problemText(error) }));
  }, [session, moment]);
  const isBack = session.lookingBack.value !== null;
  return (
    <>
      <SinceLine session={session} />
      {isBack && <LookingBackBar session={session} />}
      {isBack && <Timeline session={session} />}
    </>
  );
}
