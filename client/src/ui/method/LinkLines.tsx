// Lines between the note that the panel of links tells of and what it is linked with, over the canvas, when they are asked for.

import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Table } from '../canvas/table';

interface Line {
  readonly id: string;
  readonly path: string;
}

export function LinkLines({ table }: { readonly table: Table }): VNode | null {
  const layer = useRef<SVGSVGElement>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const { highlight, lines: asked } = table.session;
  const ids = highlight.value;
  useLayoutEffect(() => {
    const host = layer.current?.parentElement;
    if (!asked.value || !host) return undefined;
    const draw = (): void => setLines(linesBetween(host, [...ids]));
    const observer = new ResizeObserver(draw);
    observer.observe(host);
    draw();
    return () => observer.disconnect();
  }, [ids, asked.value, table.canvas.value]);
  if (!asked.value) return null;
  return (
    <svg ref={layer} class="link-lines" aria-hidden="true">
      {lines.map((line) => (
        <path key={line.id} d={line.path} />
      ))}
    </svg>
  );
}

/** Lines from the first to each of the others, as far as they are on the screen. */
function linesBetween(host: HTMLElement, [first, ...others]: readonly string[]): readonly Line[] {
  const origin = host.getBoundingClientRect();
  const from = first === undefined ? null : boxOf(first);
  if (!from) return [];
  return others.flatMap((id) => {
    const to = boxOf(id);
    return to ? [{ id, path: curve(from, to, origin) }] : [];
  });
}

function boxOf(id: string): DOMRect | null {
  const escaped = CSS.escape(id);
  const element = document.querySelector(
    `[data-note="${escaped}"] .note, [data-partner="${escaped}"], [data-tile="${escaped}"]`,
  );
  return element?.getBoundingClientRect() ?? null;
}

/** A curve from the edge of one box to the edge of the other, so that no words are crossed out. */
function curve(from: DOMRect, to: DOMRect, origin: DOMRect): string {
  const [start, end] = [edgePoint(from, centre(to)), edgePoint(to, centre(from))];
  const [x1, y1, x2, y2] = [start.x - origin.left, start.y - origin.top, end.x - origin.left, end.y - origin.top];
  const middle = (y1 + y2) / 2;
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function centre(box: DOMRect): Point {
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** Where the line from the middle of a box towards a point leaves the box. */
function edgePoint(box: DOMRect, goal: Point): Point {
  const middle = centre(box);
  const [dx, dy] = [goal.x - middle.x, goal.y - middle.y];
  const reach = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
    1,
  );
  return { x: middle.x + dx * reach, y: middle.y + dy * reach };
}
