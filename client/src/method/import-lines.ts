// From pasted lines, or a table in CSV, to notes in the shape of a case file. Pure; putting them in a case is `case-file.ts`.
//
// A table needs a first row with names of columns in Dutch or English, of which one is the text. What a row says that cannot be read
// (a piece that is none, an amount that is no number) is told with its row, and the rest of the row is used.

import Papa from 'papaparse';
import type { CaseFile, CaseFileNote } from '../case-file';
import { FORMS, isPiece, NOTE_PIECES, RETURN_KINDS, type PieceId } from '../domain';

export interface ReadNotes {
  readonly notes: Readonly<Record<string, readonly CaseFileNote[]>>;
  readonly problems: readonly RowProblem[];
}

export interface RowProblem {
  /** The row as a spreadsheet counts, the names of the columns being row 1. */
  readonly row: number;
  readonly column: Column;
  readonly value: string;
}

/** Words that people use for pieces, forms and kinds, in any language: each to its id. */
export interface Vocabulary {
  readonly pieces: ReadonlyMap<string, PieceId>;
  readonly forms: ReadonlyMap<string, string>;
  readonly kinds: ReadonlyMap<string, string>;
}

type Column = 'text' | 'piece' | 'partner' | 'form' | 'amount' | 'kind' | 'for' | 'due';

const COLUMNS: Readonly<Record<string, Column>> = {
  text: 'text',
  tekst: 'text',
  note: 'text',
  briefje: 'text',
  piece: 'piece',
  puzzelstuk: 'piece',
  stuk: 'piece',
  place: 'piece',
  plek: 'piece',
  partner: 'partner',
  organisation: 'partner',
  organisatie: 'partner',
  form: 'form',
  vorm: 'form',
  amount: 'amount',
  bedrag: 'amount',
  aantal: 'amount',
  kind: 'kind',
  soort: 'kind',
  for: 'for',
  voor: 'for',
  due: 'due',
  datum: 'due',
};

/** One note for each line that says something; a bullet or number before it is left out. */
export function notesFromLines(text: string, piece: PieceId): ReadNotes {
  const lines = text.split(/\r?\n/u).map((line) => line.replace(/^\s*(?:[-*•–]|\d{1,3}[.)])\s+/u, '').trim());
  const notes = lines.filter((line) => line !== '').map((line) => ({ text: line }));
  return { notes: notes.length === 0 ? {} : { [piece]: notes }, problems: [] };
}

/** The notes of a table; null when its first row does not name a column with the text. */
export function notesFromTable(text: string, piece: PieceId, words: Vocabulary): ReadNotes | null {
  const rows = Papa.parse<string[]>(text.trim(), { skipEmptyLines: 'greedy' }).data;
  const columns = (rows[0] ?? []).map((name) => COLUMNS[key(name)] ?? null);
  if (!columns.includes('text')) return null;
  const notes = new Map<PieceId, CaseFileNote[]>();
  const problems: RowProblem[] = [];
  for (const [index, cells] of rows.slice(1).entries()) {
    const row = readRow(columns, cells, words, (column, value) => problems.push({ row: index + 2, column, value }));
    if (row.text === '') continue;
    const place = row.piece ?? piece;
    notes.set(place, [...(notes.get(place) ?? []), { text: row.text, ...row.fields }]);
  }
  return { notes: Object.fromEntries(notes), problems };
}

interface Row {
  readonly text: string;
  readonly piece: PieceId | null;
  readonly fields: Readonly<Record<string, string | number>>;
}

function readRow(
  columns: readonly (Column | null)[],
  cells: readonly string[],
  words: Vocabulary,
  onProblem: (column: Column, value: string) => void,
): Row {
  const fields: Record<string, string | number> = {};
  let [text, piece] = ['', null as PieceId | null];
  for (const [index, column] of columns.entries()) {
    const value = (cells[index] ?? '').trim();
    if (column === null || value === '') continue;
    const read = readCell(column, value, words);
    if (read === null) onProblem(column, value);
    else if (column === 'text') text = value;
    else if (column === 'piece') piece = read as PieceId;
    else fields[column] = read;
  }
  return { text, piece, fields };
}

function readCell(column: Column, value: string, words: Vocabulary): string | number | null {
  switch (column) {
    case 'text':
    case 'partner':
      return value;
    case 'for':
      return ['all', 'iedereen', 'everyone', 'allen'].includes(key(value)) ? 'all' : value;
    case 'piece':
      return words.pieces.get(key(value)) ?? null;
    case 'form':
      return words.forms.get(key(value)) ?? null;
    case 'kind':
      return words.kinds.get(key(value)) ?? null;
    case 'amount':
      return readAmount(value);
    case 'due':
      return /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : null;
  }
}

/** "€ 1.250,50", "1,250.50" and "1250" as a number; null for what is none. */
export function readAmount(value: string): number | null {
  const bare = value.replace(/[€\s]|euro|eur|uur|hours?/giu, '');
  const isDutch = /^\d{1,3}(\.\d{3})+(,\d+)?$|^\d+,\d{1,2}$/u.test(bare);
  const plain = isDutch ? bare.replaceAll('.', '').replace(',', '.') : bare.replace(/,(?=\d{3}(\D|$))/gu, '');
  return /^\d+(\.\d+)?$/u.test(plain) ? Number(plain) : null;
}

/** The words of some catalogues of texts, with the ids themselves. */
export function vocabularyOf(catalogues: readonly Readonly<Record<string, string>>[]): Vocabulary {
  const named = <T extends string>(ids: readonly T[], prefix: string): ReadonlyMap<string, T> =>
    new Map(
      ids.flatMap((id) => [
        [key(id), id] as const,
        ...catalogues.flatMap((texts) => {
          const word = texts[`${prefix}.${id}`];
          return word === undefined ? [] : [[key(word), id] as const];
        }),
      ]),
    );
  return {
    pieces: named(NOTE_PIECES, 'piece'),
    forms: named(FORMS, 'form'),
    kinds: named(RETURN_KINDS, 'kind'),
  };
}

/** How many notes a file would add. */
export function countNotes({ notes = {}, pairs = [], roadmap = {} }: CaseFile): number {
  const cells = [notes, ...pairs.map((pair) => pair.notes ?? {}), ...Object.values(roadmap.steps ?? {})];
  return cells.reduce(
    (sum, places) =>
      sum +
      Object.entries(places).reduce((part, [place, items]) => part + (place === 'partners' ? 0 : items.length), 0),
    0,
  );
}

/** How many entries of all sorts a file would add: the server takes a bounded number in one change. */
export function countEntries(file: CaseFile): number {
  const { notes = {}, pairs = [], links = [], comments = [] } = file;
  return countNotes(file) + (notes['partners'] ?? []).length + pairs.length + links.length + comments.length;
}

/** The pieces that notes would come to, with their notes, in the order of the canvas. */
export function byPiece(notes: CaseFile['notes'] = {}): readonly (readonly [PieceId, readonly CaseFileNote[]])[] {
  return Object.entries(notes).flatMap(([piece, items]) =>
    isPiece(piece) && piece !== 'partners'
      ? [[piece, items.map((item) => (typeof item === 'string' ? { text: item } : item))] as const]
      : [],
  );
}

function key(word: string): string {
  return word.trim().toLowerCase();
}
