// Differences in words: which are told, under which piece, and what became of each field. Pure; drawing is `ChangesPanel.tsx`.

import { FORMS, HELIXES, isPiece, PIECES, RETURN_KINDS, ROADMAP_HEADER, type Place } from '../../domain';
import type { Change, FieldChange } from '../../history-api';
import { t, type Key } from '../../i18n';
import { amountWords, dayWords } from '../canvas/amounts';
import { placeName, shortened } from '../panels/place-name';

export interface PieceOfChanges {
  /** A piece, or `''` for what belongs to the whole case. */
  readonly piece: Place;
  readonly changes: readonly Change[];
}

/** How a partner or a note is called, by its id; empty when nobody knows. */
export type NameOf = (id: string) => string;

const TOLD_META: readonly string[] = ['title', 'sector', 'language'];
const TOLD_ROOTS: readonly string[] = ['notes', 'partners', 'meta', 'sdgs', 'roadmap', 'pairs', 'links', 'comments'];
const TOLD_FIELDS: readonly string[] = [
  'partner',
  'form',
  'amount',
  'kind',
  'for',
  'due',
  'sdg',
  'helix',
  'contact',
  'resolved',
  'value',
];
const ALSO = 'also:';
/** What an entry ties together, in the order in which it is read. */
const ENDS: Readonly<Record<string, readonly [string, string]>> = {
  pairs: ['value', 'audience'],
  links: ['from', 'to'],
};
const ORDER: readonly string[] = ['', ...PIECES];

/** The changes people would call changes: not an order within a piece, nor what has no screen. */
export function toldChanges(changes: readonly Change[]): readonly Change[] {
  return changes.filter(
    ({ root, key, kind, fields }) =>
      kind !== 'reordered' &&
      (root !== 'meta' || TOLD_META.includes(key)) &&
      (isStatementRoot(root) || TOLD_ROOTS.includes(root)) &&
      (kind !== 'changed' || Object.keys(fields).some(isToldField)),
  );
}

/** Changes by piece, in the order of the canvas. */
export function byPiece(changes: readonly Change[]): readonly PieceOfChanges[] {
  const groups = new Map<string, Change[]>();
  for (const change of toldChanges(changes)) {
    const [piece = ''] = change.piece.split('/');
    groups.set(piece, [...(groups.get(piece) ?? []), change]);
  }
  return [...groups].map(([piece, list]) => ({ piece, changes: list })).sort((one, other) => rank(one) - rank(other));
}

export function pieceTitle({ piece }: Pick<PieceOfChanges, 'piece'>): string {
  if (piece === 'vpc' || piece === 'roadmap') return t(`canvas.${piece}`);
  return piece === '' ? t('change.whole') : placeName(piece);
}

function isToldField(name: string): boolean {
  return TOLD_FIELDS.includes(name) || name.startsWith(ALSO);
}

/** What became of it, and what it is where its words do not tell. */
export function kindWords({ root, kind }: Change): string {
  if (root === 'roadmap' && kind === 'added') return t('change.changed');
  const became = t(`change.${kind}`);
  return root === 'comments' || root === 'links' || root === 'pairs' ? `${t(`change.of.${root}`)}: ${became}` : became;
}

/** What it is about: the words of a note as they are, else as they were; a partner, the title, a global goal. */
export function subjectText(change: Change, nameOf: NameOf): string {
  if (change.root === 'sdgs') return `${change.key}. ${t(`sdg.${change.key}` as Key)}`;
  if (change.root === 'roadmap') return roadmapField(change.key);
  const ends = ENDS[change.root];
  if (ends) return ends.map((end) => endWords(change.fields[end], nameOf)).join(' → ');
  const { text, name } = change.fields;
  return words(text?.after) || words(name?.after) || nameOf(change.key) || words(text?.before) || words(name?.before);
}

/** What else changed, a line for each field: "Amount: was € 100, now € 200". */
export function detailLines(change: Change, nameOf: NameOf): readonly string[] {
  if (change.kind === 'moved') return [movedLine(change.fields['place'])];
  const about =
    change.root === 'comments'
      ? nameOf(words(change.fields['note']?.after) || words(change.fields['note']?.before))
      : '';
  if (about !== '') return [t('change.about', { note: shortened(about) })];
  if (change.kind !== 'changed' && change.root !== 'meta' && change.root !== 'roadmap') return [];
  if (change.root === 'roadmap' && change.key === 'order') return [];
  return Object.entries(change.fields)
    .filter(([name]) => isToldField(name) && change.root !== 'sdgs')
    .map(([name, field]) => fieldLine(change, name, field, nameOf));
}

function fieldLine(change: Change, name: string, field: FieldChange, nameOf: NameOf): string {
  if (name.startsWith(ALSO)) {
    const place = placeName(name.slice(ALSO.length));
    return t(words(field.after) === '' ? 'change.also.hidden' : 'change.also.shown', { place });
  }
  return t('change.field', {
    field: fieldName(change, name),
    before: valueWords(name, field.before, change, nameOf),
    after: valueWords(name, field.after, change, nameOf),
  });
}

function endWords(end: FieldChange | undefined, nameOf: NameOf): string {
  const id = words(end?.after) || words(end?.before);
  return nameOf(id) || (id === 'impact' || id === 'ambition' ? t(`piece.${id}`) : '…');
}

function roadmapField(key: string): string {
  const field = ROADMAP_HEADER.find((each) => each === key);
  return field ? t(`roadmap.header.${field}`) : t('change.roadmap.order');
}

export function isStatementRoot(root: string): boolean {
  return root.startsWith('statement.');
}

function movedLine(place: FieldChange | undefined): string {
  return t('change.moved.text', { from: placeName(words(place?.before)), to: placeName(words(place?.after)) });
}

function fieldName(change: Change, name: string): string {
  if (change.root === 'roadmap') return roadmapField(change.key);
  if (change.root !== 'meta') return t(`change.field.${name}` as Key);
  return change.key === 'title' || change.key === 'sector' || change.key === 'language'
    ? t(`change.meta.${change.key}`)
    : t('change.whole');
}

function valueWords(name: string, value: unknown, change: Change, nameOf: NameOf): string {
  const written = fieldWords(name, value, change, nameOf);
  return written === '' ? t('change.nothing') : written;
}

function fieldWords(name: string, value: unknown, change: Change, nameOf: NameOf): string {
  if (typeof value === 'boolean') return t(value ? 'change.yes' : 'change.no');
  if (name === 'sdg') return typeof value === 'number' ? `SDG ${value}` : '';
  if (typeof value === 'number') return amountWords({ amount: value, form: isHours(change) ? 'hours' : null });
  const text = words(value);
  if (change.root === 'meta' && (text === 'nl' || text === 'en')) return t(`language.${text}`);
  if (name === 'form') return FORMS.some((form) => form === text) ? t(`form.${text}` as Key) : text;
  if (name === 'kind') return RETURN_KINDS.some((kind) => kind === text) ? t(`kind.${text}` as Key) : text;
  if (name === 'helix') return HELIXES.some((helix) => helix === text) ? t(`helix.${text}` as Key) : text;
  if (name === 'due') return text === '' ? '' : dayWords(text);
  if (name === 'for' && text === 'all') return t('for.all');
  return name === 'partner' || name === 'for' ? nameOf(text) || text : text;
}

function isHours({ fields }: Change): boolean {
  return fields['form']?.after === 'hours';
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function rank({ piece }: PieceOfChanges): number {
  return isPiece(piece) || piece === '' ? ORDER.indexOf(piece) : ORDER.length;
}
