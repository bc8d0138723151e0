// Listens to a case for as long as its screen is open, so that the feed misses nothing while its panel is shut.
// What is made of it is in feed.ts.

import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { CaseChange, CaseDocument } from '../../document';
import type { CaseSession } from '../../session';
import { remember, remembered } from '../../storage';
import { entryOfChange, pastEntries, withEntries, type FeedEntry } from './feed';

export interface Feed {
  readonly entries: ReadonlySignal<readonly FeedEntry[]>;
  /** How much others did since I last looked. */
  readonly unseen: ReadonlySignal<number>;
  /** When I last looked, before this time. */
  readonly seenAt: ReadonlySignal<number>;
  /** I am looking at it now. */
  markSeen(): void;
}

const feeds = new WeakMap<CaseSession, Feed>();

/** The feed of a session: recording starts at the first call. */
export function feedOf(session: CaseSession): Feed {
  const known = feeds.get(session);
  if (known) return known;
  const fresh = record(session);
  feeds.set(session, fresh);
  return fresh;
}

function record(session: CaseSession): Feed {
  const entries = signal<readonly FeedEntry[]>([]);
  const key = `seen.${session.caseId ?? ''}`;
  // What was there before someone's first visit is no news to them.
  const seenAt = signal(Number(remembered(key) ?? Date.now()));
  effect(() => {
    const document = session.document.value;
    if (!document.ready.value) return;
    untracked(() => (entries.value = mergeByTime(entries.value, past(session, document))));
    return document.onChanges((changes) => (entries.value = withEntries(entries.value, told(session, changes))));
  });
  const unseen = computed(
    () => entries.value.filter((entry) => entry.at > seenAt.value && !isMine(session, entry)).length,
  );
  function markSeen(): void {
    seenAt.value = Date.now();
    remember(key, String(seenAt.value));
  }
  return { entries, unseen, seenAt, markSeen };
}

function past(session: CaseSession, document: CaseDocument): readonly FeedEntry[] {
  return pastEntries(document.allNotes(), (note) => session.authorOf(note)?.id ?? note.author);
}

/** What was heard live says more than what the notes tell, so it wins. */
function mergeByTime(heard: readonly FeedEntry[], fromNotes: readonly FeedEntry[]): readonly FeedEntry[] {
  const known = new Set(heard.map((entry) => entry.subject));
  const missing = fromNotes.filter((entry) => !known.has(entry.subject));
  return [...heard, ...missing].sort((one, other) => other.at - one.at);
}

function told(session: CaseSession, changes: readonly CaseChange[]): readonly FeedEntry[] {
  const now = Date.now();
  return changes.flatMap((change) => {
    const by = change.local ? (session.me.peek()?.participant ?? null) : session.participantOf(change.by);
    return entryOfChange(change, by, now) ?? [];
  });
}

function isMine(session: CaseSession, entry: FeedEntry): boolean {
  return entry.by !== null && entry.by === session.me.value?.participant;
}
