// Fetching and keeping past moments (client/src/ui/history/moment-shelf.ts).

import { afterEach, expect, it, vi } from 'vitest';
import { MomentShelf } from '../../../../client/src/ui/history/moment-shelf';

afterEach(() => void vi.unstubAllGlobals());

/** A network that answers when told; a fetch that is called off fails as in a browser. */
function network(): { readonly asked: string[]; answer: (seq: number) => void } {
  const asked: string[] = [];
  const waiting = new Map<number, (response: Response) => void>();
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push(path);
    const seq = Number(path.split('/').at(-1));
    return new Promise<Response>((resolve, reject) => {
      waiting.set(seq, resolve);
      init.signal?.addEventListener('abort', () => reject(new DOMException('called off', 'AbortError')));
    });
  });
  return { asked, answer: (seq) => waiting.get(seq)?.(new Response(new Uint8Array([seq]))) };
}

it('gives a moment, and asks for it only once', async () => {
  const { asked, answer } = network();
  const shelf = new MomentShelf('abc');
  const first = shelf.take(7);
  answer(7);

  expect(await first).toEqual(new Uint8Array([7]));
  expect(await shelf.take(7)).toEqual(new Uint8Array([7]));
  expect(asked).toEqual(['/api/cases/abc/moments/7']);
});

it('calls off what nobody waits for any more', async () => {
  const { answer } = network();
  const shelf = new MomentShelf('abc');
  const stale = shelf.take(1);
  const wanted = shelf.take(2);
  answer(2);

  expect(await stale).toBeNull();
  expect(await wanted).toEqual(new Uint8Array([2]));
});

it('keeps only the last few', async () => {
  const { asked, answer } = network();
  const shelf = new MomentShelf('abc');
  for (let seq = 1; seq <= 25; seq += 1) {
    const taken = shelf.take(seq);
    answer(seq);
    await taken;
  }
  const again = shelf.take(1);
  answer(1);
  await again;

  expect(asked.filter((path) => path.endsWith('/1'))).toHaveLength(2);
});

it('passes on what the server refuses', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"type":"no-such-moment"}', { status: 404 })));

  await expect(new MomentShelf('abc').take(9)).rejects.toMatchObject({ status: 404, type: 'no-such-moment' });
});
