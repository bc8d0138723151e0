// A list of notes laid like bricks in as many columns as fit. The order in the page stays the order of reading.
//
// Which brick goes where is `flow.ts`. While someone types here, notes keep their columns, so that nothing jumps.

import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { columnsFor, layBricks, type Brick, type Laid } from './flow';

const GAP = 8;

export interface NoteFlowProps {
  readonly label: string;
  readonly narrowest: number;
  /** Changes when notes come, go or change places. */
  readonly ids: readonly string[];
  readonly held: boolean;
  readonly children: ComponentChildren;
}

export function NoteFlow({ label, narrowest, ids, held, children }: NoteFlowProps): VNode {
  const list = useRef<HTMLOListElement>(null);
  const laid = useRef<ReadonlyMap<string, Laid>>(new Map());
  const isHeld = useRef(held);
  isHeld.current = held;
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const lay = (): void => {
      laid.current = layOut(element, narrowest, isHeld.current ? laid.current : new Map());
    };
    const observer = new ResizeObserver(lay);
    if (element.parentElement) observer.observe(element.parentElement);
    for (const item of element.children) if (item.firstElementChild) observer.observe(item.firstElementChild);
    lay();
    return () => observer.disconnect();
  }, [ids, narrowest]);
  return (
    <div class="flow-room">
      <ol ref={list} class="flow" aria-label={label}>
        {children}
      </ol>
    </div>
  );
}

/** Lays the notes. All are measured before any is moved: measuring after a move has the browser lay the whole page out again. */
function layOut(list: HTMLElement, narrowest: number, held: ReadonlyMap<string, Laid>): ReadonlyMap<string, Laid> {
  const items = [...list.children].filter((child): child is HTMLElement => child instanceof HTMLElement);
  const columns = columnsFor({ width: list.parentElement?.clientWidth ?? 0, gap: GAP, narrowest }, items.length);
  list.style.setProperty('--columns', String(columns));
  const bricks = items.map(brickOf);
  const laid = layBricks(bricks, columns, GAP, held);
  for (const [index, item] of items.entries()) place(item, laid, bricks[index]);
  return laid;
}

function brickOf(item: HTMLElement): Brick {
  const card = item.firstElementChild;
  return { id: item.dataset['note'] ?? '', height: card instanceof HTMLElement ? card.offsetHeight : 0 };
}

function place(item: HTMLElement, laid: ReadonlyMap<string, Laid>, brick: Brick | undefined): void {
  const at = brick && laid.get(brick.id);
  if (!at) return;
  item.style.gridColumn = String(at.column + 1);
  item.style.gridRow = `${at.top + 1} / span ${brick.height + GAP}`;
}
