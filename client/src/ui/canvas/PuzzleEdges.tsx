// Draws the interlocking outlines behind the pieces, and keeps them right when a piece grows.
//
// The pieces are the children of the same parent that carry `data-tile`; they lie on top and stay plain HTML. The geometry is
// `puzzle-path.ts`.

import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { puzzlePaths, type Rect, type Seam } from './puzzle-path';

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly paths: ReadonlyMap<string, string>;
}

const NOTHING: Drawing = { width: 0, height: 0, paths: new Map() };

export interface PuzzleEdgesProps {
  readonly seams: readonly Seam[];
  /** Classes for each outline, by tile. */
  readonly dress: (tile: string) => string;
}

export function PuzzleEdges({ seams, dress }: PuzzleEdgesProps): VNode {
  const svg = useRef<SVGSVGElement>(null);
  const [drawing, setDrawing] = useState(NOTHING);
  useLayoutEffect(() => {
    const board = svg.current?.parentElement;
    return board ? followSizes(board, () => setDrawing(draw(board, seams))) : undefined;
  }, [seams]);
  const { width, height, paths } = drawing;
  return (
    <svg ref={svg} class="edges" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {[...paths].map(([tile, d]) => (
        <path key={tile} d={d} class={`edge ${dress(tile)}`} />
      ))}
    </svg>
  );
}

function tilesOf(board: Element): HTMLElement[] {
  return [...board.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && 'tile' in child.dataset,
  );
}

function followSizes(board: Element, redraw: () => void): () => void {
  const observer = new ResizeObserver(redraw);
  observer.observe(board);
  for (const tile of tilesOf(board)) observer.observe(tile);
  return () => observer.disconnect();
}

function draw(board: Element, seams: readonly Seam[]): Drawing {
  const tiles = new Map<string, Rect>(tilesOf(board).map((tile) => [tile.dataset['tile'] ?? '', rectOf(tile)]));
  return { width: board.clientWidth, height: board.clientHeight, paths: puzzlePaths(tiles, seams) };
}

function rectOf({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): Rect {
  return { x: offsetLeft, y: offsetTop, width: offsetWidth, height: offsetHeight };
}
