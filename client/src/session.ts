// What a screen knows of a case it shows: the document, who I am, who else is here, whether things are saved, and which panel is
// open. Live cases, past moments and examples all look like this to the screens.
//
// `openLive` (in `session-live.ts`) joins a case over the network; `openStill` (in `session-still.ts`) shows one that does not
// change. This file holds the contract.

import type { ReadonlySignal, Signal } from '@preact/signals';
import type { CaseDocument } from './document';
import type { Editing, NoteFields, NoteView, Place, Role } from './domain';
import type { OwnPresence, Person, PresentPerson } from './presence';
import type { WaitingPerson } from './server-events';
import type { KeptText } from './unsent';

export type { Person, PresentPerson, OwnPresence } from './presence';
export type { WaitingPerson } from './server-events';
export type { KeptText } from './unsent';

export interface Me {
  readonly participant: string;
  readonly name: string;
  readonly role: Role;
  readonly partner: string | null;
}

/** What can be said of saving. */
export type Saving =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly unsent: number }
  /** `kept`: what waits outlives this tab, in this browser. */
  | { readonly kind: 'offline'; readonly unsent: number; readonly kept: boolean }
  /** `reason`: my role, a still picture, or what the server says of the room. */
  | { readonly kind: 'read-only'; readonly reason: 'role' | 'still' | (string & {}) }
  | { readonly kind: 'closed'; readonly code: number; readonly unsent: number };

export type PanelName =
  | 'feed'
  | 'people'
  | 'history'
  | 'changes'
  | 'life'
  | 'balance'
  | 'loose'
  | 'partner'
  | 'links'
  | 'comments'
  | 'search';

/** What lies between two points of the log, or what happened since a time; `to` null is now. */
export interface Stretch {
  readonly from: { readonly seq: number } | { readonly since: number };
  readonly to: number | null;
}

export interface FocusRequest {
  readonly place: Place;
  readonly note: string | null;
  /** Begin a note there with these fields; null to go there only. */
  readonly begin: Partial<NoteFields> | null;
}

/** A past moment that is shown in place of the live case. */
export interface LookingBack {
  readonly session: CaseSession;
  /** When it was, in milliseconds since the epoch. */
  readonly at: number;
  /** The entry of the log it stands at. */
  readonly seq: number;
}

/** What a facilitator decided for the case. */
export interface CaseRules {
  readonly paused: boolean;
  readonly editing: Editing;
  /** Pieces and other parts in which only a facilitator may change something. */
  readonly locked: readonly string[];
}

/** What the screen has open and in view, in every kind of session. */
export interface ScreenState {
  readonly panel: Signal<PanelName | null>;
  /** Which stretch the panel of changes tells of. */
  readonly stretch: Signal<Stretch | null>;
  /** What the open panel is about: `notes/<id>`, `statement.impact`, `partners/<id>`. */
  readonly subject: Signal<string | null>;
  /** Which partner is lit, while the others are dimmed. */
  readonly lens: Signal<string | null>;
  /** Notes that stand out, for what a panel tells of them. */
  readonly highlight: Signal<ReadonlySet<string>>;
  /** Whether lines are drawn between the notes that are linked with the one the panel tells of. */
  readonly lines: Signal<boolean>;
  /** Where the screen should go; the canvas clears it when it is there. */
  readonly focusRequest: Signal<FocusRequest | null>;
  readonly lookingBack: Signal<LookingBack | null>;
  readonly goTo: (place: Place, note?: string | null) => void;
  /** Go to a place and begin a note there. */
  readonly begin: (place: Place, fields: Partial<NoteFields>) => void;
}

export interface CaseSession extends ScreenState {
  readonly kind: 'live' | 'still';
  /** The case, or null for an example that is nobody's case yet. */
  readonly caseId: string | null;
  readonly me: Signal<Me | null>;
  /** Replaceable: a refusal or a new epoch puts a fresh document here. */
  readonly document: ReadonlySignal<CaseDocument>;
  /** All participants ever, by id. */
  readonly people: ReadonlySignal<ReadonlyMap<string, Person>>;
  /** The others who are here now, one entry per connection. */
  readonly present: ReadonlySignal<readonly PresentPerson[]>;
  readonly saving: ReadonlySignal<Saving>;
  readonly writable: ReadonlySignal<boolean>;
  /** Whether I may comment: a critical friend may, who changes nothing else. */
  readonly commentable: ReadonlySignal<boolean>;
  readonly rules: ReadonlySignal<CaseRules>;
  /** Who waits to be let in; only a facilitator hears of them. */
  readonly waiting: ReadonlySignal<readonly WaitingPerson[]>;
  /** Texts of mine that could not be saved, kept for me to put back. */
  readonly keptAside: ReadonlySignal<readonly KeptText[]>;
  /** Whether I may change something at a place now: no lock lies on it that binds me. */
  writableAt(place: Place): boolean;
  presentAt(place: Place): readonly PresentPerson[];
  presentAtNote(note: string): readonly PresentPerson[];
  /** The participant behind a Yjs client id, when the server has told. */
  participantOf(client: number | null): string | null;
  /** Who wrote a note: what it says itself, else what the log says. */
  authorOf(note: NoteView): Person | null;
  /** A kept text is no longer needed. */
  forgetKept(text: KeptText): void;
  tellPresence(presence: OwnPresence): void;
  /** Try the connection again at once. */
  retry(): void;
  close(): void;
}
