// Going to a past moment: the canvas then shows a session that stands still. And the way back to now.

import type { CaseSession, Person } from '../../session';
import { openStill } from '../../session-still';
import { pastOf, type Past } from './past';
import { timeOf } from './sessions';

/** Show the case as it was at an entry of the log. False when another moment was asked for meanwhile. Raises ApiError. */
export async function lookBack(live: CaseSession, seq: number): Promise<boolean> {
  const past = pastOf(live);
  past.wanted.value = seq;
  try {
    const update = await past.shelf.take(seq);
    if (past.sessions.peek() === null) await past.refresh();
    if (update === null || past.wanted.peek() !== seq) return false;
    show(live, past, seq, update);
    return true;
  } catch (error) {
    if (past.wanted.peek() === seq) past.wanted.value = live.lookingBack.peek()?.seq ?? null;
    throw error;
  }
}

/** Show the live case again; nobody waits any more for a moment that is under way. */
export function backToNow(live: CaseSession): void {
  const past = pastOf(live);
  past.shelf.forgetUnderWay();
  past.wanted.value = null;
  live.lookingBack.peek()?.session.close();
  live.lookingBack.value = null;
}

function show(live: CaseSession, past: Past, seq: number, update: Uint8Array): void {
  const still = openStill(update, {
    caseId: live.caseId,
    me: live.me.peek(),
    people: everyone(live, past),
    participantOf: (client) => live.participantOf(client),
  });
  // What a note or a statement on the past canvas asks for opens beside it.
  const session: CaseSession = { ...still, panel: live.panel, subject: live.subject };
  const before = live.lookingBack.peek();
  live.lookingBack.value = { session, seq, at: timeOf(seq, past.bars.peek(), past.sessions.peek() ?? []) };
  before?.session.close();
}

function everyone(live: CaseSession, past: Past): ReadonlyMap<string, Person> {
  const told = Object.entries(past.people.peek()).map(([id, person]) => [id, { id, ...person }] as const);
  return new Map<string, Person>([...told, ...live.people.peek()]);
}
