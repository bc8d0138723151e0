// Which way someone comes into a case: already in, with a good link, or not at all. Decides; draws nothing.

import { ApiError, invitation, me, type Invitation, type Me, type Role } from '../../api';
import { keepSecret, keptSecret, knownCases } from '../../storage';

export type WayIn =
  | { readonly way: 'in'; readonly me: Me }
  | { readonly way: 'invited'; readonly invitation: Invitation; readonly secret: string; readonly me: Me | null }
  | { readonly way: 'refused'; readonly why: 'no-link' | 'bad-link' | 'no-case' };

const ranks: readonly Role[] = ['viewer', 'critical-friend', 'partner', 'facilitator'];

/**
 * Find the way in. Throws only when the server cannot be asked. Who holds a link and was never in this case on this device is
 * not asked for first; joining again would find them all the same.
 */
export async function findWayIn(caseId: string, fresh: string | null): Promise<WayIn> {
  if (fresh !== null) keepSecret(caseId, fresh);
  const secret = fresh ?? keptSecret(caseId);
  const wasHere = knownCases().some(({ id }) => id === caseId);
  const known = wasHere || secret === null ? await answer(me(caseId)) : null;
  if (isRefusal(known) && known.type === 'no-such-case') return refused('no-case');
  const member = isRefusal(known) ? null : known;
  if (member !== null && fresh === null) return { way: 'in', me: member };
  return secret === null ? refused('no-link') : byLink(caseId, secret, member);
}

/** A link lets a newcomer in, and lifts someone who is in already to a role that may do more; it never lowers one. */
async function byLink(caseId: string, secret: string, known: Me | null): Promise<WayIn> {
  const invited = await answer(invitation(caseId, secret));
  const lifts = !isRefusal(invited) && (known === null || raises(invited.role, known.role));
  if (lifts) return { way: 'invited', invitation: invited, secret, me: known };
  if (known !== null) return { way: 'in', me: known };
  return refused(isRefusal(invited) && invited.type === 'no-such-case' ? 'no-case' : 'bad-link');
}

export function raises(offered: Role, present: Role): boolean {
  return ranks.indexOf(offered) > ranks.indexOf(present);
}

function refused(why: 'no-link' | 'bad-link' | 'no-case'): WayIn {
  return { way: 'refused', why };
}

/** What was asked, or the server's refusal (4xx) as a value; anything else is thrown. */
async function answer<T>(asked: Promise<T>): Promise<T | ApiError> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) return error;
    throw error;
  }
}

function isRefusal(answered: unknown): answered is ApiError {
  return answered instanceof ApiError;
}
