// What the server tells beside the document (rules E1 to E7 of docs/protocol.md), read from JSON into typed values.
//
// The server of one release may send fields another does not know, so what is absent gets a harmless default.

import type { Editing, Role } from './domain';
import type { Person } from './presence';

export interface Hello {
  readonly kind: 'hello';
  readonly me: {
    readonly participant: string;
    readonly name: string;
    readonly role: Role;
    readonly partner: string | null;
  };
  readonly epoch: number;
  readonly writable: boolean;
  /** The server's clock in milliseconds since the epoch; null when it did not say. */
  readonly now: number | null;
}

export interface Saved {
  readonly kind: 'saved';
  /** How many of this connection's update frames are settled. */
  readonly updates: number;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
  readonly message: string;
  readonly updates: number;
}

export interface PeopleUpdate {
  readonly kind: 'people';
  readonly people: readonly Person[];
  readonly clients: ReadonlyMap<number, string>;
}

export interface RoomState {
  readonly kind: 'state';
  readonly writable: boolean;
  readonly reason: string | null;
}

/** What this client may do now: it changes when a facilitator gives another role, or pauses the case. */
export interface Rules {
  readonly kind: 'rules';
  readonly role: Role;
  readonly writable: boolean;
  readonly paused: boolean;
  readonly editing: Editing;
  readonly locked: readonly string[];
}

/** Someone whom a facilitator has yet to let in. */
export interface WaitingPerson {
  readonly id: string;
  readonly name: string;
  readonly partner: string | null;
  /** Since when, in milliseconds since the epoch. */
  readonly since: number;
}

export interface WaitingRoom {
  readonly kind: 'waiting';
  readonly waiting: readonly WaitingPerson[];
}

export type ServerEvent =
  { readonly kind: 'synced' } | Hello | Saved | Refusal | PeopleUpdate | RoomState | Rules | WaitingRoom;

type Json = Record<string, unknown>;

export function readHello(json: string): Hello {
  const { participant, name, role, partner, epoch, writable, now } = JSON.parse(json) as Json;
  return {
    kind: 'hello',
    me: { participant: text(participant), name: text(name), role: roleOf(role), partner: textOrNull(partner) },
    epoch: count(epoch),
    writable: writable === true,
    now: typeof now === 'number' ? now : null,
  };
}

export function readSaved(json: string): Saved {
  return { kind: 'saved', updates: count((JSON.parse(json) as Json)['updates']) };
}

export function readRefused(json: string): Refusal {
  const { reason, message, updates } = JSON.parse(json) as Json;
  return { kind: 'refused', reason: text(reason), message: text(message), updates: count(updates) };
}

export function readPeople(json: string): PeopleUpdate {
  const { people = {}, clients = {} } = JSON.parse(json) as {
    people?: Record<string, Json>;
    clients?: Record<string, string>;
  };
  return {
    kind: 'people',
    people: Object.entries(people).map(([id, person]) => readPerson(id, person)),
    clients: new Map(Object.entries(clients).map(([client, participant]) => [Number(client), participant])),
  };
}

export function readPerson(id: string, { name, partner, role }: Json): Person {
  return { id, name: text(name), partner: textOrNull(partner), role: roleOf(role) };
}

export function readState(json: string): RoomState {
  const { writable, reason } = JSON.parse(json) as Json;
  return { kind: 'state', writable: writable === true, reason: textOrNull(reason) };
}

export function readRules(json: string): Rules {
  const { role, writable, paused, editing, locked } = JSON.parse(json) as Json;
  return {
    kind: 'rules',
    role: roleOf(role),
    writable: writable === true,
    paused: paused === true,
    editing: editing === 'own' || editing === 'partner' ? editing : 'everyone',
    locked: Array.isArray(locked) ? locked.filter((part) => typeof part === 'string') : [],
  };
}

export function readWaiting(json: string): WaitingRoom {
  const { waiting = [] } = JSON.parse(json) as { waiting?: readonly Json[] };
  const people = waiting.map(({ id, name, partner, since }) => ({
    id: text(id),
    name: text(name),
    partner: textOrNull(partner),
    since: count(since),
  }));
  return { kind: 'waiting', waiting: people };
}

function roleOf(value: unknown): Role {
  return value === 'facilitator' || value === 'partner' || value === 'critical-friend' ? value : 'viewer';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
