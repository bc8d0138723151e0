// Texts among changes that were not saved (client/src/unsent-texts.ts).

import { describe, expect, it } from 'vitest';
import { UNCOUNTED } from '../../client/src/unsent';
import { holdsText, textsToKeep } from '../../client/src/unsent-texts';
import { documentOf } from './documents';

const set = (...subjects: string[]): ReadonlySet<string> => new Set(subjects);

describe('textsToKeep', () => {
  it('keeps the words that were not saved, and where they belong', () => {
    const document = documentOf('anna');
    const id = document.edit.addNote('value', { text: 'bewaar mij' });
    const empty = document.edit.addNote('value');

    const kept = textsToKeep(set(`notes/${id}`, `notes/${empty}`, 'notes/gone', 'sdgs/3'), document.doc, 'daarom');

    expect(kept).toEqual([
      {
        id: `notes/${id}`,
        text: 'bewaar mij',
        place: 'value',
        reason: 'daarom',
      },
    ]);
  });

  it('has no words for what was never counted', () => {
    expect(textsToKeep(set(UNCOUNTED), documentOf('anna').doc, 'limit')).toEqual([]);
  });
});

describe('holdsText', () => {
  it('is true only for the same words in the same place', () => {
    const document = documentOf('anna');
    const id = document.edit.addNote('value', { text: 'bewaar mij' });
    const kept = { id: `notes/${id}`, text: 'bewaar mij', place: 'value', reason: 'limit' };

    expect(holdsText(document.doc, kept)).toBe(true);
    expect(holdsText(document.doc, { ...kept, text: 'anders' })).toBe(false);
    expect(holdsText(documentOf('bo').doc, kept)).toBe(false);
  });
});
