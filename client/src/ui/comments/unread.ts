// Which comments are new to whoever uses this browser: made by others since the panel of comments was last read here.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { CommentView } from '../../domain';
import { mentionedIn } from '../../method/mentions';
import type { CaseSession } from '../../session';
import { remember, remembered } from '../../storage';

export interface Unread {
  readonly ids: ReadonlySet<string>;
  /** How many of them mention me. */
  readonly mentions: number;
}

const seen = new Map<string, Signal<number>>();

function seenAt(session: CaseSession): Signal<number> {
  const key = `comments.${session.caseId ?? ''}.${session.me.value?.participant ?? ''}`;
  const known = seen.get(key) ?? signal(Number(remembered(key) ?? 0));
  seen.set(key, known);
  return known;
}

/** What is unread now, and whenever a comment comes. */
export function unreadOf(session: CaseSession): ReadonlySignal<Unread> {
  return computed(() => {
    const since = seenAt(session).value;
    const me = session.me.value?.participant;
    const people = [...session.people.value.values()];
    const fresh = session.document.value.comments.value.filter(
      (comment) => comment.created > since && authorOf(session, comment) !== me && !comment.resolved,
    );
    const mentions = fresh.filter(({ text }) => me !== undefined && mentionedIn(text, people).has(me)).length;
    return { ids: new Set(fresh.map(({ id }) => id)), mentions };
  });
}

/** All comments that are there now have been read. */
export function markRead(session: CaseSession): void {
  const newest = Math.max(0, ...session.document.value.comments.value.map(({ created }) => created));
  const known = seenAt(session);
  if (newest <= known.value) return;
  known.value = newest;
  remember(`comments.${session.caseId ?? ''}.${session.me.value?.participant ?? ''}`, String(newest));
}

/** The participant who made a comment, when anybody knows. */
export function authorOf(session: CaseSession, comment: CommentView): string | null {
  return comment.author ?? session.participantOf(comment.client);
}
