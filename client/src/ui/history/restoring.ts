// Bringing back what was: which things, in which words, and where one arrives afterwards. The dialog is `RestoreDialog.tsx`; what the
// server does is an ordinary change, so that others' work stays; it is undone as any other, or by looking back again.

import { isPiece, isStatement, PIECES, type Place } from '../../domain';
import { restore, takeBack, type Scope } from '../../history-api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { placeName } from '../panels/place-name';
import { problemText } from '../problem-text';
import { showToast } from '../Toast';
import { backToNow } from './looking-back';

export interface Restoration {
  readonly scope: Scope;
  /** What is brought back, in words: a text, a piece, the case. */
  readonly label: string;
}

/** The scope of a note or statement: `notes/<id>`, `statement.impact`. */
export function scopeOfSubject(subject: string): Scope {
  return subject.startsWith('notes/')
    ? { kind: 'note', key: subject.slice('notes/'.length) }
    : { kind: 'statement', key: subject.slice('statement.'.length) };
}

/** Whether I may bring this back: notes and statements who writes, all else the facilitator. */
export function mayRestore(session: CaseSession, { kind }: Scope): boolean {
  if (!session.writable.value) return false;
  return kind === 'note' || kind === 'statement' || session.me.value?.role === 'facilitator';
}

/** What of a past moment can be brought back by me, in groups for a list. */
export function restorations(
  live: CaseSession,
  then: CaseSession,
): readonly (readonly [string, readonly Restoration[]])[] {
  const whole: Restoration = { scope: { kind: 'case', key: '' }, label: t('restore.case') };
  const pieces = PIECES.map((piece) => ({
    scope: { kind: 'piece', key: piece } as const,
    label: t('restore.piece', { piece: t(`piece.${piece}`) }),
  }));
  const statements = (['impact', 'ambition'] as const).map((key) => ({
    scope: { kind: 'statement', key } as const,
    label: t(`statement.${key}.label`),
  }));
  const notes = then.document.value
    .allNotes()
    .filter(({ text, place }) => text.trim() !== '' && isPiece(place))
    .map(({ id, text, place }) => ({
      scope: { kind: 'note', key: id } as const,
      label: `${placeName(place)}: ${text}`,
    }))
    .sort((one, other) => one.label.localeCompare(other.label));
  const groups: readonly (readonly [string, readonly Restoration[]])[] = [
    [t('restore.group.notes'), notes],
    [t('restore.group.statements'), statements],
    [t('restore.group.pieces'), [...pieces, whole]],
  ];
  return groups
    .map(([title, list]) => [title, list.filter(({ scope }) => mayRestore(live, scope))] as const)
    .filter(([, list]) => list.length > 0);
}

/** Do it, say so, and go to where it lies now. Raises ApiError. */
export async function bringBack(session: CaseSession, scope: Scope, seq: number): Promise<void> {
  const done = await restore(session.caseId ?? '', scope, seq);
  backToNow(session);
  if (done === null) showToast({ text: t('restore.same') });
  else offerUndo(session, scope, done);
  const place = await placeOf(session, scope);
  if (place !== null) session.goTo(place, scope.kind === 'note' ? scope.key : null);
}

/** By the button in the message, or as any other last thing I did. */
function offerUndo(session: CaseSession, scope: Scope, seq: number): void {
  const { edit } = session.document.peek();
  const run = edit.noteElsewhere(() => void undoRestore(session, seq));
  showToast({ text: t(`restore.done.${scope.kind}`), action: { label: t('undo'), run } });
}

async function undoRestore(session: CaseSession, seq: number): Promise<void> {
  try {
    const undone = await takeBack(session.caseId ?? '', seq);
    showToast({ text: t(undone === null ? 'restore.undone.nothing' : 'restore.undone') });
  } catch (error) {
    showToast({ text: problemText(error) });
  }
}

/** Where it lies now; a note that was deleted may take a moment to arrive. */
function placeOf(session: CaseSession, { kind, key }: Scope): Promise<Place | null> {
  if (kind === 'case') return Promise.resolve(null);
  if (kind !== 'note') return Promise.resolve(isPiece(key) || isStatement(key) ? key : null);
  const note = session.document.value.note(key);
  return new Promise((resolve) => {
    const stop = note.subscribe((view) => {
      if (view) {
        resolve(view.place);
        queueMicrotask(() => stop());
      }
    });
  });
}
