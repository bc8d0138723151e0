// What becomes of the copy in this browser when the server does not take what waits: refused, another role, a new epoch, another's client id.

import { describe, expect, it, vi } from 'vitest';
import { countWaiting } from '../../client/src/copy-database';
import { knownCase } from '../../client/src/storage';
import { MESSAGE } from '../../client/src/sync';
import { helloFrame, takeIn, tellFrame } from './fake-server';
import { FakeSocket } from './fake-socket';
import {
  aNewBrowserEachTime,
  crash,
  firstVisit,
  greet,
  reopened,
  saved,
  server,
  settle,
  tab,
  texts,
} from './local-copy-browser';

aNewBrowserEachTime();

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
