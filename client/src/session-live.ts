// A case over the network: wires document, sync, presence and connection together, and tells the truth about saving.
//
// What a session offers to screens is in `session.ts`. When the server refuses a change, or the document was replaced (a new
// epoch), the document here is replaced as well; texts of mine that were not saved go to `keptAside` first.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import * as Y from 'yjs';
import { Connection } from './connection';
import { CaseDocument } from './document';
import { Presence, type Person } from './presence';
import { findAuthor, screenState } from './screen-state';
import type { CaseSession, Me, Saving } from './session';
import { Sync, type Hello, type PeopleUpdate, type Refusal, type ServerEvent } from './sync';
import { textsToKeep } from './unsent';

interface Room {
  readonly writable: boolean;
  readonly reason: string | null;
}

/** Join a case and stay in it until `close`. */
export function openLive(caseId: string, me: Me): CaseSession {
  return new LiveSession(caseId, me);
}

class LiveSession implements CaseSession {
  readonly kind = 'live';
  readonly caseId: string;
  readonly me: Signal<Me | null>;
  readonly people = signal<ReadonlyMap<string, Person>>(new Map());
  readonly saving: ReadonlySignal<Saving>;
  readonly writable: ReadonlySignal<boolean>;
  readonly document: ReadonlySignal<CaseDocument>;

  readonly #screen = screenState();
  readonly keptAside = this.#screen.keptAside;
  readonly panel = this.#screen.panel;
  readonly focusRequest = this.#screen.focusRequest;
  readonly lookingBack = this.#screen.lookingBack;
  readonly goTo = this.#screen.goTo;

  readonly #presence = new Presence();
  readonly present = this.#presence.others;
  readonly #connection: Connection;
  readonly #document: Signal<CaseDocument>;
  readonly #clients = signal<ReadonlyMap<number, string>>(new Map());
  readonly #room = signal<Room>({ writable: true, reason: null });
  readonly #greeted = signal(false);
  readonly #unsent = signal(0);
  #sync: Sync;
  #epoch: number | null = null;

  constructor(caseId: string, me: Me) {
    this.caseId = caseId;
    this.me = signal<Me | null>(me);
    this.#connection = new Connection(addressOf(caseId), {
      onFrame: (frame) => this.#onFrame(frame),
      onLost: () => this.#onLost(),
      probe: () => this.#sync.probe(),
    });
    [this.#document, this.#sync] = [signal(this.#freshDocument()), null as never];
    this.#sync = this.#syncFor(this.#document.value);
    this.document = this.#document;
    this.writable = computed(() => this.#isWritable());
    this.saving = computed(() => this.#savingState());
    window.addEventListener('beforeunload', this.#warnOfUnsent);
    this.#connection.start();
  }

  presentAt = (place: string): ReturnType<Presence['at']> => this.#presence.at(place);
  presentAtNote = (note: string): ReturnType<Presence['atNote']> => this.#presence.atNote(note);
  tellPresence = (presence: Parameters<Presence['tell']>[0]): void => this.#presence.tell(presence);
  retry = (): void => this.#connection.reconnect();

  participantOf = (client: number | null): string | null => {
    if (client === null) return null;
    const own = this.#document.value.doc.clientID;
    return client === own ? (this.me.value?.participant ?? null) : (this.#clients.value.get(client) ?? null);
  };

  authorOf: CaseSession['authorOf'] = (note) => findAuthor(note, this.people.value, this.participantOf);

  close = (): void => {
    window.removeEventListener('beforeunload', this.#warnOfUnsent);
    this.#connection.stop();
    this.#sync.destroy();
    this.#presence.destroy();
    this.#document.value.destroy();
  };

  #freshDocument(): CaseDocument {
    return new CaseDocument(new Y.Doc(), () => ({
      participant: this.me.peek()?.participant ?? null,
      partner: this.me.peek()?.partner ?? null,
    }));
  }

  #syncFor(document: CaseDocument): Sync {
    const sync = new Sync(document.doc, this.#presence.awareness, (frame) => this.#connection.send(frame));
    sync.unsent.onChange = () => (this.#unsent.value = sync.unsent.subjects.size);
    return sync;
  }

  #onFrame(frame: Uint8Array): void {
    const event = this.#sync.receive(frame);
    if (event) this.#onEvent(event);
  }

  #onEvent(event: ServerEvent): void {
    switch (event.kind) {
      case 'hello':
        this.#onHello(event);
        break;
      case 'synced':
        this.#onSynced();
        break;
      case 'refused':
        this.#onRefused(event);
        break;
      case 'people':
        this.#onPeople(event);
        break;
      case 'state':
        this.#room.value = { writable: event.writable, reason: event.reason };
        break;
      case 'saved':
        break;
    }
  }

  #onHello(hello: Hello): void {
    if (this.#epoch !== null && this.#epoch !== hello.epoch) this.#replaceDocument(null);
    this.#epoch = hello.epoch;
    this.me.value = hello.me;
    this.#room.value = { writable: hello.writable, reason: hello.writable ? null : 'role' };
    this.#greeted.value = true;
    this.#connection.welcomed();
    this.#sync.begin();
  }

  #onSynced(): void {
    this.#document.value.ready.value = true;
    this.#forgetWhatWasSavedAfterAll();
  }

  #onRefused(refusal: Refusal): void {
    this.#replaceDocument(refusal.message);
    this.#connection.reconnect();
  }

  #onPeople(update: PeopleUpdate): void {
    this.people.value = new Map([...this.people.value, ...update.people.map((person) => [person.id, person] as const)]);
    this.#clients.value = new Map([...this.#clients.value, ...update.clients]);
  }

  #onLost(): void {
    this.#greeted.value = false;
    this.#sync.lost();
    this.#presence.forgetOthers();
  }

  /** Begin anew from what the server has, keeping my unsaved texts aside. */
  #replaceDocument(reason: string | null): void {
    const old = this.#document.value;
    const kept = textsToKeep(this.#sync.unsent.subjects, old.doc, reason);
    this.keptAside.value = [...this.keptAside.value, ...kept];
    this.#sync.destroy();
    const fresh = this.#freshDocument();
    this.#sync = this.#syncFor(fresh);
    this.#document.value = fresh;
    this.#unsent.value = 0;
    old.destroy();
  }

  /** A change may have been taken in just before its neighbour was refused: what the server has needs no keeping. */
  #forgetWhatWasSavedAfterAll(): void {
    if (this.keptAside.value.length === 0) return;
    const saved = this.#document.value;
    this.keptAside.value = this.keptAside.value.filter(
      (kept) => !textsToKeep(new Set([kept.id]), saved.doc, null).some((text) => text.text === kept.text),
    );
  }

  #isWritable(): boolean {
    const role = this.me.value?.role;
    const mayWrite = role === 'facilitator' || role === 'partner';
    const isClosed = this.#connection.status.value.kind === 'closed';
    return mayWrite && !isClosed && this.#room.value.writable && this.#document.value.ready.value;
  }

  #savingState(): Saving {
    const status = this.#connection.status.value;
    const unsent = this.#unsent.value;
    if (status.kind === 'closed') return { kind: 'closed', code: status.code, unsent };
    if (!this.#greeted.value)
      return this.#epoch === null && status.kind !== 'waiting' ? { kind: 'connecting' } : { kind: 'offline', unsent };
    if (!this.#room.value.writable) return { kind: 'read-only', reason: this.#room.value.reason ?? 'role' };
    return unsent > 0 ? { kind: 'saving', unsent } : { kind: 'saved' };
  }

  readonly #warnOfUnsent = (event: BeforeUnloadEvent): void => {
    if (this.#unsent.value > 0) event.preventDefault();
  };
}

function addressOf(caseId: string): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/ws/${encodeURIComponent(caseId)}`;
}
