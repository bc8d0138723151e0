// Opens the pages without a network: keeps the shell (one page for all addresses, and the files it is made of) in a cache of its build.
//
// Pages come from the network when it answers in time, else from the cache; hashed files never change, so they come from the cache first.
// What the server says (`/api`, `/ws`, `/healthz`) is never touched: what a case holds is kept by `local-copy.ts`. A new build waits until
// the last page of the old one is closed, so that no page misses the files it was built with.

declare const BUILD_ID: string;
declare const SHELL_FILES: readonly string[];

/** How long a page may be waited for before the kept one is shown. */
const PATIENCE_MS = 3000;
const SHELL = '/';
const CACHE_PREFIX = 'puzzeltafel-';
const CACHE = CACHE_PREFIX + BUILD_ID;
const SERVER_ONLY = /^\/(api|ws|healthz)(\/|$)/;

interface LastingEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface AskingEvent extends LastingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope extends EventTarget {
  readonly clients: { claim(): Promise<void> };
}

const worker = globalThis as unknown as WorkerScope;

worker.addEventListener('install', (event) => (event as LastingEvent).waitUntil(keepShell()));
worker.addEventListener('activate', (event) => (event as LastingEvent).waitUntil(takeOver()));
worker.addEventListener('fetch', (event) => answer(event as AskingEvent));

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([new Request(SHELL, { cache: 'reload' }), ...SHELL_FILES]);
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

function answer(event: AskingEvent): void {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || SERVER_ONLY.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
}

/** The page from the network, or the kept one when that fails, takes too long, or has only a proxy's word for it. */
async function page(request: Request): Promise<Response> {
  const fresh = fetch(request).then((response) => (response.status >= 500 ? null : response));
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const first = await Promise.race([fresh, late]).catch(() => null);
  return first ?? (await caches.match(SHELL)) ?? fetch(request);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
