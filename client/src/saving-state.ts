// What can truly be said of saving, from what the parts of a live session know. Never "saved" before the server was heard.
//
// Pure; the states and their meaning are in `session.ts`, the words in `ui/SaveState.tsx`.

import type { ConnectionStatus } from './connection';
import type { Role } from './domain';
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

/** Tell whether a role may change the canvases. */
export function mayWrite(role: Role | undefined): boolean {
  return role === 'facilitator' || role === 'partner';
}

/** Tell whether a role may comment. */
export function mayComment(role: Role | undefined): boolean {
  return role !== undefined && role !== 'viewer';
}

/** Tell whether a role may change all of these. */
export function mayWriteAll(role: Role | undefined, subjects: ReadonlySet<string>): boolean {
  return mayWrite(role) || [...subjects].every((subject) => mayComment(role) && subject.startsWith('comments/'));
}
