// The notes of one piece.

import type { VNode } from 'preact';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import { EmptyPiece } from './EmptyPiece';
import { PlaceNotes } from './PlaceNotes';

const NARROWEST = 196;
const NARROWEST_LARGE = 300;

export interface PieceNotesProps {
  readonly piece: PieceId;
  readonly large: boolean;
  /** What to show when there are none. */
  readonly whenEmpty?: VNode | null;
}

export function PieceNotes({ piece, large, whenEmpty }: PieceNotesProps): VNode {
  return (
    <PlaceNotes
      place={piece}
      label={t('piece.notes', { piece: t(`piece.${piece}`) })}
      narrowest={large ? NARROWEST_LARGE : NARROWEST}
      whenEmpty={whenEmpty === undefined ? <EmptyPiece piece={piece} /> : whenEmpty}
    />
  );
}
