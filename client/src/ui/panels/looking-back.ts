// Going to a past moment: the canvas then shows a session that stands still. The way back is back-to-now.ts.

import { momentUpdate, type Moment, type MomentPerson } from '../../api';
import { backToNow } from './back-to-now';
import type { CaseSession, Person } from '../../session';
import { openStill } from '../../session-still';

export type People = Readonly<Record<string, MomentPerson>>;

/** Show the case as it was at the end of a moment. */
export async function lookBack(live: CaseSession, moment: Moment, people: People): Promise<void> {
  if (live.caseId === null) return;
  const update = await momentUpdate(live.caseId, moment.seq);
  const session = openStill(update, {
    caseId: live.caseId,
    me: live.me.peek(),
    people: everyone(live, people),
    participantOf: (client) => live.participantOf(client),
  });
  backToNow(live);
  live.lookingBack.value = { session, at: moment.to };
}

function everyone(live: CaseSession, people: People): ReadonlyMap<string, Person> {
  const told = Object.entries(people).map(([id, person]) => [id, { id, ...person }] as const);
  return new Map<string, Person>([...told, ...live.people.peek()]);
}
