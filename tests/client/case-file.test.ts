// A case file in a document (client/src/case-file.ts): whole, or joining a case that is there.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentOfFile, joinFile, type CaseFile } from '../../client/src/case-file';
import { CaseDocument } from '../../client/src/document';
import { countNotes } from '../../client/src/method/import-lines';
import { documentOf } from './documents';

const FILE: CaseFile = {
  title: 'Warm dorp',
  sdgs: [7],
  statements: { impact: 'Elk huis warm' },
  notes: {
    partners: [{ text: 'Gemeente', helix: 'government', mark: 'GD', colour: 3 }],
    audiences: [{ text: 'gezinnen', id: 'a' }],
    value: [{ text: 'warmte', id: 'v', also: { 'roadmap/1/returns': 'a0', 'vpc/0/gains': 'a1' } }],
    returns: [{ text: 'rust', for: { note: 'a' }, sdg: 3, due: '2026-12-01' }],
  },
  pairs: [
    {
      audience: 'a',
      value: 'v',
      notes: { pains: [{ text: 'tocht', id: 'p' }], relievers: [{ text: 'isoleren', id: 'r' }] },
    },
  ],
  links: [
    { from: { note: 'r' }, to: { note: 'p' }, kind: 'relieves' },
    { from: { note: 'v' }, to: { statement: 'ambition' } },
    { from: { note: 'v' }, to: 'Bakkerij' },
  ],
  comments: [{ note: 'v', text: 'mooi', created: 5 }],
  roadmap: { version: '2', order: '2 1 3 4 5 6', steps: { 1: { step: ['beginnen'] } } },
};

function opened(file: CaseFile): CaseDocument {
  return new CaseDocument(documentOfFile(file));
}

const joining = (): { newId: () => string; stamp: Record<string, string | number> } => {
  let count = 0;
  return { newId: () => `new-${(count += 1)}`, stamp: { author: 'anna', created: 9 } };
};

function idOf(document: CaseDocument, text: string): string | undefined {
  return document.allNotes().find((note) => note.text === text)?.id;
}

describe('a whole file', () => {
  it('shows on all three canvases, tied together', () => {
    const document = opened(FILE);
    const [pair] = document.pairs.value;
    const value = idOf(document, 'warmte') ?? '';

    expect(pair).toMatchObject({ audience: idOf(document, 'gezinnen'), value });
    expect(document.notesAt(`vpc/${pair?.id ?? ''}/gains`).value).toEqual([value]);
    expect(document.notesAt('roadmap/1/returns').value).toEqual([value]);
    expect(document.links.value.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      [idOf(document, 'isoleren'), idOf(document, 'tocht'), 'relieves'],
      [value, 'ambition', ''],
      [value, document.partners.value.find(({ name }) => name === 'Bakkerij')?.id, ''],
    ]);
    expect(document.comments.value.map(({ note, text }) => [note, text])).toEqual([[value, 'mooi']]);
    expect(document.roadmap.value).toMatchObject({ header: { version: '2' }, rows: ['2', '1', '3', '4', '5', '6'] });
    expect(document.partners.value[0]).toMatchObject({ name: 'Gemeente', mark: 'GD', colour: 3, hasOwnColour: true });
    expect(document.note(idOf(document, 'rust') ?? '').value).toMatchObject({
      for: idOf(document, 'gezinnen'),
      sdg: 3,
      due: '2026-12-01',
    });
  });

  const examples = path.resolve(import.meta.dirname, '../../server/examples');
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' });
  it.each(files.filter((name) => name.endsWith('.json') && !name.startsWith('summaries')))(
    'shows every note of %s',
    (name) => {
      const file = JSON.parse(readFileSync(path.join(examples, name), 'utf8')) as CaseFile;
      const document = opened(file);

      expect(document.allNotes()).toHaveLength(countNotes(file));
      expect(document.links.value).toHaveLength(file.links?.length ?? 0);
      expect(document.pairs.value).toHaveLength(file.pairs?.length ?? 0);
    },
  );
});

describe('joining a case', () => {
  it('knows a partner however its name is capitalised', () => {
    const document = documentOf('anna');
    const town = document.edit.addPartner('Gemeente Breda', 'government');
    const notes = { resources: [{ text: 'zaal', partner: ' gemeente BREDA' }] };
    document.edit.step(() => joinFile(document.doc, { notes }, joining()));

    expect(document.note(idOf(document, 'zaal') ?? '').value?.partner).toBe(town);
    expect(document.partners.value).toHaveLength(1);
  });

  it('comes behind what is there, knows its partners by name, and is one step of undo', () => {
    const document = documentOf('anna');
    const town = document.edit.addPartner('Gemeente', 'government');
    const first = document.edit.addNote('value', { text: 'eerst' });
    document.edit.setTitle('Onze case');

    document.edit.step(() =>
      joinFile(
        document.doc,
        { ...FILE, notes: { ...FILE.notes, resources: [{ text: 'zaal', partner: 'Gemeente' }] } },
        joining(),
      ),
    );

    expect(document.notesAt('value').value).toEqual([first, idOf(document, 'warmte')]);
    expect(document.meta.value.title).toBe('Onze case');
    expect(document.sortedNotes('impact').map((note) => note.text)).toEqual(['Elk huis warm']);
    expect(document.note(idOf(document, 'zaal') ?? '').value).toMatchObject({
      partner: town,
      author: 'anna',
      created: 9,
    });
    expect(document.partners.value.filter(({ name }) => name === 'Gemeente')).toHaveLength(1);

    document.edit.undo();
    expect(document.allNotes().map((note) => note.text)).toEqual(['eerst']);
    expect([document.pairs.value, document.links.value, document.comments.value]).toEqual([[], [], []]);
  });

  it('keeps what the roadmap says already', () => {
    const document = documentOf('anna');
    document.doc.getMap('roadmap').set('version', '1');

    document.edit.step(() => joinFile(document.doc, FILE, joining()));

    expect(document.roadmap.value).toMatchObject({ header: { version: '1' }, rows: ['1', '2', '3', '4', '5', '6'] });
  });
});
