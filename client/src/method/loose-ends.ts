// What hangs loose in a case, and what would tie it: the puzzle only holds when pieces connect. Pure.
//
// A piece that nobody has begun is no loose end; what stands alone in one that has been begun is. Links to what is gone count as no link.

import { spotOf, type NoteView, type PartnerView } from '../domain';
import { balanceOf } from './balance';
import { neighboursOf, thingAt } from './links';
import { notesByPlace, type CasePicture } from './picture';

export const LOOSE_KINDS = [
  'homeless',
  'partner-gives-nothing',
  'partner-gets-nothing',
  'contribution-of-nobody',
  'return-for-nobody',
  'resource-uncovered',
  'audience-unserved',
  'value-for-nobody',
  'consequence-unanswered',
  'step-of-nobody',
  'step-without-goal',
  'pain-unrelieved',
  'gain-uncreated',
  'reliever-loose',
  'creator-loose',
] as const;
export type LooseKind = (typeof LOOSE_KINDS)[number];

export interface LooseEnd {
  readonly kind: LooseKind;
  /** What hangs loose: a note, or a partner. */
  readonly note: NoteView | null;
  readonly partner: PartnerView | null;
}

interface Rule {
  readonly kind: LooseKind;
  /** Which notes are asked, by what lies there. */
  readonly of: string;
  /** What one of them should be linked with. */
  readonly with: readonly string[];
  /** Ask only when there is something like this in the case at all. */
  readonly once: readonly string[];
}

const RULES: readonly Rule[] = [
  { kind: 'resource-uncovered', of: 'resources', with: ['contributions'], once: ['contributions'] },
  { kind: 'audience-unserved', of: 'audiences', with: ['value'], once: ['value'] },
  { kind: 'value-for-nobody', of: 'value', with: ['audiences'], once: ['audiences'] },
  { kind: 'consequence-unanswered', of: 'consequences', with: ['measures'], once: ['measures'] },
  { kind: 'pain-unrelieved', of: 'pains', with: ['relievers'], once: ['pains'] },
  { kind: 'gain-uncreated', of: 'gains', with: ['creators'], once: ['gains'] },
  { kind: 'reliever-loose', of: 'relievers', with: ['pains'], once: ['relievers'] },
  { kind: 'creator-loose', of: 'creators', with: ['gains'], once: ['creators'] },
];

/** Find what hangs loose, in the order of `LOOSE_KINDS`. */
export function looseEnds(picture: CasePicture): readonly LooseEnd[] {
  const found = [...homeless(picture), ...unbalanced(picture), ...unlinked(picture), ...looseSteps(picture)];
  return found.sort((one, other) => LOOSE_KINDS.indexOf(one.kind) - LOOSE_KINDS.indexOf(other.kind));
}

/** Notes of a pair that is gone, or that lost its target group or value: they are on no canvas any more. */
function homeless({ notes, pairs }: CasePicture): LooseEnd[] {
  const ids = new Set(notes.map((note) => note.id));
  const known = new Set(pairs.filter(({ audience, value }) => ids.has(audience) && ids.has(value)).map(({ id }) => id));
  return notes.filter((note) => isHomeless(note, known)).map((note) => end('homeless', note));
}

function isHomeless(note: NoteView, pairs: ReadonlySet<string>): boolean {
  const spot = spotOf(note.place);
  return note.text.trim() !== '' && (spot === null || (spot.canvas === 'vpc' && !pairs.has(spot.pair)));
}

function unbalanced(picture: CasePicture): LooseEnd[] {
  const { partners, nobodys } = balanceOf(picture);
  const places = notesByPlace(picture.notes);
  const atTable = partners.filter(({ partner }) => partner.order !== null && partner.left === null);
  const silent = places.has('contributions') ? atTable.filter(({ givesNothing }) => givesNothing) : [];
  const unpaid = places.has('returns') ? atTable.filter(({ takesNothing }) => takesNothing) : [];
  return [
    ...silent.map(({ partner }) => ({ kind: 'partner-gives-nothing' as const, note: null, partner })),
    ...unpaid.map(({ partner }) => ({ kind: 'partner-gets-nothing' as const, note: null, partner })),
    ...nobodys.contributions.map((note) => end('contribution-of-nobody', note)),
    ...nobodys.returns.map((note) => end('return-for-nobody', note)),
  ];
}

function unlinked(picture: CasePicture): LooseEnd[] {
  const things = new Map<string, NoteView[]>();
  for (const [place, notes] of notesByPlace(picture.notes)) {
    const thing = thingAt(place);
    things.set(thing, [...(things.get(thing) ?? []), ...notes]);
  }
  const linked = linkedThings(picture);
  return RULES.filter((rule) => rule.once.every((thing) => things.has(thing))).flatMap((rule) =>
    (things.get(rule.of) ?? [])
      .filter((note) => !rule.with.some((thing) => linked.get(note.id)?.has(thing)))
      .map((note) => end(rule.kind, note)),
  );
}

/** For each note, the sorts of things it is linked with. A pair ties its target group and its value together. */
function linkedThings({ notes, links, pairs }: CasePicture): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map(notes.map((note) => [note.id, thingAt(note.place)]));
  const tied = [
    ...links,
    ...pairs.map(({ id, audience, value }) => ({ id, from: value, to: audience, kind: 'serves' })),
  ];
  const things = [...neighboursOf(tied, notes)].map(
    ([id, others]) => [id, new Set([...others].map((other) => places.get(other) ?? ''))] as const,
  );
  return new Map(things);
}

function looseSteps({ notes, links, rows }: CasePicture): LooseEnd[] {
  const places = notesByPlace(notes);
  const toAmbition = new Set(
    links.filter((link) => link.to === 'ambition' || link.from === 'ambition').flatMap(bothEnds),
  );
  const neighbours = neighboursOf(links, notes);
  const placeOf = new Map(notes.map((note) => [note.id, note.place]));
  const hasGoal = (note: NoteView): boolean =>
    toAmbition.has(note.id) || [...(neighbours.get(note.id) ?? [])].some((id) => placeOf.get(id) === 'ambition');
  return rows.flatMap((row) => {
    const [first] = places.get(`roadmap/${row}/step`) ?? [];
    if (!first) return [];
    return [
      ...(places.has(`roadmap/${row}/who`) ? [] : [end('step-of-nobody', first)]),
      ...(hasGoal(first) ? [] : [end('step-without-goal', first)]),
    ];
  });
}

function bothEnds({ from, to }: { readonly from: string; readonly to: string }): string[] {
  return [from, to];
}

function end(kind: LooseKind, note: NoteView): LooseEnd {
  return { kind, note, partner: null };
}
