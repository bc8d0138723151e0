// A browser in which a case is opened, closed and opened again, with tabs and crashes: what the tests of its copy have in common.

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import * as Y from 'yjs';
import type { CaseSession } from '../../client/src/session';
import { openLive } from '../../client/src/session-live';
import { rememberCase } from '../../client/src/storage';
import { MESSAGE } from '../../client/src/sync';
import { documentOf } from './documents';
import { helloFrame, syncFrame, tellFrame } from './fake-server';
import { FakeSocket } from './fake-socket';

export const ME = {
  participant: 'anna',
  name: 'Anna',
  role: 'partner',
  partner: null,
  title: 'Wind',
  language: 'nl',
} as const;

export let server: Y.Doc;
export let open: CaseSession[];

/** Give every test a browser that was never here, and a server with one case. */
export function aNewBrowserEachTime(): void {
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
}

/** Open the case in a tab of its own; its socket is the one given along. */
export function tab(): { session: CaseSession; socket: () => FakeSocket } {
  const before = FakeSocket.opened.length;
  const session = openLive('case', ME);
  open.push(session);
  const first = FakeSocket.opened[before];
  const isOnly = open.length === 1;
  return { session, socket: () => (isOnly || !first ? FakeSocket.last() : first) };
}

export function greet(socket: FakeSocket, hello: Record<string, unknown> = {}): void {
  socket.onopen?.();
  socket.hear(helloFrame(hello));
  socket.hear(syncFrame(0, Y.encodeStateVector(server)));
  socket.hear(syncFrame(1, Y.encodeStateAsUpdate(server)));
}

export function saved(socket: FakeSocket, updates: number): void {
  socket.hear(tellFrame(MESSAGE.saved, { clocks: {}, updates }));
}

/** Be in the case once, with a connection, until its copy is kept. */
export async function firstVisit(): Promise<ReturnType<typeof tab>> {
  const visit = tab();
  greet(visit.socket());
  saved(visit.socket(), 1);
  await isKept(visit);
  return visit;
}

export async function isKept({ session, socket }: ReturnType<typeof tab>): Promise<void> {
  socket().onclose?.({ code: 1006 });
  await vi.waitFor(() => expect(session.saving.value).toMatchObject({ kind: 'offline', kept: true }));
}

/** Let what was typed reach the disk, then end the page as a crash would. */
export async function crash(session: CaseSession): Promise<void> {
  await settle();
  session.close();
  open.splice(open.indexOf(session), 1);
  await settle();
}

/** Let IndexedDB do what it was asked. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

export async function reopened(): Promise<ReturnType<typeof tab>> {
  const again = tab();
  await vi.waitFor(() => expect(again.session.document.value.ready.value).toBe(true));
  return again;
}

export const texts = (session: CaseSession): string[] => session.document.value.allNotes().map((note) => note.text);
