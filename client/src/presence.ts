// Who is where, now: the awareness states of the others as plain values, and my own state to tell them.
//
// The server rebuilds `user` from the session, so what is read here can be trusted; `at`, `note`, `typing` and `cursor` are what a
// client says of itself. Sending is `sync.ts`; drawing is `ui/canvas/PresenceMarks.tsx`.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Place, Role } from './domain';
import { shown } from './names';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly partner: string | null;
  readonly role: Role;
}

/** One connection of one person: where it is and what it does. */
export interface PresentPerson extends Person {
  readonly client: number;
  readonly at: Place | null;
  /** A note or partner id, `statement.impact` or `statement.ambition`. */
  readonly note: string | null;
  readonly typing: boolean;
  /** A Yjs relative position as JSON. */
  readonly cursor: unknown;
}

export interface OwnPresence {
  readonly at?: Place | null;
  readonly note?: string | null;
  readonly typing?: boolean;
  readonly cursor?: unknown;
}

const PAUSE_MS = 100;
const NOBODY: readonly PresentPerson[] = [];

export class Presence {
  readonly awareness: Awareness;
  readonly others: ReadonlySignal<readonly PresentPerson[]>;
  readonly #doc = new Y.Doc();
  #untold: OwnPresence = {};
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #others = signal<readonly PresentPerson[]>([]);
  readonly #byPlace: ReadonlySignal<ReadonlyMap<string, readonly PresentPerson[]>>;
  readonly #byNote: ReadonlySignal<ReadonlyMap<string, readonly PresentPerson[]>>;

  /** Presence has a client id of its own, apart from the document's, so that the document can be replaced under it. */
  constructor() {
    this.awareness = new Awareness(this.#doc);
    this.awareness.setLocalState({ at: null });
    this.others = this.#others;
    this.#byPlace = computed(() => groupBy(this.#others.value, (person) => person.at));
    this.#byNote = computed(() => groupBy(this.#others.value, (person) => person.note));
    this.awareness.on('change', () => (this.#others.value = this.#read()));
  }

  /** The others at a place. */
  at(place: Place): readonly PresentPerson[] {
    return this.#byPlace.value.get(place) ?? NOBODY;
  }

  /** The others at a note, partner or statement. */
  atNote(note: string): readonly PresentPerson[] {
    return this.#byNote.value.get(note) ?? NOBODY;
  }

  /** Change what I tell of myself: at once, but at most every 100 ms; what is the same is not sent again. */
  tell(change: OwnPresence): void {
    this.#untold = { ...this.#untold, ...change };
    if (this.#pause === undefined) this.#tellNow();
  }

  /** Forget the others, when the connection is gone and nobody can tell. */
  forgetOthers(): void {
    const own = this.awareness.clientID;
    for (const client of [...this.awareness.states.keys()]) {
      if (client === own) continue;
      this.awareness.states.delete(client);
      this.awareness.meta.delete(client);
    }
    this.#others.value = NOBODY;
  }

  destroy(): void {
    clearTimeout(this.#pause);
    this.awareness.destroy();
    this.#doc.destroy();
  }

  #tellNow(): void {
    const now = this.awareness.getLocalState() ?? {};
    const next = { ...now, ...this.#untold };
    this.#untold = {};
    this.#pause = undefined;
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    this.awareness.setLocalState(next);
    this.#pause = setTimeout(() => this.#tellNow(), PAUSE_MS);
  }

  #read(): readonly PresentPerson[] {
    return [...this.awareness.states.entries()].flatMap(([client, state]) => {
      const person = client === this.awareness.clientID ? null : readState(client, state);
      return person ? [person] : [];
    });
  }
}

function readState(client: number, state: Record<string, unknown>): PresentPerson | null {
  const user = state['user'] as Partial<Person> | undefined;
  if (typeof user?.id !== 'string') return null;
  return {
    client,
    id: user.id,
    name: typeof user.name === 'string' ? shown(user.name) : '',
    partner: typeof user.partner === 'string' ? user.partner : null,
    role: user.role ?? 'partner',
    at: typeof state['at'] === 'string' ? state['at'] : null,
    note: typeof state['note'] === 'string' ? state['note'] : null,
    typing: state['typing'] === true,
    cursor: state['cursor'] ?? null,
  };
}

function groupBy(
  people: readonly PresentPerson[],
  key: (person: PresentPerson) => string | null,
): ReadonlyMap<string, readonly PresentPerson[]> {
  const groups = new Map<string, PresentPerson[]>();
  for (const person of people) {
    const at = key(person);
    if (at !== null) groups.set(at, [...(groups.get(at) ?? []), person]);
  }
  return groups;
}
