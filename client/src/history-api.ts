// The HTTP calls about the past (docs/api.md, History), typed. How a call is made and fails is `api.ts`. Loaded with the windows that
// look back.

import { at, get, request, send, type PastPerson } from './api';
import type { Place } from './domain';
import type { Stretch } from './session';

export type People = Readonly<Record<string, PastPerson>>;

/** A stretch of work, cut by half an hour without a change. */
export interface WorkSession {
  readonly number: number;
  readonly first_seq: number;
  readonly seq: number;
  readonly from: number;
  readonly to: number;
  readonly people: readonly string[];
  readonly contributions: number;
  /** Where most was contributed stands first. */
  readonly places: Readonly<Record<Place, number>>;
  readonly name: string | null;
}
export interface SessionPage {
  readonly sessions: readonly WorkSession[];
  readonly people: People;
  readonly next: number | null;
}
export interface Version {
  readonly seq: number;
  readonly name: string;
  readonly at: number;
  readonly by: string | null;
}
/** How much each participant did in a stretch of work time. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly seq: number;
  readonly updates: Readonly<Record<string, number>>;
}
export interface TimelinePage {
  readonly bars: readonly Bar[];
  readonly people: People;
}

export type ChangeKind = 'added' | 'removed' | 'moved' | 'reordered' | 'rewritten' | 'changed' | 'left' | 'returned';
export type WordMark = 'same' | 'added' | 'removed';
export interface FieldChange {
  readonly before?: unknown;
  readonly after?: unknown;
}
export interface Change {
  readonly root: string;
  readonly key: string;
  readonly kind: ChangeKind;
  readonly piece: Place;
  readonly fields: Readonly<Record<string, FieldChange>>;
  readonly words: readonly (readonly [WordMark, string])[];
  readonly people: readonly string[];
  readonly at: number | null;
}
export interface Changes {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
  readonly people: People;
}

interface ChangesPage extends Changes {
  readonly next: number | null;
}

export interface LifePage {
  readonly happenings: readonly Happening[];
  readonly people: People;
  /** Where to ask for what happened before these; null at the beginning. */
  readonly next: number | null;
}

export interface Deed {
  readonly by: string;
  readonly at: number;
  readonly seq: number;
}
export interface WordRun extends Deed {
  readonly text: string;
  readonly deleted: Deed | null;
}
export type HappeningKind = 'added' | 'edited' | 'moved' | 'reordered' | 'changed' | 'removed' | 'restored';
export interface Happening {
  readonly kind: HappeningKind;
  readonly by: string;
  readonly from: number;
  readonly to: number;
  readonly seq: number;
  readonly place: Place;
  readonly was_at: Place;
  readonly fields: readonly string[];
}

export interface MinutesItem {
  readonly kind: ChangeKind;
  readonly text: string;
  readonly was: string | null;
  readonly at: number | null;
  readonly people: readonly string[];
}
export interface Minutes {
  readonly title: string;
  readonly name: string | null;
  readonly first_at: number;
  readonly last_at: number;
  readonly people: number;
  readonly attendees: readonly { readonly name: string; readonly partner: string | null }[];
  readonly pieces: Readonly<Record<string, readonly MinutesItem[]>>;
}

export type ScopeKind = 'note' | 'piece' | 'statement' | 'case';
export interface Scope {
  readonly kind: ScopeKind;
  readonly key: string;
}

/** The document as it was: one Yjs update. */
export async function momentUpdate(caseId: string, seq: number, signal: AbortSignal): Promise<Uint8Array> {
  const response = await request(`${at(caseId)}/moments/${seq}`, { signal });
  return new Uint8Array(await response.arrayBuffer());
}

const past = (caseId: string): string => `${at(caseId)}/history`;

export function sessionPage(caseId: string, before: number | null): Promise<SessionPage> {
  return get(`${past(caseId)}/sessions?limit=100${before === null ? '' : `&before=${before}`}`);
}
export const nameSession = (caseId: string, number: number, name: string): Promise<WorkSession> =>
  send('PATCH', `${past(caseId)}/sessions/${number}`, { name: name || null });
export const versions = async (caseId: string): Promise<readonly Version[]> =>
  (await get<{ versions: readonly Version[] }>(`${past(caseId)}/versions`)).versions;
export const nameVersion = (caseId: string, name: string, seq: number | null): Promise<unknown> =>
  send('POST', `${past(caseId)}/versions`, seq === null ? { name } : { name, seq });
export const timeline = (caseId: string, bars: number): Promise<TimelinePage> =>
  get(`${past(caseId)}/timeline?bars=${bars}`);

/** All that changed; a very long list comes in pages, the later ones of the same stretch as the first. */
export async function changes(caseId: string, { from, to }: Stretch): Promise<Changes> {
  const start = 'seq' in from ? `from=${from.seq}` : `since=${from.since}`;
  let page = await get<ChangesPage>(`${past(caseId)}/changes?${start}${to === null ? '' : `&to=${to}`}`);
  const all: ChangesPage[] = [page];
  while (page.next !== null) {
    page = await get<ChangesPage>(`${past(caseId)}/changes?from=${page.from}&to=${page.to}&after=${page.next}`);
    all.push(page);
  }
  const people = Object.assign({}, ...all.map((each) => each.people)) as People;
  return { from: page.from, to: page.to, changes: all.flatMap((each) => each.changes), people };
}

/** What happened to a note or statement, in order: the newest before an entry, or of all. */
export const life = (caseId: string, subject: string, before: number | null): Promise<LifePage> =>
  get(`${past(caseId)}/life?subject=${encodeURIComponent(subject)}${before === null ? '' : `&before=${before}`}`);
export const words = (
  caseId: string,
  subject: string,
): Promise<{ readonly runs: readonly WordRun[]; readonly people: People }> =>
  get(`${past(caseId)}/words?deleted=1&subject=${encodeURIComponent(subject)}`);

export function minutesAddress(caseId: string, from: number, to: number, names: boolean): string {
  return `${past(caseId)}/minutes?from=${from}&to=${to}&names=${names ? 1 : 0}`;
}
export const minutes = (caseId: string, from: number, to: number, names: boolean): Promise<Minutes> =>
  get(minutesAddress(caseId, from, to, names));
/** The address of the minutes as a file, with times as on this reader's clock. */
export function minutesFile(caseId: string, from: number, to: number, names: boolean): string {
  const offset = -new Date().getTimezoneOffset();
  return `${minutesAddress(caseId, from, to, names)}&format=markdown&utc_offset=${offset}`;
}

/** Bring back a scope as it was at an entry; null when it was so already. */
export const restore = async (caseId: string, scope: Scope, seq: number): Promise<number | null> =>
  (await send<{ seq: number | null }>('POST', `${past(caseId)}/restore`, { seq, scope })).seq;

/** Undo what an entry of mine did, as far as nobody changed it since; null when nothing of it was left. */
export const takeBack = async (caseId: string, seq: number): Promise<number | null> =>
  (await send<{ seq: number | null }>('POST', `${past(caseId)}/undo`, { seq })).seq;
