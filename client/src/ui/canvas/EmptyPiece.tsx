// A piece without notes asks its question, and takes the answer at once.

import type { VNode } from 'preact';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import { useTable } from './table';

export function EmptyPiece({ piece }: { readonly piece: PieceId }): VNode {
  return <Invitation piece={piece} question={t(`piece.${piece}.question`)} act={t('piece.first')} />;
}

/** Under a shared sentence that has no candidates yet. */
export function NoCandidates({ piece }: { readonly piece: PieceId }): VNode | null {
  const writable = useTable().session.writableAt(piece);
  return writable ? (
    <Invitation piece={piece} question={t('statement.candidates')} act={t('statement.candidate')} />
  ) : null;
}

interface InvitationProps {
  readonly piece: PieceId;
  readonly question: string;
  readonly act: string;
}

function Invitation({ piece, question, act }: InvitationProps): VNode {
  const table = useTable();
  if (!table.session.writableAt(piece)) return <p class="empty-question">{question}</p>;
  return (
    <button type="button" class="empty-piece" onClick={() => table.startNote(piece)}>
      <span class="empty-question">{question}</span>
      <span class="empty-act">{act}</span>
    </button>
  );
}
