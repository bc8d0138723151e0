// A case in this browser's IndexedDB (client/src/local-copy.ts, copy-keeper.ts, copy-database.ts), seen through live sessions.

import { describe, expect, it, vi } from 'vitest';
import { countWaiting, forgetEverything } from '../../client/src/copy-database';
import { openLive } from '../../client/src/session-live';
import { knownCase, rememberCase, remembered } from '../../client/src/storage';
import { MESSAGE } from '../../client/src/sync';
import { syncMessages, takeIn, tellFrame } from './fake-server';
import { FakeSocket } from './fake-socket';
import {
  aNewBrowserEachTime,
  ME,
  crash,
  firstVisit,
  greet,
  open,
  reopened,
  saved,
  server,
  settle,
  tab,
  texts,
} from './local-copy-browser';

aNewBrowserEachTime();

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
