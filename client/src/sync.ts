// A document and its presence as messages: bytes in, frames and events out. No socket, no clock.
//
// The rules it follows (F, S, P, E) are numbered in docs/protocol.md. Frames out go through `send`; whether and when a socket
// exists is `connection.ts`. One Sync lives as long as its document; a connection begins with `hello` and ends with `lost`.
//
//     idle --hello--> greeting --server's step 0 answered--> streaming --lost--> idle

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, encodeAwarenessUpdate, type Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import {
  readHello,
  readPeople,
  readRefused,
  readSaved,
  readRules,
  readState,
  readWaiting,
  type ServerEvent,
} from './server-events';
import { subjectsOf, UNCOUNTED, Unsent } from './unsent';

export type { Hello, PeopleUpdate, Refusal, RoomState, Rules, ServerEvent, WaitingPerson } from './server-events';

export const MESSAGE = {
  sync: 0,
  awareness: 1,
  queryAwareness: 3,
  hello: 100,
  saved: 101,
  refused: 102,
  people: 103,
  state: 104,
  rules: 105,
  waiting: 106,
} as const;

const STEP = { vector: 0, difference: 1, update: 2 } as const;

const EMPTY_VECTOR = new Uint8Array([0]);
const NO_COPY = Symbol('no copy');

/** The origin of transactions that came from the server. */
export const REMOTE = Symbol('remote');

export class Sync {
  readonly unsent = new Unsent();
  /** The origin of transactions that come from the copy in this browser, when there is one. */
  copyOrigin: unknown = NO_COPY;
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #send: (frame: Uint8Array) => void;
  #greeted = false;
  #streaming = false;
  #framesSent = 0;
  #serverVector: Uint8Array = EMPTY_VECTOR;

  constructor(doc: Y.Doc, awareness: Awareness, send: (frame: Uint8Array) => void) {
    this.#doc = doc;
    this.#awareness = awareness;
    this.#send = send;
    doc.on('update', this.#onUpdate);
    awareness.on('update', this.#onAwareness);
  }

  /** Begin on a connection whose hello agrees with this document: ask for what I lack, and say where I am. */
  begin(): void {
    this.#greeted = true;
    this.#send(this.probe());
    this.#sendAwareness([this.#awareness.clientID]);
  }

  /** A frame that any server answers, to see whether it still lives; the answer also heals anything missed. */
  probe(): Uint8Array {
    return syncFrame(STEP.vector, Y.encodeStateVector(this.#doc));
  }

  /** The connection is gone; what was not settled waits for the next one. */
  lost(): void {
    this.#greeted = false;
    this.#streaming = false;
    this.#framesSent = 0;
    this.unsent.connectionLost();
  }

  /** The copy is in the document: what waited in it goes to the server too, unless it did already. */
  copyMerged(): void {
    if (this.#streaming && this.unsent.isToBeSent) this.#answer();
  }

  /** Everything the server lacked when it last said what it has. */
  difference(): Uint8Array {
    const { store } = this.#doc;
    const { pendingStructs, pendingDs } = store;
    this.#dropPending();
    const difference = Y.encodeStateAsUpdate(this.#doc, this.#serverVector);
    Object.assign(store, { pendingStructs, pendingDs });
    return difference;
  }

  /** Take one frame in and give what it means for the session, if anything. Throws on a frame that cannot be read. */
  receive(frame: Uint8Array): ServerEvent | null {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    switch (type) {
      case MESSAGE.sync:
        return this.#receiveSync(decoder);
      case MESSAGE.awareness:
        applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(decoder), REMOTE);
        return null;
      case MESSAGE.queryAwareness:
        this.#sendAwareness([this.#awareness.clientID]);
        return null;
      case MESSAGE.hello:
        return readHello(decoding.readVarString(decoder));
      case MESSAGE.saved:
        return this.#receiveSaved(decoder);
      case MESSAGE.refused:
        return this.#receiveRefused(decoder);
      case MESSAGE.people:
        return readPeople(decoding.readVarString(decoder));
      case MESSAGE.state:
        return readState(decoding.readVarString(decoder));
      case MESSAGE.rules:
        return readRules(decoding.readVarString(decoder));
      case MESSAGE.waiting:
        return readWaiting(decoding.readVarString(decoder));
      default:
        return null;
    }
  }

  destroy(): void {
    this.#doc.off('update', this.#onUpdate);
    this.#awareness.off('update', this.#onAwareness);
  }

  #receiveSync(decoder: decoding.Decoder): ServerEvent | null {
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === STEP.vector) {
      this.#serverVector = body;
      this.#answer();
      return null;
    }
    const { store } = this.#doc;
    const waited = store.pendingStructs ?? store.pendingDs;
    Y.applyUpdate(this.#doc, body, REMOTE);
    if (step !== STEP.difference) return null;
    // A copy that lost a piece: what fits now that the server's part is there is sent, what nobody has the beginning of is let go.
    if (waited) {
      this.#dropPending();
      if (this.#streaming) this.#answer();
    }
    return { kind: 'synced' };
  }

  /** What waits for its beginning would leave a hole in what is sent. */
  #dropPending(): void {
    Object.assign(this.#doc.store, { pendingStructs: null, pendingDs: null });
  }

  #answer(): void {
    const difference = this.difference();
    if (hasStructs(difference) && this.unsent.subjects.size === 0) this.unsent.add(new Set([UNCOUNTED]), null);
    this.#sendUpdate(STEP.difference, difference);
    this.#streaming = true;
    this.unsent.allSentIn(this.#framesSent);
  }

  #receiveSaved(decoder: decoding.Decoder): ServerEvent {
    const saved = readSaved(decoding.readVarString(decoder));
    this.unsent.settled(saved.updates);
    return saved;
  }

  #receiveRefused(decoder: decoding.Decoder): ServerEvent {
    // Says nothing of the frames before it: they may still be under way.
    return readRefused(decoding.readVarString(decoder));
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === REMOTE) return;
    if (origin === this.copyOrigin) {
      if (this.#streaming) this.#answer();
      return;
    }
    if (this.#streaming) this.#sendUpdate(STEP.update, update);
    this.unsent.add(subjectsOf(transaction), this.#streaming ? this.#framesSent : null, update);
  };

  #sendUpdate(step: number, update: Uint8Array): void {
    this.#framesSent += 1;
    this.#send(syncFrame(step, update));
  }

  readonly #onAwareness = ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>): void => {
    const own = this.#awareness.clientID;
    if (this.#greeted && [...added, ...updated, ...removed].includes(own)) this.#sendAwareness([own]);
  };

  #sendAwareness(clients: number[]): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.#awareness, clients));
    this.#send(encoding.toUint8Array(encoder));
  }
}

/** Tell whether an update adds anything; it begins with how many clients it has structs of. */
function hasStructs(update: Uint8Array): boolean {
  return update[0] !== 0;
}

function syncFrame(step: number, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}
