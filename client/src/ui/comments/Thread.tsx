// The talk on one note: the note, what was said, and a line to say something.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { CommentView } from '../../domain';
import { t } from '../../i18n';
import { ago } from '../../i18n/format';
import { markOf } from '../../marks';
import { editComment, removeComment, setResolved } from '../../method-edits';
import { mentionRuns } from '../../method/mentions';
import type { CaseSession } from '../../session';
import { IconButton } from '../canvas/icons';
import { PartnerMark } from '../canvas/PartnerMark';
import { makeWay } from '../panels/on-phone';
import { placeName } from '../panels/place-name';
import { useNow } from '../panels/use-now';
import { showToast } from '../Toast';
import { Composer } from './Composer';
import { authorOf } from './unread';

export interface ThreadProps {
  readonly session: CaseSession;
  readonly note: string;
  readonly comments: readonly CommentView[];
  /** Comments that were new when the panel was opened. */
  readonly fresh: ReadonlySet<string>;
  /** The only thread that is shown, since someone wants to talk about this note: its line to write is open at once, and theirs. */
  readonly isOnly: boolean;
}

export function Thread({ session, note, comments, fresh, isOnly }: ThreadProps): VNode {
  const view = session.document.value.note(note).value;
  const [answering, setAnswering] = useState(false);
  const go = (): void => {
    makeWay(session);
    if (view) session.goTo(view.place, note);
  };
  return (
    <section class="thread" aria-label={t('comments.thread', { note: view?.text ?? '' })}>
      <button type="button" class="thread-note" onClick={go}>
        <span dir="auto">{view?.text.trim() === '' ? t('note.empty') : view?.text}</span>
        <span class="quiet">{view ? placeName(view.place, session.document.value) : ''}</span>
      </button>
      <ul>
        {comments.map((comment) => (
          <Comment key={comment.id} session={session} comment={comment} isFresh={fresh.has(comment.id)} />
        ))}
      </ul>
      {session.commentable.value &&
        (isOnly || answering ? (
          <Composer session={session} note={note} takesFocus={answering || isOnly} onDone={() => setAnswering(false)} />
        ) : (
          <button type="button" class="text-button" onClick={() => setAnswering(true)}>
            {t('comments.answer')}
          </button>
        ))}
    </section>
  );
}

interface CommentProps {
  readonly session: CaseSession;
  readonly comment: CommentView;
  readonly isFresh: boolean;
}

function Comment({ session, comment, isFresh }: CommentProps): VNode {
  const now = useNow();
  const [editing, setEditing] = useState(false);
  const document = session.document.value;
  const author = authorOf(session, comment);
  const isMine = author !== null && author === session.me.value?.participant;
  const person = author === null ? undefined : session.people.value.get(author);
  const name = isMine ? t('feed.you') : (person?.name ?? t('feed.someone'));
  if (editing)
    return (
      <li>
        <Composer
          session={session}
          note={comment.note}
          words={comment.text}
          takesFocus
          onWords={(words) => editComment(document, comment.id, words)}
          onDone={() => setEditing(false)}
        />
      </li>
    );
  return (
    <li class={`comment${comment.resolved ? ' is-resolved' : ''}${isFresh ? ' is-fresh' : ''}`}>
      <p class="comment-who">
        <PartnerMark partner={document.partner(person?.partner ?? null)} fallback={markOf(person?.name ?? name)} />
        <strong dir="auto">{name}</strong>
        <time dateTime={new Date(comment.created).toISOString()}>{ago(comment.created, now)}</time>
        {isFresh && <span class="comment-new">{t('comments.new')}</span>}
      </p>
      <CommentWords session={session} text={comment.text} />
      {session.commentable.value && (
        <div class="comment-acts">
          <button type="button" class="text-button" onClick={() => setResolved(document, comment, !comment.resolved)}>
            {t(comment.resolved ? 'comments.reopen' : 'comments.resolve')}
          </button>
          {isMine && (
            <button type="button" class="text-button" onClick={() => setEditing(true)}>
              {t('comments.edit')}
            </button>
          )}
          {isMine && <IconButton icon="bin" label={t('comments.remove')} onClick={() => remove()} />}
        </div>
      )}
    </li>
  );

  function remove(): void {
    removeComment(document, comment.id);
    showToast({ text: t('comments.removed'), action: { label: t('undo'), run: () => document.edit.undo() } });
  }
}

function CommentWords({ session, text }: { readonly session: CaseSession; readonly text: string }): VNode {
  const me = session.me.value?.participant;
  return (
    <p class="comment-text" dir="auto">
      {mentionRuns(text, [...session.people.value.values()]).map((run, index) =>
        run.person === null ? (
          run.text
        ) : (
          <span key={index} class={run.person === me ? 'mention is-me' : 'mention'}>
            {run.text}
          </span>
        ),
      )}
    </p>
  );
}
