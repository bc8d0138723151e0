// A small picture of the table: the eleven pieces as they lie, each with a knob in its neighbour. Decoration
// only, so it is hidden from screen readers; the real canvas is ui/canvas.

import type { VNode } from 'preact';

type Tone = 'band' | 'together' | 'toward';
type Piece = readonly [tone: Tone, x: number, y: number, width: number, height: number];
type Knob = readonly [tone: Tone, x: number, y: number, side: 'right' | 'down'];

const pieces: readonly Piece[] = [
  ['band', 0, 0, 420, 44],
  ['together', 0, 44, 210, 50],
  ['toward', 210, 44, 210, 50],
  ['together', 0, 94, 130, 120],
  ['toward', 130, 94, 145, 60],
  ['toward', 275, 94, 145, 60],
  ['toward', 130, 154, 145, 60],
  ['toward', 275, 154, 145, 60],
  ['together', 0, 214, 420, 38],
  ['together', 0, 252, 420, 38],
  ['together', 0, 290, 420, 38],
];

const knobs: readonly Knob[] = [
  ['band', 105, 44, 'down'],
  ['band', 315, 44, 'down'],
  ['together', 210, 69, 'right'],
  ['together', 65, 94, 'down'],
  ['toward', 346, 94, 'down'],
  ['together', 130, 124, 'right'],
  ['toward', 275, 124, 'right'],
  ['toward', 202, 154, 'down'],
  ['toward', 346, 154, 'down'],
  ['toward', 275, 184, 'right'],
  ['together', 65, 214, 'down'],
  ['toward', 202, 214, 'down'],
  ['together', 300, 252, 'down'],
  ['together', 120, 290, 'down'],
];

/** Lines of writing: x, y, width. */
const notes: readonly (readonly [number, number, number])[] = [
  [16, 62, 52],
  [84, 62, 60],
  [226, 62, 70],
  [16, 118, 80],
  [16, 142, 66],
  [16, 166, 84],
  [150, 112, 54],
  [292, 112, 40],
  [340, 128, 56],
  [150, 174, 84],
  [296, 176, 62],
  [16, 228, 150],
  [16, 266, 70],
  [98, 266, 84],
  [196, 266, 64],
  [16, 304, 96],
  [150, 304, 70],
];

export function PuzzlePicture(): VNode {
  return (
    <svg class="puzzle-picture" viewBox="-2 -2 424 332" aria-hidden="true">
      {pieces.map(([tone, x, y, width, height]) => (
        <rect key={`${x} ${y}`} class={`piece-${tone}`} {...{ x, y, width, height }} rx={6} />
      ))}
      {knobs.map(([tone, x, y, side]) => (
        <path key={`${x} ${y}`} class={`piece-${tone}`} d={knobPath(side)} transform={`translate(${x} ${y})`} />
      ))}
      <rect class="line-band" x={16} y={17} width={190} height={9} rx={4} />
      {notes.map(([x, y, width]) => (
        <rect key={`${x} ${y}`} class="paper-note" {...{ x, y, width }} height={14} rx={3} />
      ))}
    </svg>
  );
}

/** A knob whose neck starts just inside its own piece, so that only its head shows a seam. */
function knobPath(side: Knob[3]): string {
  return side === 'down'
    ? 'M-5-3C-4 3-9 4-9 9a9 9 0 1 0 18 0C9 4 4 3 5-3z'
    : 'M-3-5C3-4 4-9 9-9a9 9 0 1 1 0 18C4 9 3 4-3 5z';
}
