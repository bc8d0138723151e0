// A piece without notes asks its question, and takes the answer at once.

import type { VNode } from 'preact';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import { useTable } from './table';

export function EmptyPiece({ piece }: { readonly piece: PieceId }): VNode {
  const table = useTable();
  const question = t(`piece.${piece}.question`);
  if (!table.session.writable.value) return <p class="empty-question">{question}</p>;
  return (
    <button type="button" class="empty-piece" onClick={() => table.startNote(piece)}>
      <span class="empty-question">{question}</span>
      <span class="empty-act">{t('piece.first')}</span>
    </button>
  );
}
