// What someone filled in about who they are, and what it means: a Person for the API, or what is missing.
// Pure; the fields are in PersonFields.tsx.

import type { Helix, Person, PartnerChoice } from '../api';
import type { Key } from '../i18n';
import { remember, remembered } from '../storage';

export interface PersonDraft {
  readonly name: string;
  /** The id of a partner, `new`, `none`, or empty while nothing is chosen. */
  readonly choice: string;
  readonly organisation: string;
  readonly helix: Helix;
}

export interface PersonProblems {
  readonly name?: Key;
  readonly partner?: Key;
  readonly organisation?: Key;
}

export const limits = { name: 60, organisation: 120 } as const;

/** Begin with the name used last in this browser. */
export function freshDraft(): PersonDraft {
  return { name: remembered('name') ?? '', choice: '', organisation: '', helix: 'other' };
}

/** What is missing. Where there are no partners to pick, an organisation is optional. */
export function problemsOf(draft: PersonDraft, mustChoose: boolean): PersonProblems {
  const noOrganisation = draft.choice === 'new' && draft.organisation.trim() === '';
  return {
    ...(draft.name.trim() === '' && { name: 'person.name.missing' }),
    ...(mustChoose && draft.choice === '' && { partner: 'person.partner.missing' }),
    ...(mustChoose && noOrganisation && { organisation: 'person.organisation.missing' }),
  };
}

/** The person as the API wants it; the name is kept for next time. */
export function personOf(draft: PersonDraft): Person {
  const name = draft.name.trim();
  remember('name', name);
  return { name, partner: partnerOf(draft) };
}

function partnerOf({ choice, organisation, helix }: PersonDraft): PartnerChoice {
  const name = organisation.trim();
  if (choice === 'none') return null;
  if (choice !== '' && choice !== 'new') return { id: choice };
  return name === '' ? null : { name, helix };
}
