// Notes like bricks (client/src/ui/canvas/flow.ts).

import { describe, expect, it } from 'vitest';
import { columnsFor, layBricks, type Brick } from '../../../../client/src/ui/canvas/flow';

const GAP = 8;

function bricks(...heights: number[]): Brick[] {
  return heights.map((height, index) => ({ id: `${index}`, height }));
}

describe('columnsFor', () => {
  it('takes as many as fit, but never more than there are notes', () => {
    const widths = { width: 620, gap: GAP, narrowest: 196 };

    expect(columnsFor(widths, 10)).toBe(3);
    expect(columnsFor(widths, 2)).toBe(2);
    expect(columnsFor({ ...widths, width: 100 }, 10)).toBe(1);
  });
});

describe('layBricks', () => {
  it('puts each brick in the shortest column', () => {
    const laid = layBricks(bricks(100, 20, 20, 20), 2, GAP);

    expect([...laid.values()].map(({ column }) => column)).toEqual([0, 1, 1, 1]);
    expect(laid.get('3')?.top).toBe(2 * (20 + GAP));
  });

  it('keeps bricks where they are while someone types, and lets newcomers choose', () => {
    const before = layBricks(bricks(100, 20, 20), 2, GAP);

    const after = layBricks(bricks(100, 300, 20, 20), 2, GAP, before);

    expect([...after.values()].map(({ column }) => column)).toEqual([0, 1, 1, 0]);
  });
});
