// Reads plain views (notes, partners, meta) from the Yjs types of a case, and never writes.
//
// What comes in may have been written by any program, so a value of the wrong type reads as absent. Observing and signals are
// `document.ts`; editing is `document-edits.ts`.

import * as Y from 'yjs';
import {
  FORMS,
  HELIXES,
  RETURN_KINDS,
  SDG_NUMBERS,
  type Helix,
  type Meta,
  type NoteView,
  type PartnerView,
  type Place,
} from './domain';
import { byOrder } from './order';
import { marksOf } from './marks';
import { shown } from './names';

export type Entry = Y.Map<unknown>;

const COLOURS = 8;

export function readMeta(meta: Y.Map<unknown>): Meta {
  return {
    title: text(meta.get('title')) ?? '',
    sector: text(meta.get('sector')) ?? '',
    language: meta.get('language') === 'en' ? 'en' : 'nl',
  };
}

export function readSdgs(sdgs: Y.Map<unknown>): readonly number[] {
  return SDG_NUMBERS.filter((number) => sdgs.get(String(number)) === true);
}

/** Read one note, or nothing when it is not (yet) a whole note. */
export function readNote(id: string, entry: unknown): NoteView | undefined {
  if (!(entry instanceof Y.Map)) return undefined;
  const fields = entry as Entry;
  const place = text(fields.get('place'));
  const words = fields.get('text');
  if (place === null) return undefined;
  return {
    id,
    place,
    order: text(fields.get('order')) ?? '',
    text: words instanceof Y.Text ? words.toJSON() : (text(words) ?? ''),
    author: text(fields.get('author')),
    client: fields._item?.id.client ?? 0,
    partner: text(fields.get('partner')),
    created: number(fields.get('created')) ?? 0,
    form: oneOf(FORMS, fields.get('form')),
    amount: number(fields.get('amount')),
    kind: oneOf(RETURN_KINDS, fields.get('kind')),
    for: text(fields.get('for')),
    due: text(fields.get('due')),
    sdg: number(fields.get('sdg')),
    also: readAlso(fields),
  };
}

const ALSO = 'also:';
const NOWHERE: Readonly<Record<Place, string>> = {};

function readAlso(fields: Entry): Readonly<Record<Place, string>> {
  const places = [...fields.entries()].flatMap(([key, value]) =>
    key.startsWith(ALSO) && typeof value === 'string' ? [[key.slice(ALSO.length), value] as const] : [],
  );
  return places.length === 0 ? NOWHERE : Object.fromEntries(places);
}

/** Read all partners: the list in order, those who left at the end, and last those only named by notes. */
export function readPartners(partners: Y.Map<unknown>): readonly PartnerView[] {
  const bare = [...partners.entries()].flatMap(([id, entry]) => {
    const partner = readPartner(id, entry);
    return partner ? [partner] : [];
  });
  bare.sort((a, b) => Number(a.order === null) - Number(b.order === null) || byOrder(a, b));
  const marks = marksOf(bare.map((partner) => partner.name));
  const dressed = bare.map(({ ownMark, ownColour, ...partner }, index) => ({
    ...partner,
    mark: ownMark || (marks[index] ?? '··'),
    colour: ownColour ?? (index % COLOURS) + 1,
    hasOwnColour: ownColour !== null,
    patterned: ownColour === null && index >= COLOURS,
  }));
  return dressed.sort((a, b) => rank(a) - rank(b));
}

interface BarePartner extends Omit<PartnerView, 'mark' | 'colour' | 'hasOwnColour' | 'patterned'> {
  readonly ownMark: string;
  readonly ownColour: number | null;
}

function readPartner(id: string, entry: unknown): BarePartner | undefined {
  if (!(entry instanceof Y.Map)) return undefined;
  const fields = entry as Entry;
  const helix: Helix = oneOf(HELIXES, fields.get('helix')) ?? 'other';
  return {
    id,
    name: shown(text(fields.get('name')) ?? ''),
    helix,
    order: text(fields.get('order')),
    left: number(fields.get('left')),
    contact: shown(text(fields.get('contact')) ?? ''),
    ownMark: (text(fields.get('mark')) ?? '').trim().toUpperCase(),
    ownColour: colour(fields.get('colour')),
  };
}

function colour(value: unknown): number | null {
  const chosen = number(value);
  return chosen !== null && Number.isInteger(chosen) && chosen >= 1 && chosen <= COLOURS ? chosen : null;
}

function rank(partner: Pick<BarePartner, 'order' | 'left'>): number {
  if (partner.order === null) return 2;
  return partner.left === null ? 0 : 1;
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | null {
  return choices.find((choice) => choice === value) ?? null;
}
