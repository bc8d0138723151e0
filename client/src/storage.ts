// What this browser remembers: the language and name of its user, the cases opened here, and per tab the
// secret of a link until it has been used. Browsers may refuse storage; then nothing is remembered and
// everything still works. The contents of a case are never kept here.

export interface KnownCase {
  readonly id: string;
  readonly title: string;
  readonly role: string;
  readonly openedAt: number;
}

const prefix = 'puzzeltafel.';
const casesKey = 'cases';
const maxCases = 50;

export function remember(key: string, value: string): void {
  attempt(() => localStorage.setItem(prefix + key, value));
}

export function remembered(key: string): string | null {
  return attempt(() => localStorage.getItem(prefix + key));
}

/** The cases opened in this browser, last opened first. */
export function knownCases(): KnownCase[] {
  const parsed = attempt(() => JSON.parse(remembered(casesKey) ?? '[]') as unknown);
  return Array.isArray(parsed) ? parsed.filter(isKnownCase) : [];
}

/** Put a case on top of the list, or bring its title and role up to date. */
export function rememberCase(opened: KnownCase): void {
  const others = knownCases().filter(({ id }) => id !== opened.id);
  remember(casesKey, JSON.stringify([opened, ...others].slice(0, maxCases)));
}

export function forgetCase(id: string): void {
  remember(casesKey, JSON.stringify(knownCases().filter((known) => known.id !== id)));
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
