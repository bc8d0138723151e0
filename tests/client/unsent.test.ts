// What waits to be saved, counted as people count (client/src/unsent.ts).

import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { subjectsOf, Unsent } from '../../client/src/unsent';
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

  it('counts what an earlier page left, and tells when that is on disk', () => {
    const unsent = new Unsent();
    let settled = 0;
    unsent.inherit(['notes/a', 'notes/b'], () => (settled += 1));
    unsent.add(set('notes/b', 'notes/c'), null, new Uint8Array([1]));
    unsent.add(set('notes/c'), null, new Uint8Array([2]));

    expect(unsent.subjects).toEqual(set('notes/a', 'notes/b', 'notes/c'));
    expect(unsent.ownSubjects).toEqual(set('notes/b', 'notes/c'));
    expect(unsent.ownUpdates).toEqual([new Uint8Array([1]), new Uint8Array([2])]);
    unsent.allSentIn(1);
    unsent.settled(1);

    expect(settled).toBe(1);
    expect(unsent.subjects.size).toBe(0);
    expect(unsent.ownUpdates).toEqual([]);
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
