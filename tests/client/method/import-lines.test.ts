// Notes from pasted lines and tables (client/src/method/import-lines.ts).

import { describe, expect, it } from 'vitest';
import { en } from '../../../client/src/i18n/en';
import { nl } from '../../../client/src/i18n/nl';
import {
  byPiece,
  countEntries,
  countNotes,
  notesFromLines,
  notesFromTable,
  readAmount,
  vocabularyOf,
} from '../../../client/src/method/import-lines';

const words = vocabularyOf([nl, en]);

describe('lines', () => {
  it('are a note each, without bullets and numbers', () => {
    expect(notesFromLines('- een zaal\n\n 2. iemand\r\n• 10 stoelen\n2030 gehaald', 'resources').notes).toEqual({
      resources: [{ text: 'een zaal' }, { text: 'iemand' }, { text: '10 stoelen' }, { text: '2030 gehaald' }],
    });
  });

  it('are nothing when nothing is said', () => {
    expect(notesFromLines(' \n', 'value')).toEqual({ notes: {}, problems: [] });
  });
});

describe('a table', () => {
  it('is read by the names of its columns, in either language, with quotes and separators', () => {
    const read = notesFromTable(
      'Puzzelstuk;Tekst;Partner;Vorm;Bedrag;Voor\nInbreng;"brood; en kaas";Bakkerij;Geld;"€ 1.250,50";\nReturns;rust;;;;iedereen\n;los;;;;',
      'value',
      words,
    );

    expect(read?.notes).toEqual({
      contributions: [{ text: 'brood; en kaas', partner: 'Bakkerij', form: 'cash', amount: 1250.5 }],
      returns: [{ text: 'rust', for: 'all' }],
      value: [{ text: 'los' }],
    });
    expect(read?.problems).toEqual([]);
  });

  it('tells what it cannot read, with the row of the spreadsheet, and uses the rest', () => {
    const read = notesFromTable('text\tpiece\tamount\nbrood\tnergens\tveel\n', 'resources', words);

    expect(read?.notes).toEqual({ resources: [{ text: 'brood' }] });
    expect(read?.problems).toEqual([
      { row: 2, column: 'piece', value: 'nergens' },
      { row: 2, column: 'amount', value: 'veel' },
    ]);
  });

  it('is none without a column of text', () => {
    expect(notesFromTable('een zaal, met stoelen\niemand', 'resources', words)).toBeNull();
  });
});

it.each([
  ['€ 1.250,50', 1250.5],
  ['1,250.50', 1250.5],
  ['1250', 1250],
  ['12,5', 12.5],
  ['40 uur', 40],
  ['€ 40.000', 40000],
  ['1.5', 1.5],
  ['veel', null],
  ['-3', null],
])('reads the amount %s', (written, amount) => {
  expect(readAmount(written)).toBe(amount);
});

it('counts the notes of all canvases, and shows those of the puzzle', () => {
  const file = {
    notes: { partners: ['Gemeente'], value: ['a', 'b'] },
    pairs: [{ audience: 'x', value: 'y', notes: { pains: ['c'] } }],
    roadmap: { steps: { 1: { step: ['d'] } } },
  };

  expect(countNotes(file)).toBe(4);
  expect(countEntries({ ...file, comments: [{ note: 'x', text: 'd' }] })).toBe(7);
  expect(byPiece(file.notes)).toEqual([['value', [{ text: 'a' }, { text: 'b' }]]]);
});
