// Texts of mine that could not be saved: kept where I can see them, to put back or copy. Nothing typed is thrown away.

import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isPiece, LIMITS, NOTE_PIECES, type PieceId } from '../domain';
import { t, type Key } from '../i18n';
import type { CaseSession, KeptText } from '../session';
import { showToast } from './Toast';

const REASONS: readonly string[] = [
  'role',
  'paused',
  'locked',
  'whose',
  'reference',
  'shape',
  'author',
  'limit',
  'client-id',
  'fault',
  'epoch',
  'gap',
  'closed',
];

export function Tray({ session }: { readonly session: CaseSession }): VNode | null {
  const heading = useRef<HTMLHeadingElement>(null);
  const kept = session.keptAside.value;
  if (kept.length === 0) return null;
  const canPutBack = kept.some((text) => pieceFor(session, text) !== undefined);
  const forget = (text: KeptText): void => {
    session.forgetKept(text);
    // The button that had the focus is gone with its text.
    (kept.length > 1 ? heading.current : document.getElementById('canvas'))?.focus();
  };
  return (
    <section class="tray" aria-labelledby="tray-title">
      <div class="tray-head" role="alert">
        <h2 id="tray-title" ref={heading} tabIndex={-1}>
          {t('tray.title')}
        </h2>
        <p>
          {t(session.saving.value.kind === 'closed' ? 'tray.stranded' : canPutBack ? 'tray.text' : 'tray.copy-only')}
        </p>
      </div>
      <ul>
        {kept.map((text) => (
          <KeptCard key={`${text.id} ${text.text}`} kept={text}>
            <PutBackButton session={session} kept={text} />
            <CopyButton text={text.text} />
            <button type="button" class="button button-plain" onClick={() => forget(text)}>
              {t('tray.forget')}
            </button>
          </KeptCard>
        ))}
      </ul>
    </section>
  );
}

interface KeptCardProps {
  readonly kept: KeptText;
  readonly children: ComponentChildren;
}

export function KeptCard({ kept, children }: KeptCardProps): VNode {
  const where = kept.place !== null && isPiece(kept.place) ? t(`piece.${kept.place}`) : '';
  return (
    <li class="kept">
      {where !== '' && <h3 class="kept-where">{where}</h3>}
      <p class="kept-text" dir="auto">
        {kept.text}
      </p>
      {REASONS.includes(kept.reason) && <p class="kept-reason">{t(`tray.reason.${kept.reason}` as Key)}</p>}
      <div class="menu-row">{children}</div>
    </li>
  );
}

interface PutBackProps {
  readonly session: CaseSession;
  readonly kept: KeptText;
}

/** Makes a note with the text in its piece, and goes there. Not for what cannot be a note, or would be refused again. */
function PutBackButton({ session, kept }: PutBackProps): VNode | null {
  const piece = pieceFor(session, kept);
  if (piece === undefined) return null;
  return (
    <button type="button" class="button button-primary" onClick={() => putBack(session, kept, piece)}>
      {t('tray.put-back')}
    </button>
  );
}

function pieceFor(session: CaseSession, kept: KeptText): PieceId | undefined {
  if (kept.text.length > LIMITS.note) return undefined;
  return NOTE_PIECES.find((each) => each === kept.place && session.writableAt(each));
}

function putBack(session: CaseSession, kept: KeptText, piece: PieceId): void {
  const note = session.document.value.edit.addNote(piece, { text: kept.text });
  session.forgetKept(kept);
  session.goTo(piece, note);
  showToast({ text: t('tray.put-back.done', { piece: t(`piece.${piece}`) }) });
}

export function CopyButton({ text }: { readonly text: string }): VNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => setCopied(false), [text]);
  const copy = (): void => {
    // The clipboard is missing outside secure contexts, whatever the type says.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const done = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    done.then(
      () => setCopied(true),
      () => showToast({ text: t('tray.copy.failed') }),
    );
  };
  return (
    <button type="button" class="button button-quiet" onClick={copy}>
      {t(copied ? 'tray.copied' : 'tray.copy')}
    </button>
  );
}
