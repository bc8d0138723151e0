// The databases with copies of cases: what stands in one beside the document, and what is done with it as a whole.
//
// One copy at work is `local-copy.ts`. The list of copies is kept in localStorage, because not every browser can list its databases.

import * as idb from 'lib0/indexeddb';
import * as Y from 'yjs';
import { keptFor, sameAs } from './kept-texts';
import { copyName, forgetAll, forgetCase, knownCases, remember, remembered, rememberedUnder } from './storage';
import type { KeptText, Subject } from './unsent';
import { textsToKeep } from './unsent-texts';

/** The key that says that the document is whole: everything the server had was here once. */
export const WHOLE = 'whole';
const WAITING = 'waiting/';
const LIST = 'copies';

/** What a page wrote down as waiting; `version` rises each time it writes. */
export interface Waiting {
  readonly key: string;
  readonly version: number;
  readonly subjects: readonly Subject[];
}

/** What a database holds beside the document. */
export interface Bookkeeping {
  readonly isWhole: boolean;
  readonly waiting: readonly Waiting[];
}

type Store = ReturnType<typeof idb.transact>[number];

/** The key of what one page load has waiting. */
export function waitingKey(page: string): string {
  return WAITING + page;
}

/** Both stores of a database, in one transaction. */
export function storesOf(db: IDBDatabase): [updates: Store, custom: Store] {
  return idb.transact(db, ['updates', 'custom']) as [Store, Store];
}

/** What stands beside the document, in a transaction that does not wait for the document's. */
export function customOf(db: IDBDatabase): Store {
  return (idb.transact(db, ['custom']) as [Store])[0];
}

/** What the tabs that share a copy tell each other: all of it was removed, or what another page had waiting. */
export const EMPTIED = 'emptied';
export const SETTLED = 'settled';

/** How they tell it. */
export function channelOf(name: string): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;
}

/** Read what a database holds beside the document. Rejects in a browser that refuses IndexedDB. */
export function bookkeepingOf(name: string): Promise<Bookkeeping> {
  return withDatabase(name, (db) => readBookkeeping(customOf(db)));
}

/** Write a copy in the list, so that it can be forgotten later. */
export function listCopy(name: string): void {
  if (!listed().includes(name)) remember(LIST, JSON.stringify([...listed(), name]));
}

/** Put `state`, or nothing, in the place of all that a copy holds, in one step. Gives the texts that waited in it. */
export async function replaceCopy(
  name: string,
  state: Uint8Array | null,
  reason: string,
): Promise<readonly KeptText[]> {
  const texts = await withDatabase(name, async (db) => {
    const [updates, custom] = storesOf(db);
    const waiting = await textsWaiting(updates, custom, reason);
    updates.clear();
    custom.clear();
    if (state) await idb.addAutoKey(updates, state as never);
    else await idb.count(updates);
    return waiting;
  });
  const channel = channelOf(name);
  channel?.postMessage(EMPTIED);
  channel?.close();
  return texts;
}

/** Remove a copy for good. Gives the texts that waited in it. */
export async function removeCopy(name: string, reason: string): Promise<readonly KeptText[]> {
  const texts = await withDatabase(name, (db) => textsWaiting(...storesOf(db), reason));
  await deleteDatabase(name);
  return texts;
}

/** Count the changes that wait for a case in this browser, in its copies or in a tray, whoever made them. */
export async function countWaiting(caseId: string): Promise<number> {
  const found = await Promise.all((await copiesOf(caseId)).map(bookkeepingOf));
  const subjects = found.flatMap(({ waiting }) => waiting.flatMap((entry) => entry.subjects));
  const aside = rememberedUnder(`tray.${caseId}.`).flatMap((tray) => JSON.parse(tray) as KeptText[]);
  return new Set([...subjects, ...aside.map(({ id }) => id)]).size;
}

/** The texts of mine that were not saved in a case where I cannot come in any more. */
export async function strandedTexts(caseId: string, participant: string): Promise<readonly KeptText[]> {
  const mine = (await copiesOf(caseId)).filter((name) => name.startsWith(`${copyName(caseId, participant)}/`));
  const read = (name: string): Promise<readonly KeptText[]> =>
    withDatabase(name, (db) => textsWaiting(...storesOf(db), 'closed'));
  const waiting = (await Promise.all(mine.map(read).map((texts) => texts.catch(() => [])))).flat();
  const aside = keptFor(caseId, participant);
  return [...aside, ...waiting.filter((text) => !aside.some(sameAs(text)))];
}

/** Forget a case in this browser: its place in the list, its copies, and the texts put aside. */
export async function forgetEverything(caseId: string): Promise<void> {
  forgetCase(caseId);
  forgetAll(`tray.${caseId}.`);
  forgetAll(`seen.${caseId}`);
  forgetAll(`here.${caseId}`);
  for (const name of await copiesOf(caseId)) await deleteDatabase(name);
}

/** Remove the copies of cases that have fallen off the list of cases opened here, unless something waits in them. */
export async function removeForgotten(): Promise<void> {
  const isKnown = (name: string): boolean => knownCases().some(({ id }) => name.startsWith(`${copyName(id)}/`));
  for (const name of listed().filter((each) => !isKnown(each))) {
    if ((await bookkeepingOf(name)).waiting.length === 0) await deleteDatabase(name);
  }
}

/** The texts that wait in a database, whoever of its pages wrote them. */
async function textsWaiting(updates: Store, custom: Store, reason: string): Promise<readonly KeptText[]> {
  const { waiting } = await readBookkeeping(custom);
  const rows = (await idb.getAll(updates)) as Uint8Array[];
  const doc = new Y.Doc();
  for (const row of rows) Y.applyUpdate(doc, row);
  const texts = textsToKeep(new Set(waiting.flatMap(({ subjects }) => subjects)), doc, reason);
  doc.destroy();
  return texts;
}

async function readBookkeeping(custom: Store): Promise<Bookkeeping> {
  const entries = (await idb.getAllKeysValues(custom)) as { k: string; v: Omit<Waiting, 'key'> }[];
  const waiting = entries.filter(({ k }) => k.startsWith(WAITING)).map(({ k, v }) => ({ key: k, ...v }));
  return { isWhole: entries.some(({ k }) => k === WHOLE), waiting };
}

/** Do one thing with a database, made as y-indexeddb makes it when it is not there, and close it. */
async function withDatabase<T>(name: string, act: (db: IDBDatabase) => Promise<T>): Promise<T> {
  const db = await idb.openDB(name, (fresh: IDBDatabase) =>
    idb.createStores(fresh, [['updates', { autoIncrement: true }], ['custom']]),
  );
  try {
    return await act(db);
  } finally {
    db.close();
  }
}

async function copiesOf(caseId: string): Promise<readonly string[]> {
  // A browser may refuse IndexedDB, and Firefox could not list its databases until 2024.
  const factory = globalThis.indexedDB as IDBFactory | undefined;
  const known = factory && 'databases' in factory ? await factory.databases().catch(() => []) : [];
  const names = [...listed(), ...known.map(({ name }) => name ?? '')];
  return [...new Set(names)].filter((name) => name.startsWith(`${copyName(caseId)}/`));
}

async function deleteDatabase(name: string): Promise<void> {
  await idb.deleteDB(name);
  remember(LIST, JSON.stringify(listed().filter((other) => other !== name)));
}

function listed(): readonly string[] {
  return JSON.parse(remembered(LIST) ?? '[]') as string[];
}
