// The typed view on a case (client/src/document.ts, document-changes.ts).

import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { CaseChange, CaseDocument } from '../../client/src/document';
import { connect, documentOf } from './documents';

function wordsAt(document: CaseDocument, place: string): string[] {
  return document.notesAt(place).value.map((id) => document.note(id).value?.text ?? '');
}

describe('notes', () => {
  it('lie at their place in order, with who wrote them', () => {
    const document = documentOf('anna', 'woonstichting');

    const second = document.edit.addNote('value', { text: 'tweede' });
    document.edit.addNote('value', { text: 'eerste', index: 0 });

    expect(wordsAt(document, 'value')).toEqual(['eerste', 'tweede']);
    expect(document.note(second).value).toMatchObject({
      author: 'anna',
      partner: 'woonstichting',
      place: 'value',
    });
  });

  it('move with one field write, also when another moves them at the same time', () => {
    const [anna, bo] = [documentOf('anna'), documentOf('bo')];
    const id = anna.edit.addNote('value', { text: 'hier' });
    connect(anna, bo);

    anna.edit.moveNote(id, 'returns');
    bo.edit.moveNote(id, 'resources');

    expect(wordsAt(anna, 'resources')).toEqual(['hier']);
    expect(wordsAt(anna, 'returns')).toEqual([]);
    expect(wordsAt(bo, 'resources')).toEqual(['hier']);
  });

  it('tell only those who look at what changed', () => {
    const document = documentOf('anna');
    const [one, other] = [document.edit.addNote('value'), document.edit.addNote('value')];
    let lists = 0;
    let notes = 0;
    effect(() => void (document.notesAt('value').value, (lists += 1)));
    effect(() => void (document.note(other).value, (notes += 1)));

    const text = document.noteText(one);
    if (text) document.edit.setText(text, 'woorden');

    expect([lists, notes]).toEqual([1, 1]);
  });

  it('read as absent what another program wrote wrongly', () => {
    const document = documentOf('anna');
    document.doc.getMap('notes').set('strange', 'no map');

    expect(document.note('strange').value).toBeUndefined();
    expect(document.allNotes()).toEqual([]);
  });

  it('vanish without a trace when they stay empty', () => {
    const document = documentOf('anna');
    const id = document.edit.addNote('value');

    document.edit.discardEmpty(id);
    document.edit.undo();

    expect(document.allNotes()).toEqual([]);
  });
});

describe('partners', () => {
  it('stand in order, with those who left and those only named behind them', () => {
    const document = documentOf('anna');
    const school = document.edit.addPartner('School', 'education');
    document.edit.addPartner('Gemeente', 'government');
    document.edit.setPartnerLeft(school, true);
    const named = document.edit.addPartner('Bakker', 'business');
    document.edit.addNote('contributions', { fields: { partner: named } });
    document.edit.unlistPartner(named);

    expect(document.partners.value.map((partner) => partner.name)).toEqual(['Gemeente', 'School', 'Bakker']);
    expect(document.partner(school)?.colour).toBe(1);
    expect(document.partner(named)?.order).toBeNull();
  });

  it('get a pattern after eight colours', () => {
    const document = documentOf('anna');
    for (let count = 0; count < 9; count += 1) document.edit.addPartner(`Partner ${count}`, 'other');

    expect(document.partners.value.map((partner) => partner.colour)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1]);
    expect(document.partners.value.filter((partner) => partner.patterned)).toHaveLength(1);
  });
});

describe('changes', () => {
  it('are told in the words of the case, with who wrote them', () => {
    const [anna, bo] = [documentOf('anna'), documentOf('bo')];
    connect(anna, bo);
    const heard: CaseChange[] = [];
    bo.onChanges((changes) => heard.push(...changes));

    const id = anna.edit.addNote('value', { text: 'hier' });
    anna.edit.moveNote(id, 'returns');
    anna.edit.setText(anna.statementText('impact'), 'Warm dorp');
    anna.edit.deleteNote(id);

    expect(heard.map((change) => change.kind)).toEqual([
      'note-added',
      'note-moved',
      'statement-edited',
      'note-removed',
    ]);
    expect(heard.slice(0, 3).map((change) => change.by)).toEqual(Array(3).fill(anna.doc.clientID));
    expect(heard.every((change) => !change.local)).toBe(true);
  });

  it('are silent until the document is ready', () => {
    const document = documentOf('anna');
    document.ready.value = false;
    const heard: CaseChange[] = [];
    document.onChanges((changes) => heard.push(...changes));

    document.edit.addNote('value');

    expect(heard).toEqual([]);
  });
});
