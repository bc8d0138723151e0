// The outlines of puzzle pieces that really interlock: where two tiles touch, the knob of one and the hollow of the other are the
// same curve, walked in opposite directions. Pure geometry; drawing is `PuzzleEdges.tsx`.
//
// Tiles must touch without a gap. The seam between them is a stroke in the colour of the table, drawn over both.

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Two tiles that touch. The knob grows from `from` into `into`. */
export interface Seam {
  readonly from: string;
  readonly into: string;
}

type Side = 'top' | 'right' | 'bottom' | 'left';

interface Knob {
  /** Distance along the side, in the direction of walking (clockwise). */
  readonly at: number;
  readonly outward: boolean;
}

type Knobs = Record<Side, Knob[]>;

const KNOB_RADIUS = 12;
const CORNER_RADIUS = 12;
const TOUCH_TOLERANCE = 2;

/** Give the outline of every tile as SVG path data. Seams between tiles that do not touch are left out. */
export function puzzlePaths(tiles: ReadonlyMap<string, Rect>, seams: readonly Seam[]): ReadonlyMap<string, string> {
  const knobs = new Map<string, Knobs>(
    [...tiles.keys()].map((id) => [id, { top: [], right: [], bottom: [], left: [] }]),
  );
  for (const { from, into } of seams) placeKnob(tiles, knobs, from, into);
  return new Map([...tiles].map(([id, rect]) => [id, outline(rect, knobs.get(id))]));
}

function placeKnob(tiles: ReadonlyMap<string, Rect>, knobs: Map<string, Knobs>, from: string, into: string): void {
  const [a, b] = [tiles.get(from), tiles.get(into)];
  if (!a || !b) return;
  const touch = touching(a, b);
  if (!touch) return;
  knobs.get(from)?.[touch.side].push({ at: along(a, touch.side, touch.middle), outward: true });
  const other = OPPOSITE[touch.side];
  knobs.get(into)?.[other].push({ at: along(b, other, touch.middle), outward: false });
}

const OPPOSITE: Record<Side, Side> = { top: 'bottom', right: 'left', bottom: 'top', left: 'right' };

/** Find the side of `a` that touches `b`, and the middle of what they share (an x for top and bottom, else a y). */
function touching(a: Rect, b: Rect): { side: Side; middle: number } | null {
  const [top, bottom] = [Math.max(a.y, b.y), Math.min(a.y + a.height, b.y + b.height)];
  const [left, right] = [Math.max(a.x, b.x), Math.min(a.x + a.width, b.x + b.width)];
  const minimum = 2 * (KNOB_RADIUS + CORNER_RADIUS);
  if (right - left >= minimum) {
    const middle = (left + right) / 2;
    if (near(a.y + a.height, b.y)) return { side: 'bottom', middle };
    if (near(b.y + b.height, a.y)) return { side: 'top', middle };
  }
  if (bottom - top >= minimum) {
    const middle = (top + bottom) / 2;
    if (near(a.x + a.width, b.x)) return { side: 'right', middle };
    if (near(b.x + b.width, a.x)) return { side: 'left', middle };
  }
  return null;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOUCH_TOLERANCE;
}

/** Turn a coordinate into a distance from where the clockwise walk enters that side. */
function along({ x, y, width, height }: Rect, side: Side, coordinate: number): number {
  switch (side) {
    case 'top':
      return coordinate - x;
    case 'right':
      return coordinate - y;
    case 'bottom':
      return x + width - coordinate;
    case 'left':
      return y + height - coordinate;
  }
}

function outline({ x, y, width, height }: Rect, knobs: Knobs | undefined): string {
  const r = Math.min(CORNER_RADIUS, width / 2, height / 2);
  const corners = [
    side(x, y, 1, 0, width, r, knobs?.top),
    side(x + width, y, 0, 1, height, r, knobs?.right),
    side(x + width, y + height, -1, 0, width, r, knobs?.bottom),
    side(x, y + height, 0, -1, height, r, knobs?.left),
  ];
  return `M${point(x, y + r)}${corners.join('')}Z`;
}

/** Walk one side clockwise: round the corner it starts at, then straight on, over its knobs. */
function side(
  x: number,
  y: number,
  dx: number,
  dy: number,
  length: number,
  r: number,
  knobs: readonly Knob[] = [],
): string {
  const at = (u: number, v: number): string => point(x + dx * u + dy * v, y + dy * u - dx * v);
  const corner = `Q${at(0, 0)} ${at(r, 0)}`;
  const curves = [...knobs].sort((a, b) => a.at - b.at).map((knob) => knobCurve(knob, at));
  return `${corner}${curves.join('')}L${at(length - r, 0)}`;
}

/** A round head on a narrower neck, with soft shoulders where it leaves the side. `v` counts outward. */
function knobCurve({ at: middle, outward }: Knob, at: (u: number, v: number) => string): string {
  const k = KNOB_RADIUS;
  const v = outward ? 1 : -1;
  const sweep = outward ? 1 : 0;
  const shoulder = (sign: number): { start: string; control: string; neck: string } => ({
    start: at(middle + sign * 1.1 * k, 0),
    control: at(middle + sign * 0.712 * k, 0),
    neck: at(middle + sign * 0.85 * k, v * 0.223 * k),
  });
  const [left, right] = [shoulder(-1), shoulder(1)];
  return `L${left.start}Q${left.control} ${left.neck}A${k} ${k} 0 1 ${sweep} ${right.neck}Q${right.control} ${right.start}`;
}

function point(x: number, y: number): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
