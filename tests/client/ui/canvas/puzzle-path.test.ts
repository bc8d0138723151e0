// Outlines that interlock (client/src/ui/canvas/puzzle-path.ts).

import { describe, expect, it } from 'vitest';
import { puzzlePaths, type Rect } from '../../../../client/src/ui/canvas/puzzle-path';

const LEFT: Rect = { x: 0, y: 0, width: 200, height: 100 };
const RIGHT: Rect = { x: 200, y: 0, width: 200, height: 100 };
const FAR: Rect = { x: 500, y: 0, width: 200, height: 100 };

function arcs(path: string | undefined): string[] {
  return path?.match(/A12 12 0 1 [01]/g) ?? [];
}

describe('puzzlePaths', () => {
  it('gives one tile the knob and the other its hollow, at the same spot', () => {
    const paths = puzzlePaths(
      new Map([
        ['left', LEFT],
        ['right', RIGHT],
      ]),
      [{ from: 'left', into: 'right' }],
    );

    expect(arcs(paths.get('left'))).toEqual(['A12 12 0 1 1']);
    expect(arcs(paths.get('right'))).toEqual(['A12 12 0 1 0']);
    const shoulder = '200 36.8';
    expect(paths.get('left')).toContain(shoulder);
    expect(paths.get('right')).toContain(shoulder);
  });

  it('leaves out seams between tiles that do not touch', () => {
    const paths = puzzlePaths(
      new Map([
        ['left', LEFT],
        ['far', FAR],
      ]),
      [{ from: 'left', into: 'far' }],
    );

    expect(arcs(paths.get('left'))).toEqual([]);
  });
});
