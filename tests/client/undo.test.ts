// Undo takes back my own work and nobody else's (client/src/document-edits.ts, undo-guard.ts).

import { describe, expect, it } from 'vitest';
import type { CaseDocument } from '../../client/src/document';
import { connect, documentOf } from './documents';

function pair(): [CaseDocument, CaseDocument] {
  const [anna, bo] = [documentOf('anna'), documentOf('bo')];
  connect(anna, bo);
  return [anna, bo];
}

function write(document: CaseDocument, id: string, words: string): void {
  const text = document.noteText(id);
  if (text) document.edit.setText(text, words);
}

describe('undo', () => {
  it('takes a burst of typing as one step, and each act as its own', () => {
    const document = documentOf('anna');
    const id = document.edit.addNote('value');
    for (const words of ['w', 'wa', 'war', 'warm']) write(document, id, words);
    document.edit.moveNote(id, 'returns');

    document.edit.undo();
    expect(document.note(id).value).toMatchObject({
      place: 'value',
      text: 'warm',
    });
    document.edit.undo();
    expect(document.note(id).value?.text).toBe('');
    document.edit.undo();
    expect(document.note(id).value).toBeUndefined();

    document.edit.redo();
    document.edit.redo();
    expect(document.note(id).value?.text).toBe('warm');
  });

  it('comes to what the server did for me in its turn, and once', () => {
    const document = documentOf('anna');
    const takenBack: string[] = [];
    const first = document.edit.addNote('value');
    const takeBack = document.edit.noteElsewhere(() => takenBack.push('restore'));
    expect(document.edit.canUndo.value).toBe(true);
    const second = document.edit.addNote('value');

    document.edit.undo();
    expect([document.note(second).value, takenBack]).toEqual([undefined, []]);
    document.edit.undo();
    expect([document.note(first).value?.place, takenBack]).toEqual(['value', ['restore']]);
    takeBack();
    document.edit.undo();

    expect(takenBack).toEqual(['restore']);
    expect(document.note(first).value).toBeUndefined();
    expect(document.edit.canUndo.value).toBe(false);
  });

  it('leaves what others did alone', () => {
    const [anna, bo] = pair();
    const mine = anna.edit.addNote('value', { text: 'van Anna' });
    const theirs = bo.edit.addNote('value', { text: 'van Bo' });

    anna.edit.undo();

    expect(anna.note(mine).value).toBeUndefined();
    expect(anna.note(theirs).value?.text).toBe('van Bo');
    expect(anna.edit.canUndo.value).toBe(false);
  });

  it('keeps a note in which somebody else has written, when its maker takes back making it', () => {
    const [anna, bo] = pair();
    const id = anna.edit.addNote('value');
    write(anna, id, 'Anna ');
    write(bo, id, 'Anna en Bo');

    anna.edit.undo();
    anna.edit.undo();
    anna.edit.undo();

    expect(bo.note(id).value).toMatchObject({ place: 'value', text: 'en Bo' });
  });

  it('brings a deleted note back with its words and author, also after other acts', () => {
    const document = documentOf('anna');
    const id = document.edit.addNote('value', {
      text: 'terug',
      fields: { form: 'hours' },
    });

    const restore = document.edit.deleteNote(id);
    document.edit.addNote('returns', { text: 'intussen' });
    restore();

    expect(document.note(id).value).toMatchObject({
      text: 'terug',
      author: 'anna',
      form: 'hours',
    });
    expect(document.notesAt('returns').value).toHaveLength(1);
  });
});
