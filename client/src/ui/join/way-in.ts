// Which way someone comes into a case: already in, with a good link, by their own way back, as one who waits at the door, or not at
// all. Decides; draws nothing.

import { comeBack } from '../../access-api';
import { ApiError, invitation, me, type Invitation, type Me, type Role } from '../../api';
import { dropSecret, keepSecret, keptSecret, knownCase } from '../../storage';

export type WayIn =
  | { readonly way: 'in'; readonly me: Me }
  | { readonly way: 'invited'; readonly invitation: Invitation; readonly secret: string; readonly me: Me | null }
  /** Let in by a facilitator, some time. */
  | { readonly way: 'waiting'; readonly title: string | null }
  /** A way back, while this browser is someone in the case already. */
  | { readonly way: 'back'; readonly secret: string; readonly me: Me }
  | { readonly way: 'refused'; readonly why: Refused };

type Refused = 'no-link' | 'bad-link' | 'expired' | 'bad-way-back' | 'no-case' | 'removed' | 'turned-away' | 'offline';

const ranks: readonly Role[] = ['viewer', 'critical-friend', 'partner', 'facilitator'];

/** How long who was here before waits for the server before the case opens from its copy. */
const PATIENCE_MS = 4000;
const BACK = 'back=';

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
  const barred = isRefusal(known) ? whyBarred(caseId, known) : null;
  if (barred !== null) return barred;
  const member = isRefusal(known) ? null : known;
  if (member !== null && fresh === null) return { way: 'in', me: member };
  return secret === null ? refused('no-link') : byLink(caseId, secret, member);
}

/** Why someone whom the server knows, or a case it does not know, needs no link to be told no. */
function whyBarred(caseId: string, { type }: ApiError): WayIn | null {
  const known = knownCase(caseId);
  if (type === 'no-such-case') return refused('no-case');
  if (type === 'waiting') return { way: 'waiting', title: known?.title ?? null };
  // Who never sat at the table here was turned away at the door.
  if (type === 'removed') return refused(known?.me ? 'removed' : 'turned-away');
  return null;
}

/** Find the way of who holds a way back. Who is someone in this browser already is asked before becoming another. */
export async function findWayBack(caseId: string, secret: string): Promise<WayIn> {
  keepSecret(caseId, `${BACK}${secret}`);
  const known = await answer(me(caseId));
  return isRefusal(known) ? takeWayBack(caseId, secret) : { way: 'back', secret, me: known };
}

/** Come back. */
export async function takeWayBack(caseId: string, secret: string): Promise<WayIn> {
  const answered = await answer(comeBack(caseId, secret));
  dropSecret(caseId);
  if (!isRefusal(answered)) return askWayIn(caseId, null);
  if (answered.type === 'no-such-case') return refused('no-case');
  return refused(answered.type === 'removed' ? 'removed' : 'bad-way-back');
}

/** The secret of a way back that this tab has not used yet, so that loading the page again still works. */
export function keptWayBack(caseId: string): string | null {
  const kept = keptSecret(caseId);
  return kept?.startsWith(BACK) ? kept.slice(BACK.length) : null;
}

/** A link lets a newcomer in, and lifts someone who is in already to a role that may do more; it never lowers one. */
async function byLink(caseId: string, secret: string, known: Me | null): Promise<WayIn> {
  const invited = await answer(invitation(caseId, secret));
  const lifts = !isRefusal(invited) && (known === null || raises(invited.role, known.role));
  if (lifts) return { way: 'invited', invitation: invited, secret, me: known };
  if (known !== null) return { way: 'in', me: known };
  return refused(isRefusal(invited) ? (WHY_NOT[invited.type] ?? 'bad-link') : 'bad-link');
}

const WHY_NOT: Readonly<Record<string, Refused>> = { 'no-such-case': 'no-case', 'link-expired': 'expired' };

export function raises(offered: Role, present: Role): boolean {
  return ranks.indexOf(offered) > ranks.indexOf(present);
}

function refused(why: Refused): WayIn {
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
