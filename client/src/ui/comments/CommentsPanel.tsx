// Comments on notes: the open ones by note, newest talk first, with the note it is about; or those of one note, with a line to add.
// What is ticked off is a click away.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CommentView } from '../../domain';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { Thread } from './Thread';
import { markRead, unreadOf } from './unread';

export function CommentsPanel({ session }: { readonly session: CaseSession }): VNode {
  const about = session.subject.value?.startsWith('notes/') ? session.subject.value.slice('notes/'.length) : null;
  const [showResolved, setShowResolved] = useState(false);
  const comments = session.document.value.comments.value;
  const [fresh] = useState(useMemo(() => unreadOf(session), [session]).peek().ids);
  useEffect(() => markRead(session), [session, comments]);
  const threads = useComputed(() => threadsOf(session, about)).value;
  const shown = threads.filter(({ note, open }) => note === about || (about === null && (showResolved || open)));
  const hidden = threads.length - threads.filter(({ open }) => open).length;
  return (
    <div class="comments">
      {about !== null && (
        <button type="button" class="text-button" onClick={() => (session.subject.value = null)}>
          {t('comments.all')}
        </button>
      )}
      {shown.length === 0 && <p class="quiet">{t('comments.empty')}</p>}
      {shown.map(({ note, list }) => (
        <Thread key={note} session={session} note={note} comments={list} fresh={fresh} isOnly={note === about} />
      ))}
      {about === null && hidden > 0 && (
        <button
          type="button"
          class="text-button"
          aria-pressed={showResolved}
          onClick={() => setShowResolved(!showResolved)}
        >
          {t(showResolved ? 'comments.hide-resolved' : 'comments.show-resolved', { count: hidden })}
        </button>
      )}
    </div>
  );
}

interface ThreadOfNote {
  readonly note: string;
  readonly list: readonly CommentView[];
  readonly open: boolean;
}

/** The talk on each note, the latest first; the note that was asked for is there also without any. */
function threadsOf(session: CaseSession, about: string | null): readonly ThreadOfNote[] {
  const document = session.document.value;
  const byNote = new Map<string, CommentView[]>();
  if (about !== null) byNote.set(about, []);
  for (const comment of document.comments.value)
    byNote.set(comment.note, [...(byNote.get(comment.note) ?? []), comment]);
  return [...byNote]
    .filter(([note]) => document.note(note).value !== undefined)
    .map(([note, list]) => ({ note, list, open: list.some((comment) => !comment.resolved) }))
    .sort((one, other) => (other.list.at(-1)?.created ?? 0) - (one.list.at(-1)?.created ?? 0));
}
