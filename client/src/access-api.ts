// The HTTP calls of docs/api.md about who comes in: links, people, and one's own way back. How a call is made is `api.ts`.

import { at, send, get, type Joined, type Link, type LinkLimits, type Role } from './api';

export interface Standing {
  readonly id: string;
  readonly name: string;
  readonly partner: string | null;
  readonly role: Role;
  readonly status: 'in' | 'waiting' | 'removed';
  readonly joined_at: number;
  /** The link someone came by, when they came by one. */
  readonly link: string | null;
}

const linkAt = (caseId: string, link: string): string => `${at(caseId)}/links/${encodeURIComponent(link)}`;

export const makeLink = (caseId: string, link: { role: Role } & Partial<LinkLimits>): Promise<Link> =>
  send('POST', `${at(caseId)}/links`, link);
export const changeLink = (caseId: string, link: string, limits: Partial<LinkLimits>): Promise<Link> =>
  send('PATCH', linkAt(caseId, link), limits);
/** Let nobody in by a link any more; gives how many people went by it. */
export const revokeLink = async (caseId: string, link: string, withPeople: boolean): Promise<number> =>
  (await send<{ removed: number }>('DELETE', linkAt(caseId, link), { with_people: withPeople })).removed;

export const everyone = async (caseId: string): Promise<readonly Standing[]> =>
  (await get<{ people: readonly Standing[] }>(`${at(caseId)}/people`)).people;
export const changeStanding = (
  caseId: string,
  participant: string,
  change: { role?: Role; status?: 'in' | 'removed' },
): Promise<Standing> => send('PATCH', `${at(caseId)}/people/${encodeURIComponent(participant)}`, change);

export const makeWayBack = async (caseId: string): Promise<string> =>
  (await send<{ secret: string }>('POST', `${at(caseId)}/me/way-back`, {})).secret;
export const comeBack = (caseId: string, secret: string): Promise<Joined> =>
  send('POST', `${at(caseId)}/come-back`, { secret });
