// Which pieces touch which, in the lay-out practitioners know, and which way the knobs grow. Knobs between rows grow upward, so that
// they never lie under the name of a piece.

import type { PieceId } from '../../domain';
import type { Seam } from './puzzle-path';

export const SEAMS: readonly Seam[] = [
  seam('continuity', 'impact'),
  seam('consequences', 'impact'),
  seam('continuity', 'consequences'),
  seam('partners', 'continuity'),
  seam('resources', 'continuity'),
  seam('resources', 'consequences'),
  seam('returns', 'consequences'),
  seam('resources', 'partners'),
  seam('partners', 'value'),
  seam('resources', 'returns'),
  seam('value', 'resources'),
  seam('audiences', 'returns'),
  seam('audiences', 'value'),
  seam('ambition', 'partners'),
  seam('ambition', 'value'),
  seam('ambition', 'audiences'),
  seam('contributions', 'ambition'),
  seam('intentions', 'contributions'),
];

/** One piece between its two neighbours: each reaches up into the one above it. */
export function stackSeams(previous: PieceId, piece: PieceId, next: PieceId): readonly Seam[] {
  return [
    { from: piece, into: `previous-${previous}` },
    { from: `next-${next}`, into: piece },
  ];
}

function seam(from: PieceId, into: PieceId): Seam {
  return { from, into };
}
