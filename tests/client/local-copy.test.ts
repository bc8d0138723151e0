// A case in this browser's IndexedDB (client/src/local-copy.ts, copy-keeper.ts, copy-database.ts), seen through live sessions.

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { countWaiting, forgetEverything } from '../../client/src/copy-database';
import type { CaseSession } from '../../client/src/session';
import { openLive } from '../../client/src/session-live';
import { knownCase, rememberCase, remembered } from '../../client/src/storage';
import { MESSAGE } from '../../client/src/sync';
import { documentOf } from './documents';
import { helloFrame, syncFrame, syncMessages, takeIn, tellFrame } from './fake-server';
import { FakeSocket } from './fake-socket';

const ME = {
  participant: 'anna',
  name: 'Anna',
  role: 'partner',
  partner: null,
  title: 'Wind',
  language: 'nl',
} as const;

let server: Y.Doc;
let open: CaseSession[];

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('WebSocket', FakeSocket);
  localStorage.clear();
  FakeSocket.opened.length = 0;
  server = documentOf('bo').doc;
  open = [];
  rememberCase({ id: 'case', title: 'Wind', role: 'partner', openedAt: 1, me: ME });
});

afterEach(() => {
  for (const session of open) session.close();
  vi.unstubAllGlobals();
});

/** Open the case in a tab of its own; its socket is the one given along. */
function tab(): { session: CaseSession; socket: () => FakeSocket } {
  const before = FakeSocket.opened.length;
  const session = openLive('case', ME);
  open.push(session);
  const first = FakeSocket.opened[before];
  const isOnly = open.length === 1;
  return { session, socket: () => (isOnly || !first ? FakeSocket.last() : first) };
}

function greet(socket: FakeSocket, hello: Record<string, unknown> = {}): void {
  socket.onopen?.();
  socket.hear(helloFrame(hello));
  socket.hear(syncFrame(0, Y.encodeStateVector(server)));
  socket.hear(syncFrame(1, Y.encodeStateAsUpdate(server)));
}

function saved(socket: FakeSocket, updates: number): void {
  socket.hear(tellFrame(MESSAGE.saved, { clocks: {}, updates }));
}

/** Be in the case once, with a connection, until its copy is kept. */
async function firstVisit(): Promise<ReturnType<typeof tab>> {
  const visit = tab();
  greet(visit.socket());
  saved(visit.socket(), 1);
  await isKept(visit);
  return visit;
}

async function isKept({ session, socket }: ReturnType<typeof tab>): Promise<void> {
  socket().onclose?.({ code: 1006 });
  await vi.waitFor(() => expect(session.saving.value).toMatchObject({ kind: 'offline', kept: true }));
}

/** Let what was typed reach the disk, then end the page as a crash would. */
async function crash(session: CaseSession): Promise<void> {
  await settle();
  session.close();
  open.splice(open.indexOf(session), 1);
  await settle();
}

/** Let IndexedDB do what it was asked. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

async function reopened(): Promise<ReturnType<typeof tab>> {
  const again = tab();
  await vi.waitFor(() => expect(again.session.document.value.ready.value).toBe(true));
  return again;
}

const texts = (session: CaseSession): string[] => session.document.value.allNotes().map((note) => note.text);

describe('a case in this browser', () => {
  it('is there after a reload without a network, with what waits, and is never called saved', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'een' });
    session.document.value.edit.addNote('value', { text: 'twee' });
    await crash(session);

    const again = await reopened();

    expect(texts(again.session).sort()).toEqual(['een', 'twee']);
    expect(again.session.saving.value.kind).toBe('connecting');
    expect(again.session.writable.value).toBe(true);
    again.socket().onclose?.({ code: 1006 });
    expect(again.session.saving.value).toEqual({ kind: 'offline', unsent: 2, kept: true });
  });

  it('sends what waited once, and counts it until it is saved', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'bewaard' });
    await crash(session);
    const again = await reopened();
    const first = session.document.value.doc.clientID;

    greet(again.socket());
    expect(again.session.saving.value).toEqual({ kind: 'saving', unsent: 1 });
    takeIn(server, again.socket().sent);
    saved(again.socket(), 1);

    expect(again.session.saving.value).toEqual({ kind: 'saved' });
    expect(server.getMap('notes').size).toBe(1);
    expect(again.session.document.value.doc.clientID).not.toBe(first);
    await crash(again.session);
    expect(await countWaiting('case')).toBe(0);
  });

  it('is merged when it comes after the hello of the same epoch', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'van eerder' });
    await crash(session);

    const again = tab();
    greet(again.socket());
    saved(again.socket(), 1);
    await vi.waitFor(() => expect(again.session.saving.value).toEqual({ kind: 'saving', unsent: 1 }));
    expect(texts(again.session)).toEqual(['van eerder']);
    takeIn(server, again.socket().sent);
    saved(again.socket(), syncMessages(again.socket().sent).filter(({ step }) => step > 0).length);

    expect(again.session.saving.value).toEqual({ kind: 'saved' });
    expect(server.getMap('notes').size).toBe(1);
  });

  it('says that something is on its way when nobody counted it', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'ongeteld' });
    await crash(session);
    const again = await reopened();
    await settle();
    // What the copy held was counted; a change that was not is found by comparing with the server.
    again.session.document.value.doc.transact(() => undefined);

    greet(again.socket());

    expect(again.session.saving.value.kind).toBe('saving');
  });

  it('is not needed: without IndexedDB everything goes on, and says that it is not kept', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const { session, socket } = tab();
    greet(socket());
    saved(socket(), 1);
    expect(session.saving.value).toEqual({ kind: 'saved' });
    socket().onclose?.({ code: 1006 });
    session.document.value.edit.addNote('value', { text: 'toch' });
    await settle();

    expect(session.saving.value).toEqual({ kind: 'offline', unsent: 1, kept: false });
  });

  it('is never of two people: another participant finds nothing of mine', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'van Anna' });
    await crash(session);
    rememberCase({ id: 'case', title: 'Wind', role: 'partner', openedAt: 2, me: { ...ME, participant: 'bo' } });

    const bo = openLive('case', { ...ME, participant: 'bo' });
    open.push(bo);
    greet(FakeSocket.last(), { participant: 'bo' });
    await settle();

    expect(texts(bo)).toEqual([]);
    expect(await countWaiting('case')).toBe(1);
  });

  it('makes way when someone else joined in this browser: nothing of mine goes out under their name', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
    const { session, socket } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'van Anna' });
    session.retry();
    greet(socket(), { participant: 'bo' });

    expect(reload).toHaveBeenCalledOnce();
    expect(syncMessages(socket().sent)).toEqual([]);
  });
});

describe('two tabs of one case', () => {
  it('count each other’s work from before, and each its own', async () => {
    const one = await firstVisit();
    one.session.document.value.edit.addNote('value', { text: 'van tab een' });
    await settle();
    const two = await reopened();
    const socketTwo = two.socket();
    two.session.document.value.edit.addNote('value', { text: 'van tab twee' });
    socketTwo.onclose?.({ code: 1006 });
    expect(two.session.saving.value).toMatchObject({ kind: 'offline', unsent: 2 });

    two.session.retry();
    greet(FakeSocket.last());
    takeIn(server, FakeSocket.last().sent);
    saved(FakeSocket.last(), 1);
    await settle();

    expect(two.session.saving.value).toEqual({ kind: 'saved' });
    expect(server.getMap('notes').size).toBe(2);
    expect(one.session.saving.value).toMatchObject({ kind: 'offline', unsent: 1 });
  });

  it('do not settle what the other wrote since, though it be in the same note', async () => {
    const one = await firstVisit();
    const id = one.session.document.value.edit.addNote('value', { text: 'eerst' });
    await settle();
    const two = await reopened();
    const text = one.session.document.value.noteText(id);
    if (text) one.session.document.value.edit.setText(text, 'eerst, en daarna');
    await settle();

    greet(two.socket());
    saved(two.socket(), 1);
    await settle();

    expect(two.session.saving.value).toEqual({ kind: 'saved' });
    expect(await countWaiting('case')).toBe(1);
  });

  it('keep the other’s work on disk when one of them is refused', async () => {
    const one = await firstVisit();
    one.session.retry();
    const socketOne = FakeSocket.last();
    greet(socketOne);
    saved(socketOne, 1);
    const two = await reopened();
    two.socket().onclose?.({ code: 1006 });
    two.session.document.value.edit.addNote('value', { text: 'van tab twee' });
    await settle();

    one.session.document.value.edit.addNote('value', { text: 'geweigerd' });
    socketOne.hear(tellFrame(MESSAGE.refused, { reason: 'limit', message: '', updates: 2 }));
    await settle();
    await crash(two.session);
    await crash(one.session);

    expect(texts((await reopened()).session)).toEqual(['van tab twee']);
  });
});

describe('a refused change', () => {
  it('is gone from the copy, and never sent again, also after a reload', async () => {
    const { session, socket } = await firstVisit();
    session.retry();
    greet(socket());
    saved(socket(), 1);
    session.document.value.edit.addNote('value', { text: 'geweigerd' });
    await settle();
    const before = FakeSocket.opened.length;
    socket().hear(tellFrame(MESSAGE.refused, { reason: 'shape', message: 'no', updates: 2 }));
    await vi.waitFor(() => expect(FakeSocket.opened.length).toBe(before + 1));
    expect(session.saving.value.kind).not.toBe('saved');
    await crash(session);

    const again = tab();
    await settle();
    greet(again.socket());
    await settle();

    expect(texts(again.session)).toEqual([]);
    takeIn(server, again.socket().sent);
    expect(server.getMap('notes').size).toBe(0);
    expect(again.session.keptAside.value).toMatchObject([{ text: 'geweigerd', place: 'value', reason: 'shape' }]);
  });

  it.each([1009, 4400])('cannot come back by close code %i either', async (code) => {
    const { session, socket } = await firstVisit();
    session.retry();
    greet(socket());
    session.document.value.edit.addNote('value', { text: 'te veel' });
    await settle();
    socket().onclose?.({ code });
    expect(session.saving.value).toMatchObject({ kind: 'closed', code });
    expect(session.keptAside.value).toMatchObject([{ text: 'te veel', reason: 'closed' }]);
    await crash(session);

    const again = tab();
    await settle();
    greet(again.socket());
    await settle();
    expect(texts(again.session)).toEqual([]);
  });

  it.each([4401, 4403, 4404])('waits in the copy, and shows in the tray, after close code %i', async (code) => {
    const { session, socket } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'gestrand' });
    session.retry();
    socket().onclose?.({ code });
    expect(session.keptAside.value).toMatchObject([{ text: 'gestrand', reason: 'closed' }]);
    await crash(session);

    expect(await countWaiting('case')).toBe(1);
  });
});

describe('a role that was lowered meanwhile', () => {
  it.each(['before', 'after'])('puts what waited in the tray when the copy comes %s the hello', async (when) => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'mocht toen nog' });
    await crash(session);

    const again = when === 'before' ? await reopened() : tab();
    const before = FakeSocket.opened.length;
    greet(again.socket(), { role: 'viewer', writable: false });
    await vi.waitFor(() => expect(FakeSocket.opened.length).toBe(before + 1));
    greet(FakeSocket.last(), { role: 'viewer', writable: false });
    await settle();

    expect(again.session.keptAside.value).toMatchObject([{ text: 'mocht toen nog', reason: 'role' }]);
    expect(again.session.saving.value).toEqual({ kind: 'read-only', reason: 'role' });
    expect(texts(again.session)).toEqual([]);
  });
});

describe('a new epoch', () => {
  it('[E1] offers what waited in the old copy when the hello comes first, and forgets that copy', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'te laat' });
    await crash(session);

    const again = tab();
    greet(again.socket(), { epoch: 2 });
    await vi.waitFor(() => expect(again.session.keptAside.value).toMatchObject([{ text: 'te laat', reason: 'epoch' }]));
    await settle();

    expect(texts(again.session)).toEqual([]);
    takeIn(server, again.socket().sent);
    expect(server.getMap('notes').size).toBe(0);
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['puzzeltafel/case/anna/2']);
    expect(knownCase('case')?.epoch).toBe(2);
  });

  it('[E1] offers it when the copy was there first, in a fresh document under a fresh client id', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'te laat' });
    await crash(session);

    const again = await reopened();
    const before = again.session.document.value.doc.clientID;
    await settle();
    greet(again.socket(), { epoch: 2 });
    await settle();

    expect(again.session.keptAside.value).toMatchObject([{ text: 'te laat', place: 'value', reason: 'epoch' }]);
    expect(again.session.document.value.doc.clientID).not.toBe(before);
    expect(texts(again.session)).toEqual([]);
  });
});

describe('a Yjs client id of someone else', () => {
  function claim(socket: FakeSocket, client: number): void {
    socket.hear(tellFrame(MESSAGE.people, { people: {}, clients: { [String(client)]: 'bo' } }));
  }

  it('[E4] is left at once while nothing was written under it', async () => {
    const { session, socket } = tab();
    const { clientID } = session.document.value.doc;
    socket().onopen?.();
    socket().hear(helloFrame());
    claim(socket(), clientID);
    await settle();

    expect(session.document.value.doc.clientID).not.toBe(clientID);
    expect(FakeSocket.opened).toHaveLength(1);
  });

  it.each(['people', 'refused'])('[S7] is changed without losing my work, when %s tells', async (how) => {
    const { session, socket } = await firstVisit();
    const { clientID } = session.document.value.doc;
    const id = session.document.value.edit.addNote('value', { text: 'mijn werk' });
    session.retry();
    const before = FakeSocket.opened.length;
    socket().onopen?.();
    socket().hear(helloFrame());
    if (how === 'people') claim(socket(), clientID);
    else {
      greet(socket());
      socket().hear(tellFrame(MESSAGE.refused, { reason: 'client-id', message: '', updates: 1 }));
    }
    await vi.waitFor(() => expect(FakeSocket.opened.length).toBe(before + 1));
    greet(socket());

    expect(session.saving.value).toMatchObject({ kind: 'saving' });
    expect(session.document.value.note(id).value?.text).toBe('mijn werk');
    takeIn(server, socket().sent);
    expect(server.getMap('notes').size).toBe(1);
    expect(server.store.clients.has(clientID)).toBe(false);
    saved(socket(), 2);
    expect(session.saving.value).toEqual({ kind: 'saved' });
    expect(session.keptAside.value).toEqual([]);
    await settle();
    await crash(session);
    expect(texts((await reopened()).session)).toEqual(['mijn werk']);
  });

  it('[S7] goes to the tray when it happens too often in a row', async () => {
    const { session, socket } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'mijn werk' });
    session.retry();
    for (let round = 0; round < 4; round += 1) {
      const before = FakeSocket.opened.length;
      greet(socket());
      socket().hear(tellFrame(MESSAGE.refused, { reason: 'client-id', message: '', updates: 2 }));
      await vi.waitFor(() => expect(FakeSocket.opened.length).toBe(before + 1));
    }

    expect(session.keptAside.value).toMatchObject([{ text: 'mijn werk', reason: 'client-id' }]);
    greet(socket());
    await settle();
    expect(texts(session)).toEqual([]);
  });
});

describe('forgetting a case', () => {
  it('removes its copies of everyone, its tray and its place in the list, and leaves other cases', async () => {
    const { session } = await firstVisit();
    session.document.value.edit.addNote('value', { text: 'weg ermee' });
    session.retry();
    FakeSocket.last().onclose?.({ code: 4401 });
    await crash(session);
    rememberCase({ id: 'other', title: 'Water', role: 'viewer', openedAt: 3 });

    await forgetEverything('case');

    expect(await indexedDB.databases()).toEqual([]);
    expect(knownCase('case')).toBeNull();
    expect(remembered('tray.case.anna')).toBeNull();
    expect(knownCase('other')).not.toBeNull();
  });
});
