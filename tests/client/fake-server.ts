// The other end of the wire, in memory: a server's answers as frames, for tests of sync and session.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { MESSAGE } from '../../client/src/sync';

export interface SyncMessage {
  readonly step: number;
  readonly body: Uint8Array;
}

/** Build a sync frame. */
export function syncFrame(step: number, body: Uint8Array): Uint8Array {
  return frame(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });
}

/** Build a frame of the extension. */
export function tellFrame(type: number, content: unknown): Uint8Array {
  return frame(type, (encoder) => encoding.writeVarString(encoder, JSON.stringify(content)));
}

export function helloFrame(change: Record<string, unknown> = {}): Uint8Array {
  const hello = {
    participant: 'anna',
    name: 'Anna',
    role: 'partner',
    partner: null,
    case: 'case',
    epoch: 1,
    writable: true,
  };
  return tellFrame(MESSAGE.hello, { ...hello, ...change });
}

/** Read the sync messages among frames a client sent. */
export function syncMessages(frames: readonly Uint8Array[]): SyncMessage[] {
  return frames.flatMap((sent) => {
    const decoder = decoding.createDecoder(sent);
    if (decoding.readVarUint(decoder) !== MESSAGE.sync) return [];
    return [
      {
        step: decoding.readVarUint(decoder),
        body: decoding.readVarUint8Array(decoder),
      },
    ];
  });
}

/** Apply the updates among frames a client sent to what the server has. */
export function takeIn(server: Y.Doc, frames: readonly Uint8Array[]): void {
  for (const { step, body } of syncMessages(frames)) if (step > 0) Y.applyUpdate(server, body);
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
