// What waits to be saved, counted as people count (client/src/unsent.ts).

import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { subjectsOf, textsToKeep, Unsent } from '../../client/src/unsent';
import { documentOf } from './documents';

const set = (...subjects: string[]): ReadonlySet<string> => new Set(subjects);

describe('Unsent', () => {
  it('counts a note once, however many keys it took', () => {
    const unsent = new Unsent();
    for (const frame of [1, 2, 3]) unsent.add(set('notes/a'), frame);
    unsent.add(set('notes/b'), 4);

    expect(unsent.subjects.size).toBe(2);
    unsent.settled(2);
    expect(unsent.subjects.size).toBe(2);
    unsent.settled(3);
    expect([...unsent.subjects]).toEqual(['notes/b']);
  });

  it('waits again for what was under way when the connection went', () => {
    const unsent = new Unsent();
    unsent.add(set('notes/a'), 1);
    unsent.connectionLost();
    unsent.add(set('notes/b'), null);

    unsent.settled(5);
    expect(unsent.subjects.size).toBe(2);

    unsent.allSentIn(1);
    unsent.settled(1);
    expect(unsent.subjects.size).toBe(0);
  });
});

describe('subjectsOf', () => {
  it('names the entry, however deep the change was', () => {
    const document = documentOf('anna');
    const seen: string[] = [];
    document.doc.on('afterTransaction', (transaction: Y.Transaction) => seen.push(...subjectsOf(transaction)));

    const id = document.edit.addNote('value');
    const text = document.noteText(id);
    if (text) document.edit.setText(text, 'woorden');
    document.edit.setText(document.statementText('impact'), 'zin');
    document.edit.setTitle('titel');

    expect(new Set(seen)).toEqual(new Set([`notes/${id}`, 'statement.impact', 'meta/title']));
  });
});

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
});
