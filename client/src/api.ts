// The HTTP calls of docs/api.md, typed. A failure becomes an ApiError that carries the server's problem
// document; `problemText` turns it into words. Nothing here touches the screen or the document. Beginning a case is
// `start-api.ts`, who comes in
// `access-api.ts`, the past of a case `history-api.ts`.

import type { Editing } from './domain';
import type { Language } from './i18n';

export type Role = 'facilitator' | 'partner' | 'critical-friend' | 'viewer';
export type Helix = 'business' | 'education' | 'government' | 'society' | 'other';
export const helixes: readonly Helix[] = ['business', 'education', 'government', 'society', 'other'];

export type PartnerChoice = { readonly id: string } | { readonly name: string; readonly helix: Helix } | null;
export interface Person {
  readonly name: string;
  readonly partner: PartnerChoice;
}
/** How many and until when a link lets in, and whether a facilitator opens the door; null is no limit. */
export interface LinkLimits {
  readonly name: string | null;
  readonly expires_at: number | null;
  readonly seats: number | null;
  readonly has_waiting_room: boolean;
}
export interface Link extends LinkLimits {
  readonly id: string;
  readonly role: Role;
  readonly secret: string;
  /** How many came by it and were not taken out. */
  readonly taken: number;
}
export interface Joined {
  readonly case: string;
  readonly participant: string;
  readonly role: Role;
  readonly status: 'in' | 'waiting';
}
export interface Me {
  readonly participant: string;
  readonly name: string;
  readonly role: Role;
  readonly partner: string | null;
  readonly title: string;
  readonly language: Language;
}
export interface Invitation {
  readonly title: string;
  readonly language: Language;
  readonly role: Role;
  readonly has_waiting_room: boolean;
  readonly partners: readonly { readonly id: string; readonly name: string; readonly helix: Helix }[];
  readonly people: number;
  readonly retention_days: number | null;
}
export interface PastPerson {
  readonly name: string;
  readonly partner: string | null;
  readonly role: Role;
}
/** The server said no, or could not be reached (`status` 0, `type` "offline"). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly detail: string,
  ) {
    super(`${type} (${status}): ${detail}`);
    this.name = 'ApiError';
  }
}

export const at = (caseId: string): string => `/api/cases/${encodeURIComponent(caseId)}`;

export const invitation = (caseId: string, secret: string): Promise<Invitation> =>
  send('POST', `${at(caseId)}/invitation`, { secret });
export const join = (caseId: string, secret: string, person: Person): Promise<Joined> =>
  send('POST', `${at(caseId)}/join`, { secret, person });
export const me = (caseId: string): Promise<Me> => get(`${at(caseId)}/me`);
export const rename = (caseId: string, name: string): Promise<Me> => send('PATCH', `${at(caseId)}/me`, { name });
export const leave = (caseId: string): Promise<unknown> => send('POST', `${at(caseId)}/leave`, {});
export const links = async (caseId: string): Promise<readonly Link[]> =>
  (await get<{ links: readonly Link[] }>(`${at(caseId)}/links`)).links;
export const changeRules = (
  caseId: string,
  rules: { paused?: boolean; editing?: Editing; lock?: readonly string[]; unlock?: readonly string[] },
): Promise<unknown> => send('PATCH', `${at(caseId)}/rules`, rules);
export const exportAddress = (caseId: string): string => `${at(caseId)}/export?format=json`;

export async function get<T>(path: string): Promise<T> {
  const response = await request(path, { headers: { Accept: 'application/json' } });
  return (await response.json()) as T;
}

export async function send<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown): Promise<T> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const response = await request(path, { method, headers, body: JSON.stringify(body) });
  return (response.status === 204 ? {} : await response.json()) as T;
}

export async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init }).catch(() => null);
  if (response === null) throw new ApiError(0, 'offline', '');
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const text = (field: string): string => (typeof body[field] === 'string' ? body[field] : '');
  return new ApiError(response.status, text('type') || 'fault', text('detail') || text('title'));
}
