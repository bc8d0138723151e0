// All eleven pieces at once, interlocked, where there is room for them.

import type { VNode } from 'preact';
import { isPiece, PIECES, processOf } from '../../domain';
import { Piece } from './Piece';
import { PuzzleEdges } from './PuzzleEdges';
import { SEAMS } from './seams';
import { useTable, type Table } from './table';

export function WholePuzzle(): VNode {
  const table = useTable();
  return (
    <div class="board whole">
      <PuzzleEdges seams={SEAMS} dress={(tile) => dressOf(table, tile)} />
      {PIECES.map((piece) => (
        <Piece key={piece} piece={piece} />
      ))}
    </div>
  );
}

/** The colour of a piece, warmer while someone is typing there, and marked while a note hangs over it. */
export function dressOf(table: Table, tile: string): string {
  if (!isPiece(tile)) return '';
  const isWarm = table.session.presentAt(tile).some((person) => person.typing);
  const isTarget = table.dropSpot.value?.place === tile;
  const colour = tile === 'impact' ? 'is-band' : `is-${processOf(tile)}`;
  return `${colour}${isWarm ? ' is-warm' : ''}${isTarget ? ' is-target' : ''}`;
}
