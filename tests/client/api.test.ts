// Calls and their refusals (client/src/api.ts).

import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, invitation, leave, me } from '../../client/src/api';
import { setLanguage, wholeLanguage } from '../../client/src/i18n';
import { examples, startCase } from '../../client/src/start-api';
import { problemText } from '../../client/src/ui/problem-text';

function answering(status: number, body: unknown): ReturnType<typeof vi.fn> {
  const text = body === null ? null : JSON.stringify(body);
  const fetch = vi.fn(() => Promise.resolve(new Response(text, { status })));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

async function failure(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  if (error instanceof ApiError) return error;
  throw new Error('the call did not fail');
}

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('sends JSON and gives what the server answers', async () => {
    const fetch = answering(201, { case: 'abc' });
    const person = { name: 'Wil', partner: null };

    expect(await startCase({ title: 'Wind', language: 'nl', person })).toEqual({
      case: 'abc',
    });
    const [path, init] = fetch.mock.calls[0] as [string, RequestInit];
    expect(path).toBe('/api/cases');
    expect(JSON.parse(init.body as string)).toEqual({
      title: 'Wind',
      language: 'nl',
      person,
    });
  });

  it('unpacks a list', async () => {
    answering(200, { examples: [{ id: 'one' }] });

    expect(await examples()).toEqual([{ id: 'one' }]);
  });

  it('takes an answer without a body', async () => {
    answering(204, null);

    expect(await leave('abc')).toEqual({});
  });
});

describe('a refusal', () => {
  it('keeps the code and the words of the problem document', async () => {
    answering(409, { type: 'conflict', title: 'x', detail: 'this case is being replaced' });

    const error = await failure(invitation('abc', 's'));
    expect([error.status, error.type, error.detail]).toEqual([409, 'conflict', 'this case is being replaced']);
    expect(problemText(error)).toBe('This case is being replaced.');
  });

  it('has words of our own where people meet it often', async () => {
    await wholeLanguage();
    answering(409, { type: 'last-facilitator', detail: 'a case needs a facilitator' });

    expect(problemText(await failure(leave('abc')))).toBe(
      'A case needs a facilitator, and this is the only one. Make someone else a facilitator first.',
    );
  });

  it('is a fault when the server speaks no JSON', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));

    expect((await failure(me('abc'))).type).toBe('fault');
  });

  it('says that there is no connection when there is none', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    await setLanguage('en');

    expect(problemText(await failure(me('abc')))).toMatch(/no connection/);
  });

  it('never shows the words of a crash', () => {
    expect(problemText(new TypeError('x is undefined'))).not.toContain('undefined');
  });
});
