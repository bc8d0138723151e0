// What a chosen file is, before it is sent (client/src/ui/import/case-file.ts).

import { describe, expect, it } from 'vitest';
import { readCaseFile } from '../../../../client/src/ui/import/case-file';

const file = {
  format: 'purpose-case/1',
  title: 'Second Table',
  language: 'en',
  statements: { impact: 'Good food reaches a plate' },
  notes: {
    partners: ['Bakery Morrow', { text: 'Alder Hill' }],
    value: ['a', { text: 'b' }],
    returns: ['c'],
  },
};

describe('readCaseFile', () => {
  it('counts what is in it', () => {
    expect(readCaseFile(JSON.stringify(file), 300)).toEqual({
      file,
      title: 'Second Table',
      impact: 'Good food reaches a plate',
      language: 'en',
      notes: 3,
      partners: ['Bakery Morrow', 'Alder Hill'],
    });
  });

  it.each([
    ['no JSON', '{"format":', 'json'],
    ['another format', '{"format":"canvas/2"}', 'format'],
    ['no object', 'null', 'format'],
    ['a list', '[]', 'format'],
  ])('refuses %s', (_, text, problem) => {
    expect(readCaseFile(text, text.length)).toEqual({ problem });
  });

  it('refuses what the server would never take, without reading it', () => {
    expect(readCaseFile('', 10_000_000)).toEqual({
      problem: 'size',
      megabytes: 10,
    });
  });

  it('stays calm over odd contents, which the server will judge', () => {
    const odd = JSON.stringify({
      format: 'purpose-case/1',
      notes: { value: 'text', partners: [1, null] },
      title: 7,
    });

    expect(readCaseFile(odd, odd.length)).toMatchObject({
      title: '',
      notes: 0,
      partners: [],
    });
  });
});
