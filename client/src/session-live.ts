// A case over the network: wires document, sync, presence and connection together, and tells the truth about saving.
//
// What a session offers to screens is in `session.ts`. The document is shown from the copy in this browser when the network is slower
// (`copy-keeper.ts`). When the server refuses a change, or the document was replaced (a new epoch), the document here is replaced as
// well, and its copy; texts of mine that were not saved go to the tray (`kept-texts.ts`) first. When my Yjs client id is someone
// else's, my unsaved work is written anew under another (`renumber.ts`).

import { computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals';
import * as Y from 'yjs';
import { Connection, socketAddress, UNSENDABLE } from './connection';
import { CopyKeeper } from './copy-keeper';
import { CaseDocument } from './document';
import { KeptTexts, sameAs } from './kept-texts';
import { Presence, type Person } from './presence';
import type { Place } from './domain';
import { findAuthor, screenState } from './screen-state';
import type { CaseRules, CaseSession, Me, Saving } from './session';
import { isHeld, isShut, mayComment, mayWrite, mayWriteAll } from './rights';
import { savingState, type Room } from './saving-state';
import { knownEpoch, rememberSeat } from './storage';
import {
  Sync,
  type Hello,
  type PeopleUpdate,
  type Refusal,
  type Rules,
  type ServerEvent,
  type WaitingPerson,
} from './sync';
import type { KeptText } from './unsent';
import { holdsText, textsToKeep } from './unsent-texts';

/** How often in a row my work is written anew under another client id before it goes to the tray. */
const MOST_COLLISIONS = 3;
/** How long coming back may wait for a copy to be emptied. */
const EMPTYING_MS = 3000;
/** The origin of my own work that is put in a fresh document. */
const RESTORED = Symbol('restored');

/** My work, to put in the fresh document under a new client id as soon as that holds what the server has. */
interface Restoring {
  readonly texts: readonly KeptText[];
  readonly putIn: (doc: Y.Doc) => void;
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
  readonly commentable: ReadonlySignal<boolean>;
  readonly document: ReadonlySignal<CaseDocument>;
  readonly keptAside: ReadonlySignal<readonly KeptText[]>;

  readonly #screen = screenState();
  readonly panel = this.#screen.panel;
  readonly stretch = this.#screen.stretch;
  readonly subject = this.#screen.subject;
  readonly lens = this.#screen.lens;
  readonly highlight = this.#screen.highlight;
  readonly lines = this.#screen.lines;
  readonly focusRequest = this.#screen.focusRequest;
  readonly lookingBack = this.#screen.lookingBack;
  readonly goTo = this.#screen.goTo;
  readonly begin = this.#screen.begin;

  readonly #presence = new Presence();
  readonly present = this.#presence.others;
  readonly #connection: Connection;
  readonly #document: Signal<CaseDocument>;
  readonly #clients = signal<ReadonlyMap<number, string>>(new Map());
  readonly #room = signal<Room>({ writable: true, reason: null });
  readonly rules = signal<CaseRules>({ paused: false, editing: 'everyone', locked: [] });
  readonly waiting = signal<readonly WaitingPerson[]>([]);
  /** How far the server's clock is ahead of this device's. */
  #clockLead = 0;
  /** On this connection, both sides have what the other had. */
  readonly #synced = signal(false);
  /** The connection failed since we were last in step with the server. */
  readonly #away = signal(false);
  readonly #unsent = signal(0);
  /** What waits is in the copy in this browser. */
  readonly #kept = signal(false);
  readonly #participant: string;
  readonly #tray: KeptTexts;
  readonly #stopFollowing: () => void;
  #sync: Sync;
  readonly #copy: CopyKeeper;
  #epoch: number | null;
  /** Frames are passed over while the document is being replaced. */
  #deaf = false;
  #ended = false;
  #collisions = 0;
  #restoring: Restoring | null = null;

  constructor(caseId: string, me: Me) {
    this.caseId = caseId;
    this.me = signal<Me | null>(me);
    this.#participant = me.participant;
    this.#tray = new KeptTexts(caseId, me.participant);
    this.keptAside = this.#tray.texts;
    this.#copy = new CopyKeeper(caseId, me.participant, (works) => (this.#kept.value = works));
    this.#epoch = knownEpoch(caseId, me.participant);
    this.#connection = new Connection(socketAddress(caseId), {
      onFrame: (frame) => this.#onFrame(frame),
      onLost: () => this.#onLost(),
      probe: () => this.#sync.probe(),
    });
    [this.#document, this.#sync] = [signal(this.#freshDocument()), null as never];
    this.#sync = this.#syncFor(this.#document.value);
    this.document = this.#document;
    this.writable = computed(() => mayWrite(this.me.value?.role) && this.#isOpen());
    this.commentable = computed(() => mayComment(this.me.value?.role) && this.#isOpen());
    this.saving = computed(() =>
      savingState({
        status: this.#connection.status.value,
        synced: this.#synced.value,
        away: this.#away.value,
        unsent: this.#unsent.value,
        kept: this.#kept.value,
        room: isHeld(this.me.value?.role, this.rules.value) ? { writable: false, reason: 'paused' } : this.#room.value,
      }),
    );
    window.addEventListener('beforeunload', this.#warnOfUnsent);
    this.#stopFollowing = effect(() => this.#onStatus());
    this.#keepCopy();
    this.#connection.start();
  }

  writableAt = (place: Place): boolean => this.writable.value && !isShut(place, this.me.value?.role, this.rules.value);
  presentAt = (place: string): ReturnType<Presence['at']> => this.#presence.at(place);
  presentAtNote = (note: string): ReturnType<Presence['atNote']> => this.#presence.atNote(note);
  tellPresence = (presence: Parameters<Presence['tell']>[0]): void => this.#presence.tell(presence);
  retry = (): void => this.#connection.reconnect();
  forgetKept = (text: KeptText): void => this.#tray.forget(sameAs(text));

  participantOf = (client: number | null): string | null => {
    if (client === null) return null;
    const own = this.#document.value.doc.clientID;
    return client === own ? (this.me.value?.participant ?? null) : (this.#clients.value.get(client) ?? null);
  };

  authorOf: CaseSession['authorOf'] = (note) => findAuthor(note, this.people.value, this.participantOf);

  close = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    window.removeEventListener('beforeunload', this.#warnOfUnsent);
    this.#stopFollowing();
    this.#connection.stop();
    this.#copy.detach();
    this.#tray.close();
    this.#sync.destroy();
    this.#presence.destroy();
    this.#document.value.destroy();
  };

  #freshDocument(): CaseDocument {
    return new CaseDocument(new Y.Doc(), () => ({
      participant: this.me.peek()?.participant ?? null,
      partner: this.me.peek()?.partner ?? null,
      now: Date.now() + this.#clockLead,
    }));
  }

  #syncFor(document: CaseDocument): Sync {
    const sync = new Sync(document.doc, this.#presence.awareness, (frame) => this.#connection.send(frame));
    sync.unsent.onChange = () => {
      this.#unsent.value = sync.unsent.subjects.size;
      this.#copy.noteWaiting();
      queueMicrotask(() => this.#checkRole());
    };
    return sync;
  }

  /** Who may no longer write is never asked for what waits: it would wait for ever. */
  #checkRole(): void {
    const waitsForEver = this.#synced.peek() && !mayWriteAll(this.me.peek()?.role, this.#sync.unsent.subjects);
    if (waitsForEver && !this.#deaf) this.#setAside('role');
  }

  #keepCopy(): void {
    if (this.#epoch !== null) this.#copy.attach(this.#document.value, this.#sync, this.#epoch);
  }

  #onStatus(): void {
    const status = this.#connection.status.value;
    if (status.kind === 'waiting') this.#away.value = true;
    if (status.kind === 'closed') untracked(() => this.#onClosed(status.code));
  }

  /** Coming back cannot help: what waits is shown, and what can never be sent is not kept for sending. */
  #onClosed(code: number): void {
    this.#tray.keep(this.#textsWaiting('closed'));
    if (UNSENDABLE.has(code)) void this.#copy.replace(null, 'closed').then((found) => this.#tray.keep(found));
  }

  #onFrame(frame: Uint8Array): void {
    if (this.#deaf) return;
    const event = this.#sync.receive(frame);
    if (event) this.#onEvent(event);
    if (this.#synced.peek()) this.#forgetWhatWasSavedAfterAll();
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
      case 'rules':
        this.#onRules(event);
        break;
      case 'waiting':
        this.waiting.value = event.waiting;
        break;
      case 'saved':
        if (this.#unsent.value === 0) this.#collisions = 0;
        break;
    }
  }

  #onHello(hello: Hello): void {
    if (hello.me.participant !== this.#participant) {
      this.#makeWayForSomeoneElse();
      return;
    }
    if (this.#epoch !== null && this.#epoch !== hello.epoch) this.#leaveOldEpoch();
    this.#epoch = hello.epoch;
    this.#clockLead = hello.now === null ? 0 : hello.now - Date.now();
    rememberSeat(this.caseId, hello.me, hello.epoch);
    this.me.value = hello.me;
    this.#room.value = { writable: hello.writable, reason: hello.writable ? null : 'role' };
    this.#connection.welcomed();
    this.#sync.begin();
  }

  /** A facilitator gave me another role, or paused the case: what I can no longer save is set aside as on entering. */
  #onRules({ role, writable, paused, editing, locked }: Rules): void {
    const me = this.me.peek();
    this.rules.value = { paused, editing, locked };
    if (role !== 'facilitator') this.waiting.value = [];
    if (me === null || me.role === role) return;
    this.me.value = { ...me, role };
    if (this.#room.peek().reason !== 'storage') this.#room.value = { writable, reason: writable ? null : 'role' };
    if (this.#synced.peek()) this.#checkRole();
  }

  /** Someone joined as another person in this browser: my work stays in my copy, and theirs begins with a fresh page. */
  #makeWayForSomeoneElse(): void {
    if (!this.#kept.value) this.#tray.keep(this.#textsWaiting('closed'));
    this.close();
    location.reload();
  }

  #leaveOldEpoch(): void {
    this.#tray.keep(this.#textsWaiting('epoch'));
    const removed = this.#copy.remove('epoch');
    this.#beginAnew();
    void removed.then((texts) => this.#tray.keep(texts));
  }

  #onSynced(): void {
    const document = this.#document.value;
    this.#synced.value = true;
    queueMicrotask(() => this.#checkRole());
    this.#away.value = false;
    document.ready.value = true;
    if (this.#restoring) this.#restore(this.#restoring);
    if (this.#copy.isAttached) this.#copy.markWhole();
    else this.#keepCopy();
  }

  #onRefused({ reason }: Refusal): void {
    if (reason === 'client-id' && this.#collisions < MOST_COLLISIONS) this.#changeClientId();
    else this.#setAside(reason);
  }

  /** Put what was refused in the tray and out of the copy, and only then come back to begin anew. */
  #setAside(reason: string): void {
    this.#tray.keep(this.#textsWaiting(reason));
    const emptied = this.#copy.replace(null, reason);
    this.#beginAnew();
    this.#comeBackAfter(emptied.then((texts) => this.#tray.keep(texts)));
  }

  /** Come back once something is done; what the server says until then was for the document of before. */
  #comeBackAfter(done: Promise<unknown>): void {
    this.#deaf = true;
    const longEnough = new Promise((resolve) => setTimeout(resolve, EMPTYING_MS));
    void Promise.race([done, longEnough]).then(() => {
      this.#deaf = false;
      if (!this.#ended) this.#connection.reconnect();
    });
  }

  /** My Yjs client id is someone else's: take another, and send my unsaved work anew under it. */
  #changeClientId(): void {
    const { doc } = this.#document.value;
    const { unsent } = this.#sync;
    const waiting = unsent.subjects;
    const work = { client: doc.clientID, own: unsent.ownUpdates, difference: this.#sync.difference() };
    const texts = this.#textsWaiting('client-id');
    this.#collisions += 1;
    this.#copy.detach();
    this.#beginAnew();
    this.#sync.unsent.inherit(waiting, () => undefined);
    const ready = import('./keeping').then(
      ({ putBack }) => void (this.#restoring = { texts, putIn: (fresh) => putBack(work, fresh, RESTORED) }),
      () => this.#tray.keep(texts),
    );
    this.#comeBackAfter(ready);
  }

  /** Put my work back in the fresh document; what does not fit any more goes to the tray. */
  #restore({ texts, putIn }: Restoring): void {
    const { doc } = this.#document.value;
    this.#restoring = null;
    putIn(doc);
    const isLost = (text: KeptText): boolean => !holdsText(doc, text);
    this.#tray.keep(texts.filter(isLost));
    const emptied = this.#copy.replace(Y.encodeStateAsUpdate(doc), 'client-id');
    void emptied.then((found) => this.#tray.keep(found.filter(isLost)));
  }

  #onPeople(update: PeopleUpdate): void {
    this.people.value = new Map([...this.people.value, ...update.people.map((person) => [person.id, person] as const)]);
    this.#clients.value = new Map([...this.#clients.value, ...update.clients]);
    const owner = update.clients.get(this.#document.value.doc.clientID) ?? this.#participant;
    if (owner !== this.#participant) this.#onCollision();
  }

  #onCollision(): void {
    const { doc } = this.#document.value;
    if (Y.getState(doc.store, doc.clientID) === 0) doc.clientID = new Y.Doc().clientID;
    else if (this.#collisions < MOST_COLLISIONS) this.#changeClientId();
    else this.#setAside('client-id');
  }

  #onLost(): void {
    this.#synced.value = false;
    this.#sync.lost();
    this.#presence.forgetOthers();
  }

  #textsWaiting(reason: string): readonly KeptText[] {
    return textsToKeep(this.#sync.unsent.subjects, this.#document.value.doc, reason);
  }

  /** Begin anew from what the server has; work that was still to be put back goes to the tray. */
  #beginAnew(): void {
    this.#tray.keep(this.#restoring?.texts ?? []);
    this.#restoring = null;
    const old = this.#document.value;
    this.#sync.destroy();
    const fresh = this.#freshDocument();
    this.#sync = this.#syncFor(fresh);
    this.#synced.value = false;
    this.#document.value = fresh;
    this.#unsent.value = 0;
    old.destroy();
  }

  /** A change may have been taken in after all, by way of another tab or just before its neighbour was refused. */
  #forgetWhatWasSavedAfterAll(): void {
    if (this.keptAside.peek().length === 0) return;
    const { doc } = this.#document.peek();
    const waiting = this.#sync.unsent.subjects;
    this.#tray.forget((kept) => !waiting.has(kept.id) && holdsText(doc, kept));
  }

  /** Tell whether anything can be changed now by who may. */
  #isOpen(): boolean {
    const isClosed = this.#connection.status.value.kind === 'closed';
    const isRoomOpen = this.#room.value.writable && !isHeld(this.me.value?.role, this.rules.value);
    return !isClosed && isRoomOpen && this.#document.value.ready.value;
  }

  readonly #warnOfUnsent = (event: BeforeUnloadEvent): void => {
    if (this.#unsent.value > 0) event.preventDefault();
  };
}
