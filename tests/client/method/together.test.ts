// Several people at once in the same pairs, steps and links: whatever meets whatever, the case stays whole, and no note is lost from view.

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { CaseDocument } from '../../../client/src/document';
import { NOTE_PIECES, ROADMAP_CELLS, ROADMAP_ROWS, VPC_CELLS, type Place } from '../../../client/src/domain';
import {
  addComment,
  addLink,
  addPair,
  hideFrom,
  moveRow,
  removeLink,
  removePair,
  showAlso,
} from '../../../client/src/method-edits';
import { balanceOf } from '../../../client/src/method/balance';
import { looseEnds } from '../../../client/src/method/loose-ends';
import { pictureOf } from '../../../client/src/method/picture';
import { documentOf } from '../documents';

const ROUNDS = 40;
const ACTS = 6;

/** A small generator of numbers that a seed repeats. */
function chooser(seed: number): <T>(items: readonly T[]) => T | undefined {
  let state = seed * 7919 + 1;
  return (items) => {
    state = (state * 48271) % 2147483647;
    return items[state % Math.max(1, items.length)];
  };
}

/** The places of all that is shown: a pair without its target group or value is not. */
function placesOf(document: CaseDocument): readonly Place[] {
  const isThere = (id: string): boolean => document.note(id).value !== undefined;
  const pairs = document.pairs.value.filter(({ audience, value }) => isThere(audience) && isThere(value));
  return [
    ...NOTE_PIECES,
    ...pairs.flatMap(({ id }) => VPC_CELLS.map((cell) => `vpc/${id}/${cell}`)),
    ...ROADMAP_ROWS.flatMap((row) => ROADMAP_CELLS.map((cell) => `roadmap/${row}/${cell}`)),
  ];
}

function act(document: CaseDocument, pick: ReturnType<typeof chooser>, count: number): void {
  const notes = document.allNotes();
  const [note, other] = [pick(notes), pick(notes)];
  const place = pick(placesOf(document)) ?? 'value';
  const kinds = [
    'add',
    'add',
    'move',
    'delete',
    'pair',
    'unpair',
    'link',
    'unlink',
    'row',
    'show',
    'hide',
    'say',
    'undo',
  ];
  switch (pick(kinds) ?? '') {
    case 'add':
      document.edit.addNote(place, { text: `note ${count}` });
      break;
    case 'move':
      if (note) document.edit.moveNote(note.id, place);
      break;
    case 'delete':
      if (note) document.edit.deleteNote(note.id);
      break;
    case 'pair':
      if (note && other) addPair(document, note.id, other.id);
      break;
    case 'unpair':
      removePair(document, pick(document.pairs.value)?.id ?? '');
      break;
    case 'link':
      if (note && other) addLink(document, { from: note.id, to: other.id, kind: 'related' });
      break;
    case 'unlink':
      removeLink(document, pick(document.links.value)?.id ?? '');
      break;
    case 'row':
      moveRow(document, pick(ROADMAP_ROWS) ?? '1', count % 6);
      break;
    case 'show':
      if (note) showAlso(document, note.id, place);
      break;
    case 'hide':
      if (note) hideFrom(document, note.id, pick(Object.keys(note.also)) ?? '');
      break;
    case 'say':
      if (note) addComment(document, note.id, `said ${count}`);
      break;
    default:
      document.edit.undo();
  }
}

function exchange(documents: readonly CaseDocument[]): void {
  const all = documents.map(({ doc }) => Y.encodeStateAsUpdate(doc));
  for (const { doc } of documents) for (const update of all) Y.applyUpdate(doc, update);
}

function plain({ doc }: CaseDocument): unknown {
  return ['notes', 'pairs', 'links', 'comments', 'roadmap'].map((root) => doc.getMap(root).toJSON());
}

describe('three people at once', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('leave a whole case (seed %i)', (seed) => {
    const people = ['anna', 'bo', 'cees'].map((name) => documentOf(name));
    const pick = chooser(seed);
    let count = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const document of people) for (let each = 0; each < ACTS; each += 1) act(document, pick, (count += 1));
      exchange(people);
    }

    const [anna, ...others] = people as [CaseDocument, ...CaseDocument[]];
    for (const other of others) expect(plain(other)).toEqual(plain(anna));
    expect([...anna.roadmap.value.rows].sort()).toEqual([...ROADMAP_ROWS]);
    expectNothingLost(anna);
    expect(balanceOf(pictureOf(anna)).whole.gives.notes).toHaveLength(
      anna.allNotes().filter(({ place }) => place === 'contributions').length,
    );
  });
});

/** Every note with words is on a canvas, or among the loose ends that put it back on one. */
function expectNothingLost(document: CaseDocument): void {
  const visible = new Set(placesOf(document).flatMap((place) => document.notesAt(place).value));
  const homeless = new Set(
    looseEnds(pictureOf(document)).flatMap(({ kind, note }) => (kind === 'homeless' && note ? [note.id] : [])),
  );
  for (const note of document.allNotes()) expect(visible.has(note.id) || homeless.has(note.id), note.place).toBe(true);
}
