// Who somebody of the past is: their name and partner. People nobody knows any more are "someone".

import type { PartnerView } from '../../domain';
import type { People } from '../../history-api';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import type { CaseSession } from '../../session';

/** "you", a name, or "someone". */
export function nameOf(id: string | null, people: People, session: CaseSession): string {
  if (id !== null && id === session.me.value?.participant) return t('past.you');
  const person = id === null ? undefined : (people[id] ?? session.people.value.get(id));
  return person?.name ?? t('past.someone');
}

/** "you, Anna and someone", each once. */
export function namesOf(ids: readonly string[], people: People, session: CaseSession): string {
  return listing([...new Set(ids.map((id) => nameOf(id, people, session)))]);
}

export function partnerOf(id: string, people: People, session: CaseSession): PartnerView | undefined {
  const person = people[id] ?? session.people.value.get(id);
  return session.document.value.partner(person?.partner ?? null);
}
