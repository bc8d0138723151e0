// What this browser remembers in localStorage: the language and name of its user, the cases opened here and who one is in them,
// and per tab the secret of a link until it has been used. Browsers may refuse storage; then nothing is remembered and
// everything still works. The contents of a case are kept by `local-copy.ts`, texts put aside by `kept-texts.ts`.

import type { Me } from './api';

export interface KnownCase {
  readonly id: string;
  readonly title: string;
  readonly role: string;
  readonly openedAt: number;
  /** Who I am there, to open the case without a network. */
  readonly me?: Me;
  /** The epoch of the document that was kept for `me`. */
  readonly epoch?: number;
}

const prefix = 'puzzeltafel.';
const casesKey = 'cases';
const maxCases = 50;

export function remember(key: string, value: string): void {
  attempt(() => localStorage.setItem(storageKey(key), value));
}

export function remembered(key: string): string | null {
  return attempt(() => localStorage.getItem(storageKey(key)));
}

/** Everything remembered under keys that begin like this. */
export function rememberedUnder(beginning: string): string[] {
  return keysUnder(beginning).map((key) => remembered(key) ?? '');
}

/** Forget everything remembered under keys that begin like this. */
export function forgetAll(beginning: string): void {
  for (const key of keysUnder(beginning)) attempt(() => localStorage.removeItem(storageKey(key)));
}

function keysUnder(beginning: string): string[] {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  return keys.filter((key) => key.startsWith(storageKey(beginning))).map((key) => key.slice(prefix.length));
}

/** The key as it stands in localStorage. */
export function storageKey(key: string): string {
  return prefix + key;
}

/** The cases opened in this browser, last opened first. */
export function knownCases(): KnownCase[] {
  const parsed = attempt(() => JSON.parse(remembered(casesKey) ?? '[]') as unknown);
  return Array.isArray(parsed) ? parsed.filter(isKnownCase) : [];
}

export function knownCase(id: string): KnownCase | null {
  return knownCases().find((known) => known.id === id) ?? null;
}

/** Put a case on top of the list, or bring what is known of it up to date. What is known of somebody else there is dropped. */
export function rememberCase(opened: KnownCase): void {
  const cases = knownCases();
  const before = cases.find(({ id }) => id === opened.id);
  const isSamePerson = opened.me === undefined || opened.me.participant === before?.me?.participant;
  const others = cases.filter((known) => known !== before);
  const now = isSamePerson ? { ...before, ...opened } : opened;
  remember(casesKey, JSON.stringify([now, ...others].slice(0, maxCases)));
}

/** The epoch of what is kept here for a participant, when anything is. */
export function knownEpoch(caseId: string, participant: string): number | null {
  const known = knownCase(caseId);
  return known?.me?.participant === participant ? (known.epoch ?? null) : null;
}

/** Remember who I am now in a case of the list, and which epoch is kept of it. */
export function rememberSeat(
  caseId: string,
  me: Pick<Me, 'participant' | 'name' | 'role' | 'partner'>,
  epoch: number,
): void {
  const cases = knownCases().map((known) =>
    known.id === caseId && known.me?.participant === me.participant
      ? { ...known, role: me.role, me: { ...known.me, ...me }, epoch }
      : known,
  );
  remember(casesKey, JSON.stringify(cases));
}

export function forgetCase(id: string): void {
  remember(casesKey, JSON.stringify(knownCases().filter((known) => known.id !== id)));
}

/** The name of the database with the copy of a case: never shared between two people or two epochs. */
export function copyName(caseId: string, participant = '', epoch: number | '' = ''): string {
  return `puzzeltafel/${[caseId, participant, epoch].filter((part) => part !== '').join('/')}`;
}

/** Keep the secret of a link for this tab, so that a refresh of the join screen still works. */
export function keepSecret(caseId: string, secret: string): void {
  attempt(() => sessionStorage.setItem(`${prefix}secret.${caseId}`, secret));
}

export function keptSecret(caseId: string): string | null {
  return attempt(() => sessionStorage.getItem(`${prefix}secret.${caseId}`));
}

export function dropSecret(caseId: string): void {
  attempt(() => sessionStorage.removeItem(`${prefix}secret.${caseId}`));
}

function isKnownCase(value: unknown): value is KnownCase {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, role, openedAt } = value as Record<string, unknown>;
  return [id, title, role].every((field) => typeof field === 'string') && typeof openedAt === 'number';
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
