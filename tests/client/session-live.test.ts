// A live session (client/src/session-live.ts): the truth about saving, and nothing typed is lost.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { CaseSession } from '../../client/src/session';
import { openLive } from '../../client/src/session-live';
import { MESSAGE } from '../../client/src/sync';
import { documentOf } from './documents';
import { helloFrame, syncFrame, takeIn, tellFrame } from './fake-server';
import { FakeSocket } from './fake-socket';

const ME = {
  participant: 'anna',
  name: 'Anna',
  role: 'partner',
  partner: null,
} as const;
let server: Y.Doc;
let session: CaseSession;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.opened.length = 0;
  server = documentOf('bo').doc;
  session = openLive('case', ME);
});

afterEach(() => {
  session.close();
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const socket = (): FakeSocket => FakeSocket.last();

function hear(frame: Uint8Array): void {
  socket().onmessage?.({ data: new Uint8Array(frame).buffer });
}

/** Wait until the client has come back after what was refused was put away. */
async function comesBack(connections: number): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(connections));
}

function greet(hello: Record<string, unknown> = {}): void {
  socket().onopen?.();
  hear(helloFrame(hello));
  hear(syncFrame(1, Y.encodeStateAsUpdate(server)));
  hear(syncFrame(0, Y.encodeStateVector(server)));
}

function saved(updates: number): void {
  hear(tellFrame(MESSAGE.saved, { clocks: {}, updates }));
}

describe('saving', () => {
  it('is never said before the server said so', () => {
    expect(session.saving.value).toEqual({ kind: 'connecting' });
    greet();
    saved(1);
    expect(session.saving.value).toEqual({ kind: 'saved' });

    session.document.value.edit.addNote('value', { text: 'nieuw' });
    expect(session.saving.value).toEqual({ kind: 'saving', unsent: 1 });
    saved(2);

    expect(session.saving.value).toEqual({ kind: 'saved' });
  });

  it('counts what waits without a connection, and sends it on return', () => {
    greet();
    saved(1);
    socket().onclose?.({ code: 1006 });
    session.document.value.edit.addNote('value', { text: 'een' });
    session.document.value.edit.addNote('value', { text: 'twee' });
    expect(session.saving.value).toEqual({ kind: 'offline', unsent: 2, kept: false });
    expect(session.writable.value).toBe(true);

    session.retry();
    greet();
    saved(1);

    expect(session.saving.value).toEqual({ kind: 'saved' });
    takeIn(server, socket().sent);
    expect(server.getMap('notes').size).toBe(2);
  });

  it('[E5] says when the room cannot be written in', () => {
    greet();
    hear(tellFrame(MESSAGE.state, { writable: false, reason: 'storage' }));

    expect(session.saving.value).toEqual({
      kind: 'read-only',
      reason: 'storage',
    });
    expect(session.writable.value).toBe(false);
  });

  it('leaves a viewer nothing to write', () => {
    greet({ role: 'viewer', writable: false });

    expect(session.saving.value).toEqual({ kind: 'read-only', reason: 'role' });
    expect(session.writable.value).toBe(false);
  });
});

describe('a change that cannot be saved', () => {
  it('[E3] is put aside with the reason, and the document begins anew', async () => {
    greet();
    saved(1);
    const before = session.document.value;
    before.edit.addNote('value', { text: 'mijn woorden' });
    hear(
      tellFrame(MESSAGE.refused, {
        reason: 'limit',
        message: 'Dit is te lang.',
        updates: 2,
      }),
    );

    expect(session.keptAside.value).toMatchObject([{ text: 'mijn woorden', place: 'value', reason: 'limit' }]);
    expect(session.document.value).not.toBe(before);
    await comesBack(2);
    greet();
    expect(session.document.value.allNotes()).toEqual([]);
    expect(session.writable.value).toBe(true);
  });

  it('[E1] is put aside when the case was replaced meanwhile', () => {
    greet();
    saved(1);
    socket().onclose?.({ code: 4410 });
    session.document.value.edit.addNote('value', { text: 'te laat' });
    session.retry();
    greet({ epoch: 2 });

    expect(session.keptAside.value.map((kept) => kept.text)).toEqual(['te laat']);
    takeIn(server, socket().sent);
    expect(server.getMap('notes').size).toBe(0);
  });

  it('is not kept when it turns out to be saved after all', async () => {
    greet();
    saved(1);
    session.document.value.edit.addNote('value', { text: 'toch gelukt' });
    takeIn(server, socket().sent);
    hear(
      tellFrame(MESSAGE.refused, {
        reason: 'limit',
        message: 'iets anders',
        updates: 2,
      }),
    );
    expect(session.keptAside.value).toHaveLength(1);

    await comesBack(2);
    greet();

    expect(session.keptAside.value).toEqual([]);
  });
});

describe('people', () => {
  it('[E4] tell who wrote a note that does not name its author', () => {
    const bo = documentOf('bo');
    const id = bo.edit.addNote('value', { text: 'van Bo' });
    server = bo.doc;
    bo.doc.getMap<Y.Map<unknown>>('notes').get(id)?.delete('author');
    greet();
    hear(
      tellFrame(MESSAGE.people, {
        people: { 'bo-1': { name: 'Bo Kaya', partner: null, role: 'partner' } },
        clients: { [String(bo.doc.clientID)]: 'bo-1' },
      }),
    );

    const note = session.document.value.note(id).value;
    expect(note && session.authorOf(note)?.name).toBe('Bo Kaya');
  });
});

describe('the time', () => {
  it('[E1] of what I make is the server’s, when the clock of this device is wrong', () => {
    const made = (): number | undefined => {
      const id = session.document.value.edit.addNote('value', { text: 'nu' });
      return session.document.value.note(id).value?.created;
    };
    vi.setSystemTime(1_000_000_000_000);
    expect(made()).toBe(1_000_000_000_000);
    greet({ now: 1_790_000_000_000 });
    vi.setSystemTime(1_000_000_005_000);

    expect(made()).toBe(1_790_000_005_000);
  });
});

describe('what a facilitator decides', () => {
  function rules(change: Record<string, unknown>): void {
    hear(
      tellFrame(MESSAGE.rules, {
        role: 'partner',
        writable: true,
        paused: false,
        editing: 'everyone',
        locked: [],
        ...change,
      }),
    );
  }

  it('holds everything while the case is paused, and goes on by itself', () => {
    greet();
    saved(1);
    rules({ paused: true });
    expect(session.saving.value).toEqual({ kind: 'read-only', reason: 'paused' });
    expect(session.writable.value).toBe(false);
    rules({});

    expect(session.saving.value).toEqual({ kind: 'saved' });
    expect(session.writable.value).toBe(true);
  });

  it('lets a facilitator go on while the case is paused', () => {
    greet({ role: 'facilitator' });
    saved(1);
    rules({ role: 'facilitator', paused: true });

    expect(session.writable.value).toBe(true);
  });

  it('[R3] keeps me out of what is locked, and a facilitator in', () => {
    greet();
    saved(1);
    rules({ locked: ['returns', 'roadmap/3'] });

    expect(
      ['returns', 'resources', 'roadmap/3/skills', 'roadmap/4/skills'].map((place) => session.writableAt(place)),
    ).toEqual([false, true, false, true]);
    rules({ role: 'facilitator', locked: ['returns'] });
    expect(session.writableAt('returns')).toBe(true);
  });

  it('[E7] tells a facilitator who waits, and nobody who no longer is one', () => {
    const waiting = [{ id: 'bo', name: 'Bo', partner: null, since: 5 }];
    greet({ role: 'facilitator' });
    hear(tellFrame(MESSAGE.waiting, { waiting }));
    expect(session.waiting.value).toEqual(waiting);
    rules({ role: 'partner' });

    expect(session.waiting.value).toEqual([]);
  });

  it('takes in another role at once, also one that is raised again', () => {
    greet();
    saved(1);
    rules({ role: 'viewer', writable: false });
    expect(session.saving.value).toEqual({ kind: 'read-only', reason: 'role' });
    expect(session.writable.value).toBe(false);
    rules({ role: 'facilitator' });

    expect(session.me.value?.role).toBe('facilitator');
    expect(session.writable.value).toBe(true);
  });

  it('ends the connection of who was taken out, and does not knock again', () => {
    greet();
    socket().onclose?.({ code: 4405 });
    vi.advanceTimersByTime(600_000);

    expect(session.saving.value).toEqual({ kind: 'closed', code: 4405, unsent: 0 });
    expect(FakeSocket.opened).toHaveLength(1);
  });
});
