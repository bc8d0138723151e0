// What every kind of session gives the screen, live or still: the open panel, where to go, and who wrote a note.

import { signal } from '@preact/signals';
import type { NoteView } from './domain';
import type { Person } from './presence';
import type { FocusRequest, LookingBack, PanelName, ScreenState, Stretch } from './session';

/** Give a fresh screen: nothing open, nothing in view. */
export function screenState(): ScreenState {
  const focusRequest = signal<FocusRequest | null>(null);
  return {
    panel: signal<PanelName | null>(null),
    stretch: signal<Stretch | null>(null),
    subject: signal<string | null>(null),
    lens: signal<string | null>(null),
    highlight: signal<ReadonlySet<string>>(new Set()),
    lines: signal(false),
    focusRequest,
    lookingBack: signal<LookingBack | null>(null),
    goTo: (place, note = null) => void (focusRequest.value = { place, note, begin: null }),
    begin: (place, fields) => void (focusRequest.value = { place, note: null, begin: fields }),
  };
}

/** Give the one lookup of authors that all sessions use. */
export function findAuthor(
  note: NoteView,
  people: ReadonlyMap<string, Person>,
  participantOf: (client: number) => string | null,
): Person | null {
  const participant = note.author ?? participantOf(note.client);
  return participant === null ? null : (people.get(participant) ?? null);
}
