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
  [16, 62, 60],
  [124, 62, 60],
  [240, 62, 56],
  [16, 120, 80],
  [16, 144, 66],
  [16, 168, 84],
  [164, 112, 78],
  [308, 122, 70],
  [150, 178, 84],
  [308, 178, 62],
  [90, 226, 90],
  [230, 226, 120],
  [16, 264, 70],
  [98, 264, 84],
  [194, 264, 72],
  [16, 302, 80],
  [150, 302, 70],
  [232, 302, 90],
];

/** The outline of a knob from one side of its neck to the other, across the seam. */
const head = 'C-5 3-10 4-10 9.5a10 10 0 0 0 20 0C10 4 5 3 5 0';

export function PuzzlePicture(): VNode {
  return (
    <svg class="puzzle-picture" viewBox="-2 -2 424 332" aria-hidden="true">
      {pieces.map(([tone, x, y, width, height]) => (
        <rect key={`${x} ${y}`} class={`piece-${tone}`} {...{ x, y, width, height }} rx={6} />
      ))}
      {knobs.map(([tone, x, y, side]) => (
        <g
          key={`${x} ${y}`}
          class={`piece-${tone}`}
          transform={`translate(${x} ${y})${side === 'right' ? ' rotate(-90)' : ''}`}
        >
          <path class="knob-body" d={`M-5-3${head}V-3z`} />
          <path class="knob-seam" d={`M-5 0${head}`} />
        </g>
      ))}
      <rect class="line-band" x={16} y={17} width={190} height={9} rx={4} />
      {notes.map(([x, y, width]) => (
        <rect key={`${x} ${y}`} class="paper-note" {...{ x, y, width }} height={14} rx={3} />
      ))}
    </svg>
  );
}
