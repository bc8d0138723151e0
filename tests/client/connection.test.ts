// Coming back and staying away (client/src/connection.ts), with a clock and sockets of the test's own.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, SUBPROTOCOL } from '../../client/src/connection';

class FakeSocket {
  readonly sent: Uint8Array[] = [];
  readyState: number = WebSocket.CONNECTING;
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {}

  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  shut(code: number): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code });
  }

  send(frame: Uint8Array): void {
    this.sent.push(frame);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }
}

const PROBE = new Uint8Array([7]);
let sockets: FakeSocket[];
let frames: Uint8Array[];
let losses: number;
let chance: number;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  frames = [];
  losses = 0;
  chance = 1;
  connection = new Connection(
    'ws://table/ws/case',
    {
      onFrame: (frame) => frames.push(frame),
      onLost: () => (losses += 1),
      probe: () => PROBE,
    },
    { openSocket, random: () => chance },
  );
  connection.start();
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

function openSocket(url: string, protocol: string): WebSocket {
  const socket = new FakeSocket(url, protocol);
  sockets.push(socket);
  return socket as unknown as WebSocket;
}

function last(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
}

describe('a connection', () => {
  it('[C4] asks for the extension and passes frames on', () => {
    last().open();
    last().onmessage?.({ data: new Uint8Array([1, 2]).buffer });

    expect(last().protocol).toBe(SUBPROTOCOL);
    expect(frames).toEqual([new Uint8Array([1, 2])]);
    expect(connection.status.value.kind).toBe('open');
  });

  it('waits twice as long after each failure, to at most thirty seconds', () => {
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      const before = Date.now();
      const count = sockets.length;
      last().shut(1006);
      while (sockets.length === count) vi.advanceTimersByTime(100);
      waits.push(Date.now() - before);
    }

    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  it('starts small again once it was welcomed', () => {
    last().shut(1006);
    vi.advanceTimersByTime(500);
    last().open();
    connection.welcomed();
    last().shut(1006);

    vi.advanceTimersByTime(500);

    expect(sockets).toHaveLength(3);
  });

  it('comes back at once when the network does', () => {
    last().open();
    window.dispatchEvent(new Event('offline'));
    expect(connection.status.value.kind).toBe('waiting');

    window.dispatchEvent(new Event('online'));

    expect(sockets).toHaveLength(2);
    expect(losses).toBe(1);
  });

  it('[X] knocks again after a few seconds, however often, while it has yet to be let in', () => {
    for (let knocks = 1; knocks <= 20; knocks += 1) {
      expect(sockets).toHaveLength(knocks);
      sockets.at(-1)?.open();
      sockets.at(-1)?.shut(4423);
      expect(connection.status.value).toEqual({ kind: 'at-the-door' });
      vi.advanceTimersByTime(4500);
    }
    sockets.at(-1)?.shut(4423);
    window.dispatchEvent(new Event('online'));

    expect(sockets).toHaveLength(22);
  });

  it.each([1009, 4400, 4401, 4403, 4404, 4405])('stays away after close code %i', (code) => {
    last().open();
    last().shut(code);
    vi.advanceTimersByTime(60_000);
    connection.reconnect();

    expect(connection.status.value).toEqual({ kind: 'closed', code });
    expect(sockets).toHaveLength(1);
  });

  it.each([1012, 1013, 4410, 4500])('comes back after close code %i', (code) => {
    last().open();
    last().shut(code);
    vi.advanceTimersByTime(3000);

    expect(sockets).toHaveLength(2);
  });

  it.each([
    [1012, 1500],
    [1013, 250],
  ])('comes back at a random moment after close code %i, a restart spreads over three seconds', (code, half) => {
    chance = 0.5;
    last().open();
    connection.welcomed();
    last().shut(code);

    vi.advanceTimersByTime(half - 1);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
  });

  it('opens one socket only when it is woken while it waits', () => {
    last().open();
    last().shut(1006);
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(5_000);

    expect(sockets).toHaveLength(2);
  });

  it.each(['online', 'visibilitychange'])('leaves a socket that hangs half open soon after %s', (event) => {
    last().open();
    last().onmessage?.({ data: new ArrayBuffer(1) });
    (event === 'online' ? window : document).dispatchEvent(new Event(event));
    expect(last().sent).toEqual([PROBE]);

    vi.advanceTimersByTime(10_000);

    expect(connection.status.value.kind).toBe('waiting');
    expect(losses).toBe(1);
  });

  it('[S12] waits in line for a while once the socket is open', () => {
    last().open();
    vi.advanceTimersByTime(40_000);
    expect(sockets).toHaveLength(1);

    vi.advanceTimersByTime(10_000);

    expect(sockets).toHaveLength(2);
  });

  it('does not wait for ever for a socket to open', () => {
    vi.advanceTimersByTime(10_000);

    expect(connection.status.value.kind).toBe('waiting');
    vi.advanceTimersByTime(500);
    expect(sockets).toHaveLength(2);
    expect(sockets[0]?.readyState).toBe(WebSocket.CLOSED);
  });

  it('asks a silent server for a sign of life, and leaves it when none comes', () => {
    last().open();
    last().onmessage?.({ data: new ArrayBuffer(1) });
    vi.advanceTimersByTime(20_000);
    expect(last().sent).toEqual([PROBE]);

    vi.advanceTimersByTime(10_000);

    expect(connection.status.value.kind).toBe('waiting');
    expect(losses).toBe(1);
  });

  it('stays with a server that answers', () => {
    last().open();
    for (let round = 0; round < 10; round += 1) {
      last().onmessage?.({ data: new ArrayBuffer(1) });
      vi.advanceTimersByTime(15_000);
    }

    expect(sockets).toHaveLength(1);
  });
});
