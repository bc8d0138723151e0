// Lays notes like bricks: each goes to the shortest column, so that no column is half empty while its neighbour overflows.
//
// Pure: heights in, places out. Someone may be typing in one of the notes, so an earlier lay-out can be held on to: notes then keep
// their columns and only newcomers choose.

export interface Brick {
  readonly id: string;
  readonly height: number;
}

export interface Laid {
  readonly column: number;
  readonly top: number;
}

export interface FlowWidths {
  readonly width: number;
  readonly gap: number;
  readonly narrowest: number;
}

/** How many columns fit, never more than there are notes. */
export function columnsFor({ width, gap, narrowest }: FlowWidths, notes: number): number {
  const fitting = Math.floor((width + gap) / (narrowest + gap));
  return Math.max(1, Math.min(fitting, notes));
}

/** Lay the bricks in their order. A brick with a column in `held` keeps it. */
export function layBricks(
  bricks: readonly Brick[],
  columns: number,
  gap: number,
  held: ReadonlyMap<string, Laid> = new Map(),
): ReadonlyMap<string, Laid> {
  const heights = Array.from({ length: columns }, () => 0);
  const laid = new Map<string, Laid>();
  for (const { id, height } of bricks) {
    const keeps = held.get(id)?.column;
    const column = keeps !== undefined && keeps < columns ? keeps : shortest(heights);
    const top = heights[column] ?? 0;
    laid.set(id, { column, top });
    heights[column] = top + height + gap;
  }
  return laid;
}

function shortest(heights: readonly number[]): number {
  return heights.reduce((best, height, index) => (height < (heights[best] ?? Infinity) ? index : best), 0);
}
