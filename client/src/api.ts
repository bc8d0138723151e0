// The HTTP calls of docs/api.md, typed. A failure becomes an ApiError that carries the server's problem
// document; `problemText` turns it into words. Nothing here touches the screen or the document.

import type { Language } from './i18n';

export type Role = 'facilitator' | 'partner' | 'critical-friend' | 'viewer';
export type Helix = 'business' | 'education' | 'government' | 'society' | 'other';
export const helixes: readonly Helix[] = ['business', 'education', 'government', 'society', 'other'];

export type PartnerChoice = { readonly id: string } | { readonly name: string; readonly helix: Helix } | null;
export interface Person {
  readonly name: string;
  readonly partner: PartnerChoice;
}
export interface Link {
  readonly id: string;
  readonly role: Role;
  readonly secret: string;
}
export interface Started {
  readonly case: string;
  readonly participant: string;
  readonly role: Role;
  readonly links: readonly Link[];
}
export interface Joined {
  readonly case: string;
  readonly participant: string;
  readonly role: Role;
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
  readonly partners: readonly { readonly id: string; readonly name: string; readonly helix: Helix }[];
  readonly people: number;
  readonly retention_days: number | null;
}
export interface ExampleSummary {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly sector: string;
  readonly impact: string;
  readonly partners: number;
  readonly notes: number;
}
export interface Moment {
  readonly seq: number;
  readonly from: number;
  readonly to: number;
  readonly people: readonly string[];
  readonly updates: number;
}
export interface MomentPage {
  readonly moments: readonly Moment[];
  readonly people: Readonly<Record<string, MomentPerson>>;
  readonly next: number | null;
}
export interface MomentPerson {
  readonly name: string;
  readonly partner: string | null;
  readonly role: Role;
}
export interface NewCase {
  readonly title: string;
  readonly language: Language;
  readonly sector?: string;
  readonly person: Person;
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

const at = (caseId: string): string => `/api/cases/${encodeURIComponent(caseId)}`;

export const startCase = (newCase: NewCase): Promise<Started> => send('POST', '/api/cases', newCase);
export const importCase = (file: unknown, person: Person): Promise<Started> =>
  send('POST', '/api/cases/import', { file, person });
export const copyExample = (id: string, person: Person): Promise<Started> =>
  send('POST', `/api/examples/${encodeURIComponent(id)}/copy`, { person });
export const examples = async (): Promise<readonly ExampleSummary[]> =>
  (await get<{ examples: readonly ExampleSummary[] }>('/api/examples')).examples;
export const example = (id: string): Promise<unknown> => get(`/api/examples/${encodeURIComponent(id)}`);
export const invitation = (caseId: string, secret: string): Promise<Invitation> =>
  send('POST', `${at(caseId)}/invitation`, { secret });
export const join = (caseId: string, secret: string, person: Person): Promise<Joined> =>
  send('POST', `${at(caseId)}/join`, { secret, person });
export const me = (caseId: string): Promise<Me> => get(`${at(caseId)}/me`);
export const rename = (caseId: string, name: string): Promise<Me> => send('PATCH', `${at(caseId)}/me`, { name });
export const leave = (caseId: string): Promise<unknown> => send('POST', `${at(caseId)}/leave`, {});
export const links = async (caseId: string): Promise<readonly Link[]> =>
  (await get<{ links: readonly Link[] }>(`${at(caseId)}/links`)).links;
export const exportAddress = (caseId: string): string => `${at(caseId)}/export?format=json`;

export function moments(caseId: string, before?: number): Promise<MomentPage> {
  const from = before === undefined ? '' : `&before=${before}`;
  return get(`${at(caseId)}/moments?limit=50${from}`);
}

/** The document as it was: one Yjs update. */
export async function momentUpdate(caseId: string, seq: number): Promise<Uint8Array> {
  const response = await request(`${at(caseId)}/moments/${seq}`, {});
  return new Uint8Array(await response.arrayBuffer());
}

async function get<T>(path: string): Promise<T> {
  const response = await request(path, { headers: { Accept: 'application/json' } });
  return (await response.json()) as T;
}

async function send<T>(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<T> {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const response = await request(path, { method, headers, body: JSON.stringify(body) });
  return (response.status === 204 ? {} : await response.json()) as T;
}

async function request(path: string, init: RequestInit): Promise<Response> {
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
