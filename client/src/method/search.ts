// Search over the whole case: notes of all canvases, shared sentences, comments, partners and people, with a few filters. Pure.
//
// All words must be found, in any order, without regard to case or accents. A filter that something cannot meet leaves it out.

import { spotOf, type CanvasId, type NoteView, type Place, type Role } from '../domain';
import type { CasePicture } from './picture';

export interface Filters {
  readonly partner: string | null;
  /** A piece, or one of the two other canvases. */
  readonly place: string | null;
  readonly sdg: number | null;
  /** Only what was made since this moment, in milliseconds since the epoch. */
  readonly since: number | null;
}

export const NO_FILTERS: Filters = { partner: null, place: null, sdg: null, since: null };

export interface SoughtPerson {
  readonly id: string;
  readonly name: string;
  readonly partner: string | null;
  readonly role: Role;
}

export interface Found {
  readonly kind: 'note' | 'statement' | 'comment' | 'partner' | 'person';
  readonly id: string;
  readonly text: string;
  /** Where it can be seen; null for a person. */
  readonly place: Place | null;
  /** The note to go to. */
  readonly note: string | null;
}

interface Entry extends Found {
  readonly partner: string | null;
  readonly sdg: number | null;
  readonly at: number;
}

/** Find what holds all words and meets the filters; nothing when neither is given. Newest notes first within a kind. */
export function search(
  picture: CasePicture,
  people: readonly SoughtPerson[],
  words: string,
  filters: Filters = NO_FILTERS,
): readonly Found[] {
  const sought = folded(words)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (sought.length === 0 && Object.values(filters).every((value) => value === null)) return [];
  return entriesOf(picture, people)
    .filter((entry) => meets(entry, filters))
    .filter(({ text }) => {
      const held = folded(text);
      return sought.every((word) => held.includes(word));
    });
}

function entriesOf(picture: CasePicture, people: readonly SoughtPerson[]): readonly Entry[] {
  const notes = new Map(picture.notes.map((note) => [note.id, note]));
  const written = picture.notes.filter((note) => note.text.trim() !== '');
  return [
    ...(['impact', 'ambition'] as const).map((statement) => ({
      ...bare('statement', statement, picture.statements[statement]),
      place: statement,
    })),
    ...written.sort((one, other) => other.created - one.created).map(entryOfNote),
    ...picture.comments.flatMap((comment) => {
      const note = notes.get(comment.note);
      return note
        ? [
            {
              ...entryOfNote(note),
              ...{ kind: 'comment' as const, id: comment.id, text: comment.text, at: comment.created },
            },
          ]
        : [];
    }),
    ...picture.partners.map((partner) => ({
      ...bare('partner', partner.id, partner.name),
      place: 'partners',
      partner: partner.id,
    })),
    ...people.map((person) => ({ ...bare('person', person.id, person.name), partner: person.partner })),
  ].filter((entry) => entry.text.trim() !== '');
}

function bare(kind: Found['kind'], id: string, text: string): Entry {
  return { kind, id, text, place: null, note: null, partner: null, sdg: null, at: 0 };
}

function entryOfNote(note: NoteView): Entry {
  const { id, text, place, partner, sdg, created } = note;
  return {
    kind: 'note',
    id,
    text,
    place,
    note: id,
    partner: partner ?? (note.for === 'all' ? null : note.for),
    sdg,
    at: created,
  };
}

function meets(entry: Entry, { partner, place, sdg, since }: Filters): boolean {
  return (
    (partner === null || entry.partner === partner) &&
    (place === null || (entry.place !== null && isAt(entry.place, place))) &&
    (sdg === null || entry.sdg === sdg) &&
    (since === null || entry.at >= since)
  );
}

function isAt(place: Place, wanted: string): boolean {
  const canvas: CanvasId | undefined = spotOf(place)?.canvas;
  return place === wanted || (canvas !== 'case' && canvas === wanted);
}

/** Text without capitals and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
