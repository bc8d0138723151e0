// Which way someone comes into a case: already in, with a good link, or not at all. Decides; draws nothing.

import { ApiError, invitation, me, type Invitation, type Me, type Role } from '../../api';
import { keepSecret, keptSecret, knownCase } from '../../storage';

export type WayIn =
  | { readonly way: 'in'; readonly me: Me }
  | { readonly way: 'invited'; readonly invitation: Invitation; readonly secret: string; readonly me: Me | null }
  | { readonly way: 'refused'; readonly why: 'no-link' | 'bad-link' | 'no-case' | 'offline' };

const ranks: readonly Role[] = ['viewer', 'critical-friend', 'partner', 'facilitator'];

/** How long who was here before waits for the server before the case opens from its copy. */
const PATIENCE_MS = 4000;

/**
 * Find the way in: what the server says, or without a server the seat that I had here. Throws only when the server fails and
 * nothing is known here.
 */
export async function findWayIn(caseId: string, fresh: string | null): Promise<WayIn> {
  const seat = knownCase(caseId)?.me;
  const kept: WayIn | null = seat ? { way: 'in', me: seat } : null;
  const asked = askWayIn(caseId, fresh).catch((error: unknown) => {
    if (kept) return kept;
    if (error instanceof ApiError && error.status === 0) return refused('offline');
    throw error;
  });
  // A fresh link may lift my role, so its answer is worth waiting for.
  return kept === null || fresh !== null ? asked : Promise.race([asked, after(PATIENCE_MS, kept)]);
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), ms));
}

/**
 * Ask the server. Who holds a link and was never in this case on this device is not asked for first; joining again would find
 * them all the same.
 */
async function askWayIn(caseId: string, fresh: string | null): Promise<WayIn> {
  if (fresh !== null) keepSecret(caseId, fresh);
  const secret = fresh ?? keptSecret(caseId);
  const wasHere = knownCase(caseId) !== null;
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

function refused(why: Extract<WayIn, { way: 'refused' }>['why']): WayIn {
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
