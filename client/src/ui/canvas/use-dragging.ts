// Makes a note something to drag and to drop beside, once the code for dragging has arrived. Everything dragging does, the menu and
// the keys do too.

import { useEffect } from 'preact/hooks';
import type { Table } from './table';

interface Holder<T> {
  readonly current: T | null;
}

export function useDragging(table: Table, id: string, card: Holder<HTMLElement>, enabled: boolean): void {
  useEffect(() => {
    const element = card.current;
    if (!enabled || !element) return undefined;
    return whenLoaded((dragging) => dragging.noteDragging(table, id, element));
  }, [table, id, card, enabled]);
}

/** Make a piece something to drop on. */
export function usePieceDropping(table: Table, place: string, piece: Holder<HTMLElement>, enabled: boolean): void {
  useEffect(() => {
    const element = piece.current;
    if (!enabled || !element) return undefined;
    return whenLoaded((dragging) => dragging.pieceDropping(table, place, element));
  }, [table, place, piece, enabled]);
}

const loadDragging = () => import('./dragging');
type Dragging = Awaited<ReturnType<typeof loadDragging>>;

function whenLoaded(start: (dragging: Dragging) => () => void): () => void {
  let stop: (() => void) | null = null;
  let stopped = false;
  void loadDragging().then((dragging) => {
    if (!stopped) stop = start(dragging);
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
