// Documents as messages (client/src/sync.ts); rule numbers are those of docs/protocol.md.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { CaseDocument } from '../../client/src/document';
import { Presence } from '../../client/src/presence';
import { MESSAGE, Sync } from '../../client/src/sync';
import { documentOf } from './documents';
import { helloFrame, syncFrame, syncMessages, takeIn, tellFrame } from './fake-server';

let document: CaseDocument;
let presence: Presence;
let sent: Uint8Array[];
let sync: Sync;
let server: Y.Doc;

beforeEach(() => {
  document = documentOf('anna');
  presence = new Presence();
  sent = [];
  sync = new Sync(document.doc, presence.awareness, (frame) => sent.push(frame));
  server = new Y.Doc();
});

function greet(): void {
  sync.receive(helloFrame());
  sync.begin();
  sync.receive(syncFrame(0, Y.encodeStateVector(server)));
}

describe('a connection', () => {
  it('[S1] begins by asking for what is lacking, and says where I am', () => {
    sync.begin();

    expect(syncMessages(sent).map((message) => message.step)).toEqual([0]);
    expect(sent.some((frame) => frame[0] === MESSAGE.awareness)).toBe(true);
  });

  it('[S2] gives the server what it lacks, and streams from then on', () => {
    document.edit.addNote('value', { text: 'voor de verbinding' });
    greet();
    document.edit.addNote('value', { text: 'erna' });

    takeIn(server, sent);
    expect(server.getMap('notes').size).toBe(2);
    expect(syncMessages(sent).map((message) => message.step)).toEqual([0, 1, 2]);
  });

  it('passes over what a newer server says: kinds it does not know, and fields it does not know', () => {
    greet();

    expect(sync.receive(tellFrame(199, { anything: 1 }))).toBeNull();
    expect(sync.receive(helloFrame({ invented: { later: true } }))).toMatchObject({ kind: 'hello', epoch: 1 });
    expect(sync.receive(tellFrame(MESSAGE.rules, { role: 'oracle', writable: true, invented: 1 }))).toMatchObject({
      role: 'viewer',
      editing: 'everyone',
    });
  });

  it('takes in what others wrote without sending it back', () => {
    greet();
    const other = documentOf('bo');
    other.edit.addNote('value', { text: 'van Bo' });
    const frames = sent.length;

    sync.receive(syncFrame(2, Y.encodeStateAsUpdate(other.doc)));

    expect(document.notesAt('value').value).toHaveLength(1);
    expect(sent).toHaveLength(frames);
    expect(sync.unsent.subjects.size).toBe(0);
  });

  it('[E1] reads who I am from hello, with defaults for what is absent', () => {
    expect(sync.receive(helloFrame({ role: 'nonsense', epoch: 7 }))).toEqual({
      kind: 'hello',
      me: { participant: 'anna', name: 'Anna', role: 'viewer', partner: null },
      epoch: 7,
      writable: true,
      now: null,
    });
  });

  it('passes over message types of a later release', () => {
    expect(sync.receive(tellFrame(120, { anything: true }))).toBeNull();
  });
});

describe('what is saved', () => {
  it("[E2] counts this connection's update frames, a deletion too", () => {
    greet();
    const id = document.edit.addNote('value');
    document.edit.deleteNote(id);
    expect(sync.unsent.subjects.size).toBe(1);

    sync.receive(tellFrame(MESSAGE.saved, { clocks: {}, updates: 2 }));
    expect(sync.unsent.subjects.size).toBe(1);
    sync.receive(tellFrame(MESSAGE.saved, { clocks: {}, updates: 3 }));
    expect(sync.unsent.subjects.size).toBe(0);
  });

  it('counts anew after the connection was lost', () => {
    greet();
    document.edit.addNote('value', { text: 'onderweg' });
    sync.lost();
    document.edit.addNote('value', { text: 'zonder verbinding' });
    expect(sync.unsent.subjects.size).toBe(2);

    greet();
    sync.receive(tellFrame(MESSAGE.saved, { clocks: {}, updates: 1 }));

    expect(sync.unsent.subjects.size).toBe(0);
    takeIn(server, sent);
    expect(server.getMap('notes').size).toBe(2);
  });

  it('[S6] sends everything again when the server asks again', () => {
    greet();
    document.edit.addNote('value');

    sync.receive(syncFrame(0, Y.encodeStateVector(server)));
    sync.receive(tellFrame(MESSAGE.saved, { clocks: {}, updates: 2 }));
    expect(sync.unsent.subjects.size).toBe(1);
    sync.receive(tellFrame(MESSAGE.saved, { clocks: {}, updates: 3 }));

    expect(sync.unsent.subjects.size).toBe(0);
  });

  it('[S6] sends what it has whole, though its own copy lost a piece', () => {
    const pieces: Uint8Array[] = [];
    const earlier = documentOf('anna');
    earlier.doc.on('update', (update: Uint8Array) => pieces.push(update));
    for (const text of ['een', 'twee', 'drie']) earlier.edit.addNote('value', { text });
    for (const piece of pieces.toSpliced(1, 1)) Y.applyUpdate(document.doc, piece);
    expect(document.doc.store.pendingStructs).not.toBeNull();

    greet();
    sync.receive(syncFrame(1, Y.encodeStateAsUpdate(server)));
    document.edit.addNote('value', { text: 'nieuw' });

    takeIn(server, sent);
    expect(server.store.pendingStructs).toBeNull();
    expect(document.doc.store.pendingStructs).toBeNull();
    const texts = [...server.getMap<Y.Map<Y.Text>>('notes').values()].map((note) => note.get('text')?.toJSON());
    expect(texts.sort()).toEqual(['een', 'nieuw']);
  });

  it('[E3] leaves the refused change unsaved, and what came before it until that is told saved', () => {
    greet();
    const before = document.edit.addNote('value', { text: 'goed' });
    const refused = document.edit.addNote('value', { text: 'geweigerd' });

    const event = sync.receive(
      tellFrame(MESSAGE.refused, {
        reason: 'limit',
        message: 'te lang',
        updates: 3,
      }),
    );

    expect(event).toEqual({
      kind: 'refused',
      reason: 'limit',
      message: 'te lang',
      updates: 3,
    });
    expect([...sync.unsent.subjects]).toEqual([`notes/${before}`, `notes/${refused}`]);
  });
});

describe('presence', () => {
  it('goes out at once when it changes, then at most ten times a second', () => {
    vi.useFakeTimers();
    greet();
    const before = sent.length;

    presence.tell({ at: 'value' });
    presence.tell({ at: 'returns' });
    presence.tell({ typing: true });
    expect(sent).toHaveLength(before + 1);
    vi.advanceTimersByTime(1000);

    expect(sent).toHaveLength(before + 2);
    expect(presence.awareness.getLocalState()).toMatchObject({ at: 'returns', typing: true });
    vi.useRealTimers();
  });

  it('is kept to oneself while there is no connection', () => {
    presence.tell({ at: 'value' });

    expect(sent).toEqual([]);
  });
});
