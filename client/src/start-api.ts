// The HTTP calls of docs/api.md that come before a case: starting, importing, and examples. How a call is made is `api.ts`.

import { get, send, type Link, type Person, type Role } from './api';
import type { Language } from './i18n';

export interface Started {
  readonly case: string;
  readonly participant: string;
  readonly role: Role;
  readonly links: readonly Link[];
}
export interface ExampleSummary {
  readonly id: string;
  readonly language: Language;
  readonly title: string;
  readonly sector: string;
  readonly impact: string;
  readonly partners: number;
  readonly notes: number;
  /** A real coalition told anew; the others are invented. */
  readonly retold: boolean;
  readonly in_english: string | null;
}
export interface NewCase {
  readonly title: string;
  readonly language: Language;
  readonly sector?: string;
  readonly person: Person;
}

export const startCase = (newCase: NewCase): Promise<Started> => send('POST', '/api/cases', newCase);
export const importCase = (file: unknown, person: Person): Promise<Started> =>
  send('POST', '/api/cases/import', { file, person });
/** Fails with the problems of a file that is no good case file. */
export const checkCaseFile = (file: unknown): Promise<unknown> => send('POST', '/api/case-files/check', { file });
export const copyExample = (id: string, person: Person): Promise<Started> =>
  send('POST', `/api/examples/${encodeURIComponent(id)}/copy`, { person });
export const examples = async (): Promise<readonly ExampleSummary[]> =>
  (await get<{ examples: readonly ExampleSummary[] }>('/api/examples')).examples;
export const example = (id: string): Promise<unknown> => get(`/api/examples/${encodeURIComponent(id)}`);
