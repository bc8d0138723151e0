// Which way someone comes into a case (client/src/ui/join/way-in.ts).

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../../client/src/api';
import { keepSecret, keptSecret, rememberCase } from '../../../../client/src/storage';
import { findWayBack, findWayIn, keptWayBack, raises, takeWayBack } from '../../../../client/src/ui/join/way-in';

type Answer = readonly [status: number, body: Readonly<Record<string, unknown>>];

const member: Answer = [
  200,
  {
    participant: 'p',
    name: 'Wil',
    role: 'viewer',
    partner: null,
    title: 'Wind',
  },
];
const stranger: Answer = [401, { type: 'not-a-member', detail: 'join first' }];
const invited = (role: Role): Answer => [200, { title: 'Wind', role, partners: [], people: 1 }];
const badLink: Answer = [404, { type: 'link-not-valid', detail: 'no' }];

type Call = 'me' | 'invitation' | 'come-back';

function server(answers: Partial<Record<Call, Answer>>): void {
  vi.stubGlobal('fetch', (path: string) => {
    const [status, body] = answers[path.split('/').at(-1) as Call] ?? [500, {}];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => vi.unstubAllGlobals());

describe('findWayIn', () => {
  it('lets in who is in already', async () => {
    server({ me: member });

    expect(await findWayIn('abc', null)).toMatchObject({
      way: 'in',
      me: { name: 'Wil' },
    });
  });

  it('invites a newcomer with a link, and keeps its secret for a refresh', async () => {
    server({ invitation: invited('partner') });

    expect(await findWayIn('abc', 's')).toMatchObject({
      way: 'invited',
      secret: 's',
      me: null,
    });
    expect(keptSecret('abc')).toBe('s');
    expect(await findWayIn('abc', null)).toMatchObject({
      way: 'invited',
      secret: 's',
    });
  });

  it('offers who is in a link that gives more, and passes by one that gives less', async () => {
    rememberCase({ id: 'abc', title: 'Wind', role: 'viewer', openedAt: 0 });

    server({ me: member, invitation: invited('partner') });
    expect(await findWayIn('abc', 's')).toMatchObject({
      way: 'invited',
      me: { name: 'Wil' },
    });

    server({ me: member, invitation: invited('viewer') });
    expect(await findWayIn('abc', 's')).toMatchObject({ way: 'in' });
  });

  it.each([
    ['no link', null, { me: stranger }, 'no-link'],
    ['a bad link', 's', { invitation: badLink }, 'bad-link'],
    ['an old link', 's', { invitation: [410, { type: 'link-expired' }] as Answer }, 'expired'],
    ['no such case', 's', { invitation: [404, { type: 'no-such-case' }] as Answer }, 'no-case'],
  ] as const)('says why not: %s', async (_, secret, answers, why) => {
    server(answers);

    expect(await findWayIn('abc', secret)).toEqual({ way: 'refused', why });
  });

  it('throws when the server cannot answer, for that is nobody’s fault here', async () => {
    server({});

    await expect(findWayIn('abc', null)).rejects.toMatchObject({ status: 500 });
  });
});

describe('at the door', () => {
  const waiting: Answer = [403, { type: 'waiting', detail: 'wait' }];
  const removed: Answer = [403, { type: 'removed', detail: 'no' }];

  it('leaves who has yet to be let in where they wait, also when the page is loaded again', async () => {
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0 });
    keepSecret('abc', 's');
    server({ me: waiting, invitation: invited('partner') });

    expect(await findWayIn('abc', null)).toEqual({ way: 'waiting', title: 'Wind' });
  });

  it('knows who was taken out from who was never let in', async () => {
    server({ me: removed });
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0 });
    expect(await findWayIn('abc', null)).toEqual({ way: 'refused', why: 'turned-away' });
    const me = {
      participant: 'p',
      name: 'Wil',
      role: 'partner',
      partner: null,
      title: 'Wind',
      language: 'nl',
    } as const;
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0, me });

    expect(await findWayIn('abc', null)).toEqual({ way: 'refused', why: 'removed' });
  });
});

describe('a way back', () => {
  const back: Answer = [200, { case: 'abc', participant: 'p', role: 'viewer', status: 'in' }];

  it('asks who is someone here already before becoming another', async () => {
    server({ me: member, 'come-back': back });

    expect(await findWayBack('abc', 'm1ne')).toMatchObject({ way: 'back', secret: 'm1ne', me: { name: 'Wil' } });
    expect(await takeWayBack('abc', 'm1ne')).toMatchObject({ way: 'in', me: { name: 'Wil' } });
    expect(keptWayBack('abc')).toBeNull();
  });

  it('says that it is not valid, that one was taken out, or that the case is gone', async () => {
    server({ me: stranger, 'come-back': badLink });
    expect(await findWayBack('abc', 'm1ne')).toEqual({ way: 'refused', why: 'bad-way-back' });
    server({ me: stranger, 'come-back': [403, { type: 'removed' }] });
    expect(await findWayBack('abc', 'm1ne')).toEqual({ way: 'refused', why: 'removed' });
    server({ me: stranger, 'come-back': [404, { type: 'no-such-case' }] });
    expect(await findWayBack('abc', 'm1ne')).toEqual({ way: 'refused', why: 'no-case' });
  });

  it('is kept for loading the page again while the server does not answer', async () => {
    server({});

    await expect(findWayBack('abc', 'm1ne')).rejects.toMatchObject({ status: 500 });
    expect(keptWayBack('abc')).toBe('m1ne');
  });
});

describe('without a server', () => {
  const me = { participant: 'p', name: 'Wil', role: 'partner', partner: null, title: 'Wind', language: 'nl' } as const;
  const away = (): void => void vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));

  it('gives who was here before the seat they had', async () => {
    away();
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0, me });

    expect(await findWayIn('abc', null)).toEqual({ way: 'in', me });
    expect(await findWayIn('abc', 's')).toEqual({ way: 'in', me });
  });

  it('says in words that a case was never here', async () => {
    away();

    expect(await findWayIn('abc', null)).toEqual({ way: 'refused', why: 'offline' });
    expect(await findWayIn('abc', 's')).toEqual({ way: 'refused', why: 'offline' });
  });

  it('does not wait long for a server that says nothing', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0, me });

    const found = findWayIn('abc', null);
    await vi.advanceTimersByTimeAsync(4000);

    expect(await found).toEqual({ way: 'in', me });
    vi.useRealTimers();
  });

  it('believes the server when it answers, whatever is known here', async () => {
    rememberCase({ id: 'abc', title: 'Wind', role: 'partner', openedAt: 0, me });

    server({ me: stranger });
    expect(await findWayIn('abc', null)).toEqual({ way: 'refused', why: 'no-link' });
    server({ me: member });
    expect(await findWayIn('abc', null)).toMatchObject({ way: 'in', me: { role: 'viewer' } });
  });
});

describe('raises', () => {
  it('ranks the roles by what they may do', () => {
    expect([raises('partner', 'viewer'), raises('viewer', 'facilitator'), raises('partner', 'partner')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
