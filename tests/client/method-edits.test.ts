// Changing what ties a case together (client/src/method-edits.ts, method-views.ts).

import { describe, expect, it } from 'vitest';
import type { CaseDocument } from '../../client/src/document';
import {
  addComment,
  addLink,
  addPair,
  hideFrom,
  moveRow,
  removeLink,
  removePair,
  setHeader,
  setResolved,
  showAlso,
} from '../../client/src/method-edits';
import { connect, documentOf } from './documents';

function pairIn(document: CaseDocument): string {
  const [audience, value] = ['audiences', 'value'].map((place) => document.edit.addNote(place, { text: place }));
  return addPair(document, audience ?? '', value ?? '');
}

describe('pairs', () => {
  it('are there once for each target group and value', () => {
    const document = documentOf('anna');
    const id = pairIn(document);
    const [pair] = document.pairs.value;

    expect(addPair(document, pair?.audience ?? '', pair?.value ?? '')).toBe(id);
    expect(document.pairs.value).toHaveLength(1);
  });

  it('go with the notes that lie in them, and come back with them in one step', () => {
    const document = documentOf('anna');
    const id = pairIn(document);
    const inside = document.edit.addNote(`vpc/${id}/pains`, { text: 'tocht' });
    const guest = document.edit.addNote('returns', { text: 'rust' });
    showAlso(document, guest, `vpc/${id}/gains`);

    removePair(document, id);
    expect([document.pairs.value, document.note(inside).value]).toEqual([[], undefined]);
    expect(document.note(guest).value?.text).toBe('rust');

    document.edit.undo();
    expect(document.pairs.value.map((pair) => pair.id)).toEqual([id]);
    expect(document.notesAt(`vpc/${id}/pains`).value).toEqual([inside]);
  });

  it('leave what another wrote in them meanwhile where it can be found', () => {
    const [anna, bo] = [documentOf('anna'), documentOf('bo')];
    const id = pairIn(anna);
    const written = bo.edit.addNote(`vpc/${id}/pains`, { text: 'tocht' });
    removePair(anna, id);

    connect(anna, bo);

    expect(anna.pairs.value).toEqual([]);
    expect(anna.note(written).value?.text).toBe('tocht');
  });
});

describe('links', () => {
  it('tie two things once, whichever was taken first', () => {
    const document = documentOf('anna');
    const [one, other] = [document.edit.addNote('value'), document.edit.addNote('audiences')];

    const id = addLink(document, { from: one, to: other, kind: 'serves' });

    expect(addLink(document, { from: other, to: one, kind: 'serves' })).toBe(id);
    expect(addLink(document, { from: one, to: one, kind: 'related' })).toBeNull();
    expect(document.linkCounts.value.get(one)).toBe(1);

    removeLink(document, id ?? '');
    expect(document.links.value).toEqual([]);
  });
});

describe('comments', () => {
  it('carry who said it, and can be ticked off', () => {
    const document = documentOf('anna');
    const note = document.edit.addNote('value', { text: 'warmte' });

    const id = addComment(document, note, 'voor wie?');
    const [comment] = document.comments.value;

    expect(comment).toMatchObject({ id, note, author: 'anna', text: 'voor wie?', resolved: false });
    expect(document.openComments.value.get(note)).toBe(1);
    if (comment) setResolved(document, comment, true);
    expect(document.openComments.value.get(note)).toBeUndefined();
  });
});

describe('the roadmap', () => {
  it('moves a step as a whole with one field, and every note stays in its row', () => {
    const [anna, bo] = [documentOf('anna'), documentOf('bo')];
    connect(anna, bo);
    const note = bo.edit.addNote('roadmap/3/skills', { text: 'lassen' });

    moveRow(anna, '3', 0);
    const late = bo.edit.addNote('roadmap/3/skills', { text: 'rekenen' });

    expect(bo.roadmap.value.rows).toEqual(['3', '1', '2', '4', '5', '6']);
    expect(anna.notesAt('roadmap/3/skills').value).toEqual([note, late]);
  });

  it('has six rows whatever was written', () => {
    const document = documentOf('anna');
    document.doc.getMap('roadmap').set('order', '9 2 2 x');

    expect(document.roadmap.value.rows).toEqual(['2', '1', '3', '4', '5', '6']);
  });

  it('keeps its header', () => {
    const document = documentOf('anna');
    setHeader(document, 'version', '2');

    expect(document.roadmap.value.header).toEqual({ date: '', by: '', for: '', version: '2' });
  });
});

describe('a note at several places', () => {
  it('is one note: it is shown there, and a change is one change', () => {
    const document = documentOf('anna');
    const own = document.edit.addNote('roadmap/1/returns', { text: 'eigen' });
    const note = document.edit.addNote('returns', { text: 'rust' });

    showAlso(document, note, 'roadmap/1/returns');
    const text = document.noteText(note);
    if (text) document.edit.setText(text, 'meer rust');

    expect(document.notesAt('roadmap/1/returns').value).toEqual([own, note]);
    expect(document.notesAt('returns').value).toEqual([note]);
    expect(document.note(note).value?.text).toBe('meer rust');
  });

  it('can be hidden there again, and is not shown twice where it lies', () => {
    const document = documentOf('anna');
    const note = document.edit.addNote('returns', { text: 'rust' });
    showAlso(document, note, 'returns');
    showAlso(document, note, 'roadmap/1/returns');

    hideFrom(document, note, 'roadmap/1/returns');

    expect(document.note(note).value?.also).toEqual({});
    expect(document.notesAt('roadmap/1/returns').value).toEqual([]);
  });

  it('comes back whole when its deletion is taken back', () => {
    const document = documentOf('anna');
    const note = document.edit.addNote('returns', { text: 'rust', fields: { sdg: 3, due: '2026-12-01' } });
    showAlso(document, note, 'roadmap/1/returns');
    const before = document.note(note).value;

    const bringBack = document.edit.deleteNote(note);
    document.edit.addNote('value', { text: 'iets anders' });
    bringBack();

    expect(document.note(note).value).toEqual({ ...before, client: document.doc.clientID });
  });
});
