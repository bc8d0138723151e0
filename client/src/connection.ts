// The only file that opens a WebSocket: keeps one connection to a case alive, and says when it is there and when it is not.
//
// It knows when to come back (full jitter, at once when the network or the tab wakes) and when not to (close codes of
// docs/protocol.md). What frames mean is `sync.ts`.
//
//     idle --start--> connecting --socket opens--> open --closes, silent, or offline--> waiting --time, online, wake--> connecting
//     any --permanent close code--> closed;  any --4423--> at-the-door --a few seconds--> connecting

import { signal, type ReadonlySignal } from '@preact/signals';

export const SUBPROTOCOL = 'puzzeltafel.1';

const BACKOFF_FIRST_MS = 500;
const BACKOFF_LONGEST_MS = 30_000;
/** After this much silence the server is asked for a sign of life… */
const SILENCE_MS = 20_000;
/** …and has this long to give one. */
const ANSWER_MS = 10_000;
/** A server that lets many in one after another may take longer for its first word. */
const GREETING_MS = 45_000;

/** The close code of a server that restarts, and within what time everyone who was there comes back, each at a moment of their own. */
const RESTART = 1012;
const RETURN_MS = 3000;

/** The close code of who has yet to be let in, and how long after it to knock again. */
const WAITING = 4423;
const KNOCK_MS = 3000;

/** Close codes after which coming back cannot help. */
const PERMANENT: ReadonlySet<number> = new Set([1009, 4400, 4401, 4403, 4404, 4405, 4503]);

/** Close codes that say that what was sent cannot be taken in: it must not be kept to be sent again. */
export const UNSENDABLE: ReadonlySet<number> = new Set([1009, 4400]);

export type ConnectionStatus =
  | { readonly kind: 'idle' | 'connecting' | 'open' | 'waiting' | 'at-the-door' }
  | { readonly kind: 'closed'; readonly code: number };

export interface ConnectionEvents {
  readonly onFrame: (frame: Uint8Array) => void;
  readonly onLost: () => void;
  /** Give a frame that every server answers, to see whether it still lives. */
  readonly probe: () => Uint8Array;
}

/** The outside world, so that tests can give another. */
export interface Surroundings {
  readonly openSocket: (url: string, protocol: string) => WebSocket;
  readonly random: () => number;
}

const BROWSER: Surroundings = {
  openSocket: (url, protocol) => new WebSocket(url, protocol),
  random: Math.random,
};

export class Connection {
  readonly status: ReadonlySignal<ConnectionStatus>;
  readonly #status = signal<ConnectionStatus>({ kind: 'idle' });
  readonly #url: string;
  readonly #events: ConnectionEvents;
  readonly #surroundings: Surroundings;
  #socket: WebSocket | null = null;
  #attempts = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, events: ConnectionEvents, surroundings: Surroundings = BROWSER) {
    this.#url = url;
    this.#events = events;
    this.#surroundings = surroundings;
    this.status = this.#status;
  }

  start(): void {
    window.addEventListener('online', this.#comeBack);
    window.addEventListener('offline', this.#giveUpSocket);
    document.addEventListener('visibilitychange', this.#onWake);
    this.#open();
  }

  /** Send a frame if there is a connection; what is not sent is caught up by the next sync. */
  send(frame: Uint8Array): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(new Uint8Array(frame));
  }

  /** The server greeted us: the next back-off starts small again. */
  welcomed(): void {
    this.#attempts = 0;
  }

  /** Drop the present connection, if any, and make a new one at once. */
  reconnect(): void {
    if (this.#status.value.kind === 'closed') return;
    this.#drop();
    this.#open();
  }

  stop(): void {
    window.removeEventListener('online', this.#comeBack);
    window.removeEventListener('offline', this.#giveUpSocket);
    document.removeEventListener('visibilitychange', this.#onWake);
    this.#drop();
    this.#status.value = { kind: 'idle' };
  }

  #open(): void {
    clearTimeout(this.#retryTimer);
    this.#status.value = { kind: 'connecting' };
    const socket = this.#surroundings.openSocket(this.#url, SUBPROTOCOL);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#onOpen();
    socket.onmessage = (event: MessageEvent<unknown>) => this.#onMessage(event.data);
    socket.onclose = (event) => this.#onClose(event.code);
    this.#socket = socket;
    this.#expectAnswer();
  }

  #onOpen(): void {
    this.#status.value = { kind: 'open' };
    this.#expectAnswer(GREETING_MS);
  }

  #onMessage(data: unknown): void {
    this.#expectSilence();
    if (data instanceof ArrayBuffer) this.#events.onFrame(new Uint8Array(data));
  }

  #onClose(code: number): void {
    this.#drop();
    if (PERMANENT.has(code)) this.#status.value = { kind: 'closed', code };
    else if (code === WAITING) this.#knockAgain();
    else this.#waitAndRetry(code === RESTART ? RETURN_MS : 0);
  }

  /** Come back at a random moment within a time that doubles with each failure, and is at least so long. */
  #waitAndRetry(atLeastMs = 0): void {
    const ceiling = Math.max(atLeastMs, Math.min(BACKOFF_LONGEST_MS, BACKOFF_FIRST_MS * 2 ** this.#attempts));
    this.#attempts += 1;
    this.#status.value = { kind: 'waiting' };
    this.#retryTimer = setTimeout(() => this.#open(), this.#surroundings.random() * ceiling);
  }

  /** A facilitator has yet to let me in: there is nothing to back off from, and many knock at a time of their own. */
  #knockAgain(): void {
    this.#attempts = 0;
    this.#status.value = { kind: 'at-the-door' };
    this.#retryTimer = setTimeout(() => this.#open(), KNOCK_MS * (0.5 + this.#surroundings.random()));
  }

  /** Let go of the socket without listening to what it still says. */
  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#events.onLost();
  }

  #expectSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#askForLife(), SILENCE_MS);
  }

  #expectAnswer(within = ANSWER_MS): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(this.#giveUpSocket, within);
  }

  #askForLife(): void {
    this.send(this.#events.probe());
    this.#expectAnswer();
  }

  readonly #giveUpSocket = (): void => {
    if (this.#socket === null) return;
    this.#drop();
    this.#waitAndRetry();
  };

  /** The network or the tab is back: come back at once, and see whether a socket from before still lives. */
  readonly #comeBack = (): void => {
    const { kind } = this.#status.value;
    if (kind === 'waiting' || kind === 'at-the-door') this.#open();
    else if (kind === 'open') this.#askForLife();
  };

  readonly #onWake = (): void => {
    if (document.visibilityState === 'visible') this.#comeBack();
  };
}

/** Where the wire of a case begins. */
export function socketAddress(caseId: string): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/ws/${encodeURIComponent(caseId)}`;
}
