// One piece at a time: how a phone shows the puzzle, and how a piece is shown large. The neighbours peep out above and below, and a
// swipe, a button or the list of pieces goes there.

import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { processOf, type PieceId } from '../../domain';
import { t } from '../../i18n';
import { Icon } from './icons';
import { Piece } from './Piece';
import { PuzzleEdges } from './PuzzleEdges';
import { stackSeams } from './seams';
import { neighbourOf, useTable, type Table } from './table';
import { dressOf } from './WholePuzzle';

export function OnePiece({ piece }: { readonly piece: PieceId }): VNode {
  const table = useTable();
  const swipe = useSwipe(table);
  const [previous, next] = [neighbourOf(piece, -1), neighbourOf(piece, 1)];
  const seams = useMemo(() => stackSeams(previous, piece, next), [previous, piece, next]);
  return (
    <div class="board one" {...swipe}>
      <PuzzleEdges key={piece} seams={seams} dress={(tile) => dressOf(table, tileOf(tile))} />
      <Neighbour way="previous" piece={previous} />
      <Piece key={piece} piece={piece} large />
      <Neighbour way="next" piece={next} />
    </div>
  );
}

interface NeighbourProps {
  readonly way: 'previous' | 'next';
  readonly piece: PieceId;
}

function Neighbour({ way, piece }: NeighbourProps): VNode {
  const table = useTable();
  const name = t(`piece.${piece}`);
  const colour = piece === 'impact' ? 'is-band' : `is-${processOf(piece)}`;
  return (
    <button
      type="button"
      class={`neighbour ${colour}`}
      data-tile={`${way}-${piece}`}
      aria-label={t(`piece.${way}`, { piece: name })}
      onClick={() => goTo(table, piece)}
    >
      <Icon name={way === 'previous' ? 'back' : 'forward'} />
      <span>{name}</span>
    </button>
  );
}

function goTo(table: Table, piece: PieceId): void {
  table.show(piece);
  window.scrollTo({ top: 0 });
}

function tileOf(tile: string): string {
  return tile.replace(/^(next|previous)-/, '');
}

const SWIPE_PX = 64;

interface Swipe {
  readonly onTouchStart: (event: TouchEvent) => void;
  readonly onTouchEnd: (event: TouchEvent) => void;
}

/** A sideways swipe turns to the next or previous piece; not while typing, and not when it is a scroll. */
function useSwipe(table: Table): Swipe {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event) => {
      const touch = event.touches.length === 1 ? event.touches[0] : undefined;
      start.current = touch && table.editing.peek() === null ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event) => {
      const touch = event.changedTouches[0];
      if (!start.current || !touch) return;
      const [dx, dy] = [touch.clientX - start.current.x, touch.clientY - start.current.y];
      start.current = null;
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) table.turn(dx < 0 ? 1 : -1);
    },
  };
}
