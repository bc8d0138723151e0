// The feed as data: what the notes tell of the past, what happens from now on, and how both become a list that
// can be read at a glance. Pure; listening is feed-recorder.ts, drawing is FeedPanel.tsx.

import type { CaseChange } from '../../document';
import type { NoteView, Place } from '../../domain';

export type FeedKind =
  | 'added'
  | 'edited'
  | 'moved'
  | 'changed'
  | 'removed'
  | 'statement'
  | 'partner.joined'
  | 'partner.left'
  | 'partner.changed'
  | 'partner.removed'
  | 'comment'
  | 'pair'
  | 'link';

export interface FeedEntry {
  readonly kind: FeedKind;
  /** A note, partner or statement id: what it is about. */
  readonly subject: string;
  readonly place: Place;
  /** Where a moved note came from. */
  readonly from: Place | null;
  readonly text: string;
  /** A participant, when it can be told. */
  readonly by: string | null;
  readonly at: number;
}

/** What one person did in one go, latest first. */
export interface Burst {
  readonly by: string | null;
  readonly at: number;
  readonly entries: readonly FeedEntry[];
}

export const burstGap = 5 * 60_000;
export const maxEntries = 500;

/** The past as the notes tell it: each once, at the moment it was made. */
export function pastEntries(notes: readonly NoteView[], authorOf: (note: NoteView) => string | null): FeedEntry[] {
  return notes
    .filter((note) => note.created > 0 && note.text.trim() !== '')
    .map((note) => entryOf('added', note, authorOf(note), note.created))
    .sort((one, other) => other.at - one.at)
    .slice(0, maxEntries);
}

/** One change of the document as a line of the feed; null for what nobody would call news. */
export function entryOfChange(change: CaseChange, by: string | null, at: number): FeedEntry | null {
  switch (change.kind) {
    case 'note-added':
      return entryOf('added', change.note, by, at);
    case 'note-edited':
      return entryOf('edited', change.note, by, at);
    case 'note-moved':
      return { ...entryOf('moved', change.note, by, at), from: change.before.place };
    case 'note-changed':
      return isReordering(change.before, change.note) ? null : entryOf('changed', change.note, by, at);
    case 'note-removed':
      return change.note.text.trim() === '' ? null : entryOf('removed', change.note, by, at);
    case 'statement-edited':
      return {
        kind: 'statement',
        subject: `statement.${change.statement}`,
        place: change.statement,
        from: null,
        text: change.text,
        by,
        at,
      };
    case 'comment-added':
      return tiedEntry('comment', change.comment.note, change.comment.text, by, at);
    case 'pair-added':
      return tiedEntry('pair', change.pair.value, '', by, at);
    case 'link-added':
      return tiedEntry('link', change.link.from, '', by, at);
    case 'partner-added':
      return partnerEntry('partner.joined', change.partner, by, at);
    case 'partner-removed':
      return partnerEntry('partner.removed', change.partner, by, at);
    case 'partner-changed': {
      const left = change.before.left === null && change.partner.left !== null;
      return partnerEntry(left ? 'partner.left' : 'partner.changed', change.partner, by, at);
    }
  }
}

/**
 * Put new entries on top. What the same person does to the same thing in one go stays one line: typing in a new note is
 * still "added", and a note that came and went leaves no trace.
 */
export function withEntries(feed: readonly FeedEntry[], fresh: readonly FeedEntry[]): readonly FeedEntry[] {
  return fresh.reduce(withEntry, feed).slice(0, maxEntries);
}

function withEntry(feed: readonly FeedEntry[], entry: FeedEntry): readonly FeedEntry[] {
  const index = feed.findIndex((earlier) => isSameGo(earlier, entry));
  const earlier = feed[index];
  if (earlier === undefined) return [entry, ...feed];
  const rest = feed.filter((_, at) => at !== index);
  return [merged(earlier, entry), ...rest];
}

function isSameGo(earlier: FeedEntry, entry: FeedEntry): boolean {
  if (isTied(earlier) || isTied(entry)) return false;
  const together = earlier.subject === entry.subject && entry.at - earlier.at < burstGap;
  return together && (earlier.by === entry.by || entry.by === null) && earlier.kind !== 'removed';
}

/** A comment, a pair or a link is news of its own beside what happens to its note. */
function isTied({ kind }: FeedEntry): boolean {
  return kind === 'comment' || kind === 'pair' || kind === 'link';
}

function merged(earlier: FeedEntry, entry: FeedEntry): FeedEntry {
  const by = entry.by ?? earlier.by;
  const outlasts = earlier.kind === 'added' || earlier.kind === 'partner.joined';
  if (outlasts && (entry.kind === 'edited' || entry.kind === 'changed' || entry.kind === 'partner.changed')) {
    return { ...entry, kind: earlier.kind, by };
  }
  if (earlier.kind === 'moved' && entry.kind === 'moved') return { ...entry, from: earlier.from, by };
  return { ...entry, by };
}

/** Group what one person did without a pause, so that a burst of ten notes is one block. */
export function bursts(feed: readonly FeedEntry[]): readonly Burst[] {
  const groups: { by: string | null; at: number; entries: FeedEntry[] }[] = [];
  for (const entry of feed) {
    const last = groups.at(-1);
    const previous = last?.entries.at(-1);
    const continues = last && previous && last.by === entry.by && previous.at - entry.at < burstGap;
    if (continues) last.entries.push(entry);
    else groups.push({ by: entry.by, at: entry.at, entries: [entry] });
  }
  return groups;
}

function entryOf(kind: FeedKind, note: NoteView, by: string | null, at: number): FeedEntry {
  return { kind, subject: note.id, place: note.place, from: null, text: note.text, by, at };
}

function partnerEntry(
  kind: FeedKind,
  partner: { readonly id: string; readonly name: string },
  by: string | null,
  at: number,
): FeedEntry {
  return { kind, subject: partner.id, place: 'partners', from: null, text: partner.name, by, at };
}

/** What was said of a note, or tied to it; where the note lies is looked up when it is shown. */
function tiedEntry(
  kind: 'comment' | 'pair' | 'link',
  note: string,
  text: string,
  by: string | null,
  at: number,
): FeedEntry {
  return { kind, subject: note, place: '', from: null, text, by, at };
}

function isReordering(before: NoteView, after: NoteView): boolean {
  return before.order !== after.order;
}
