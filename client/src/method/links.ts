// What a link between two things of a case means, and what is worth linking. Pure; the writing is `method-edits.ts`.
//
// The meaning follows from where the two lie (a contribution covers a resource, a value serves a target group), so nobody has to choose
// it. It is written with the link all the same, as `kind`, for programs and for the day a note moves.

import { spotOf, type LinkView, type NoteView, type Place } from '../domain';

export const LINK_KINDS = [
  'covers',
  'serves',
  'rewards',
  'answers',
  'leads-to',
  'needs',
  'yields',
  'relieves',
  'creates',
  'related',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** What may stand at an end of a link: the kind of thing at a place, a partner, or a shared sentence. */
type Thing = string;

interface Meaning {
  readonly kind: LinkKind;
  readonly from: Thing;
  readonly to: Thing;
}

const MEANINGS: readonly Meaning[] = [
  { kind: 'covers', from: 'contributions', to: 'resources' },
  { kind: 'serves', from: 'value', to: 'audiences' },
  { kind: 'rewards', from: 'returns', to: 'partner' },
  { kind: 'answers', from: 'measures', to: 'consequences' },
  { kind: 'leads-to', from: 'step', to: 'ambition' },
  { kind: 'needs', from: 'step', to: 'resources' },
  { kind: 'yields', from: 'step', to: 'returns' },
  { kind: 'relieves', from: 'relievers', to: 'pains' },
  { kind: 'creates', from: 'creators', to: 'gains' },
];

export interface End {
  readonly id: string;
  readonly thing: Thing;
}

/** What lies at a place, for the meaning of a link: its piece, or its cell in the other canvases. */
export function thingAt(place: Place): Thing {
  const spot = spotOf(place);
  return spot === null ? '' : spot.canvas === 'case' ? spot.piece : spot.cell;
}

/** The link between two ends, whichever was taken first: it always runs in the direction of its meaning. */
export function linkBetween(one: End, other: End): Omit<LinkView, 'id'> {
  for (const { kind, from, to } of MEANINGS) {
    if (one.thing === from && other.thing === to) return { from: one.id, to: other.id, kind };
    if (one.thing === to && other.thing === from) return { from: other.id, to: one.id, kind };
  }
  return { from: one.id, to: other.id, kind: 'related' };
}

/** What a thing is best linked to, the most telling first. */
export function partnersInMeaning(thing: Thing): readonly Thing[] {
  return MEANINGS.flatMap(({ from, to }) => (from === thing ? [to] : to === thing ? [from] : []));
}

export function kindOf(link: LinkView): LinkKind {
  return LINK_KINDS.find((kind) => kind === link.kind) ?? 'related';
}

/** The links at a note, partner or statement. */
export function linksAt(links: readonly LinkView[], id: string): readonly LinkView[] {
  return links.filter((link) => link.from === id || link.to === id);
}

export function otherEnd(link: LinkView, id: string): string {
  return link.from === id ? link.to : link.from;
}

/** For each note, which others it is linked with in one of the meanings; links to what is gone are left out. */
export function neighboursOf(
  links: readonly LinkView[],
  notes: readonly NoteView[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Set(notes.map((note) => note.id));
  const neighbours = new Map<string, Set<string>>();
  const add = (id: string, other: string): void =>
    void neighbours.set(id, (neighbours.get(id) ?? new Set()).add(other));
  for (const { from, to } of links) {
    if (known.has(to)) add(from, to);
    if (known.has(from)) add(to, from);
  }
  return neighbours;
}
