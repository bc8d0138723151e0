// Rewriting updates to another client id (client/src/renumber.ts).

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { putBack, renumber, without } from '../../client/src/renumber';

const OLD = 77;
const NEW = 1_234_567_890;

/** A small generator of chance, so that a failure can be played again by its seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function docOf(client: number, ...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = client;
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

function contentOf(doc: Y.Doc): unknown {
  return { notes: doc.getMap('notes').toJSON(), impact: doc.getText('impact').toJSON() };
}

/** Change something: a new note, words in a note or in the statement, a field, a deletion. */
function change(doc: Y.Doc, pick: (below: number) => number): void {
  const notes = doc.getMap<Y.Map<unknown>>('notes');
  const impact = doc.getText('impact');
  const some = [...notes.values()][pick(Math.max(1, notes.size))];
  const text = some?.get('text') as Y.Text | undefined;
  switch (pick(6)) {
    case 0:
      notes.set(
        `n${pick(5)}`,
        new Y.Map<unknown>([
          ['text', new Y.Text(`é€😀${pick(9)}`)],
          ['place', 'value'],
        ] as never),
      );
      break;
    case 1:
      text?.insert(pick(text.length + 1), `w${pick(9)}`);
      break;
    case 2:
      if (text && text.length > 1) text.delete(pick(text.length - 1), 1);
      break;
    case 3:
      some?.set('order', `a${pick(99)}`);
      break;
    case 4:
      impact.insert(pick(impact.length + 1), 'zin ');
      break;
    default:
      notes.delete(`n${pick(5)}`);
  }
}

/** The updates that a number of changes make. */
function changes(doc: Y.Doc, count: number, pick: (below: number) => number): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const listen = (update: Uint8Array): void => void updates.push(update);
  doc.on('update', listen);
  for (let made = 0; made < count; made += 1) doc.transact(() => change(doc, pick));
  doc.off('update', listen);
  return updates;
}

describe('renumber', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('gives the same case under another id (seed %i)', (seed) => {
    const pick = chance(seed);
    const server = docOf(5);
    changes(server, 12, pick);
    const base = Y.encodeStateAsUpdate(server);
    const mine = docOf(OLD, base);
    const updates = changes(mine, 25, pick);

    const moved = updates.map((update) => renumber(update, { from: OLD, to: NEW, since: 0 }));
    const after = docOf(1, base, ...moved);

    expect(contentOf(after)).toEqual(contentOf(mine));
    expect(after.store.pendingStructs).toBeNull();
    expect(after.store.clients.has(OLD)).toBe(false);
    expect(Y.getState(after.store, NEW)).toBe(Y.getState(mine.store, OLD));
  });

  it.each(Array.from({ length: 20 }, (_, seed) => seed))('leaves what is saved under the old id (seed %i)', (seed) => {
    const pick = chance(seed);
    const mine = docOf(OLD);
    changes(mine, 10, pick);
    const base = Y.encodeStateAsUpdate(mine);
    const since = Y.getState(mine.store, OLD);
    const updates = changes(mine, 15, pick);

    const moved = updates.map((update) => renumber(update, { from: OLD, to: NEW, since }));
    const after = docOf(1, base, ...moved);

    expect(contentOf(after)).toEqual(contentOf(mine));
    expect(Y.getState(after.store, OLD)).toBe(since);
    expect(Y.getState(after.store, NEW)).toBe(Y.getState(mine.store, OLD) - since);
  });

  it('is undone by renumbering back', () => {
    const mine = docOf(OLD);
    const updates = changes(mine, 30, chance(3));

    const there = updates.map((update) => renumber(update, { from: OLD, to: NEW, since: 0 }));
    const back = there.map((update) => renumber(update, { from: NEW, to: OLD, since: 0 }));

    expect(Y.encodeStateAsUpdate(docOf(1, ...back))).toEqual(Y.encodeStateAsUpdate(docOf(1, ...updates)));
  });
});

describe('putBack', () => {
  it('brings my work beside that of whoever has the id, and an earlier page of mine along', () => {
    const theirs = docOf(OLD);
    theirs.getMap('notes').set('theirs', 'van een ander');
    const earlier = docOf(9);
    earlier.getText('impact').insert(0, 'van een vorige keer');
    const mine = docOf(OLD, Y.encodeStateAsUpdate(earlier));
    const own = changes(mine, 10, chance(1));
    const merged = docOf(1, Y.encodeStateAsUpdate(theirs));

    putBack({ client: OLD, own, difference: Y.encodeStateAsUpdate(mine) }, merged, 'mine');

    expect(merged.getMap('notes').toJSON()).toEqual({ ...mine.getMap('notes').toJSON(), theirs: 'van een ander' });
    expect(merged.getText('impact').toJSON()).toBe(mine.getText('impact').toJSON());
    expect(Y.getState(merged.store, OLD)).toBe(1);
  });

  it('leaves nothing pending when what it refers to is gone', () => {
    const theirs = docOf(5);
    theirs.getText('impact').insert(0, 'zin');
    const mine = docOf(OLD, Y.encodeStateAsUpdate(theirs));
    const own = changes(mine, 1, () => 4);
    const other = docOf(1);

    putBack({ client: OLD, own, difference: new Uint8Array([0, 0]) }, other, 'mine');

    expect(other.store.pendingStructs).toBeNull();
    expect(other.getText('impact').toJSON()).toBe('');
  });
});

describe('without', () => {
  it('leaves one client out, and what was deleted of it', () => {
    const mine = docOf(OLD);
    changes(mine, 20, chance(8));
    const both = docOf(9, Y.encodeStateAsUpdate(mine));
    both.getText('other').insert(0, 'ander');

    const rest = Y.decodeUpdate(without(Y.encodeStateAsUpdate(both), OLD));

    expect(rest.structs.every((struct) => struct.id.client === 9)).toBe(true);
    expect(rest.ds.clients.has(OLD)).toBe(false);
  });
});
