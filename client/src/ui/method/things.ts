// What can stand at an end of a link, with the words to show it by: a note, a partner, or a shared sentence.

import type { CaseDocument } from '../../document';
import { isStatement, type Place } from '../../domain';
import { t } from '../../i18n';
import { partnersInMeaning, thingAt, type End } from '../../method/links';
import { placeName, shortened } from '../panels/place-name';

export interface Thing extends End {
  readonly words: string;
  readonly where: string;
  readonly place: Place;
  readonly isNote: boolean;
}
export type Candidate = Thing;

const MOST_CHARACTERS = 120;

/** The thing with an id; null when it is gone. */
export function thingOf(document: CaseDocument, id: string): Thing | null {
  const note = document.note(id).value;
  if (note) {
    const words = shortened(note.text, MOST_CHARACTERS) || t('note.empty');
    return {
      id,
      thing: thingAt(note.place),
      words,
      where: placeName(note.place, document),
      place: note.place,
      isNote: true,
    };
  }
  const partner = document.partner(id);
  if (partner) {
    const where = t('piece.partners');
    return { id, thing: 'partner', words: partner.name, where, place: 'partners', isNote: false };
  }
  if (!isStatement(id)) return null;
  const words = shortened(document.statements[id].value, MOST_CHARACTERS);
  const where = t(`piece.${id}`);
  return { id, thing: id, words: words === '' ? where : words, where, place: id, isNote: false };
}

/** What a thing can be linked to: what gives the link a meaning first, then the rest; all words searched for must be in it. */
export function candidatesFor(document: CaseDocument, { id, thing }: End, search: string): readonly Candidate[] {
  const telling = partnersInMeaning(thing);
  const ids = [
    'ambition',
    'impact',
    ...document.everyNote.value.filter((note) => note.text.trim() !== '').map((note) => note.id),
    ...document.partners.value.map((partner) => partner.id),
  ];
  const sought = search.toLowerCase().split(/\s+/u);
  const things = ids.filter((each) => each !== id).flatMap((each) => thingOf(document, each) ?? []);
  return things
    .filter(({ words }) => sought.every((word) => words.toLowerCase().includes(word)))
    .sort((one, other) => rank(one, telling) - rank(other, telling) || (one.where < other.where ? -1 : 1));
}

function rank({ thing }: End, telling: readonly string[]): number {
  const place = telling.indexOf(thing);
  return place === -1 ? telling.length : place;
}
