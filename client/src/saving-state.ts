// What can truly be said of saving, from what the parts of a live session know. Never "saved" before the server was heard.
//
// Pure; the states and their meaning are in `session.ts`, the words in `ui/SaveState.tsx`.

import type { ConnectionStatus } from './connection';
import type { Saving } from './session';

export interface Room {
  readonly writable: boolean;
  readonly reason: string | null;
}

export interface Known {
  readonly status: ConnectionStatus;
  /** On this connection, both sides have what the other had. */
  readonly synced: boolean;
  /** The connection failed since then. */
  readonly away: boolean;
  readonly unsent: number;
  /** What waits is in the copy in this browser. */
  readonly kept: boolean;
  readonly room: Room;
}

export function savingState({ status, synced, away, unsent, kept, room }: Known): Saving {
  if (status.kind === 'closed') return { kind: 'closed', code: status.code, unsent };
  if (!synced) return away ? { kind: 'offline', unsent, kept } : { kind: 'connecting' };
  if (!room.writable) return { kind: 'read-only', reason: room.reason ?? 'role' };
  return unsent > 0 ? { kind: 'saving', unsent } : { kind: 'saved' };
}
