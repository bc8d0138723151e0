// How well a value fits a target group: which pain has a reliever, which gain a creator, and what stands loose. Pure.

import type { NoteView, VpcCell } from '../domain';
import { neighboursOf } from './links';
import type { CasePicture } from './picture';

/** A cell of the one side and the cell of the other side that answers it. */
const ANSWERS: Partial<Record<VpcCell, VpcCell>> = {
  pains: 'relievers',
  relievers: 'pains',
  gains: 'creators',
  creators: 'gains',
};

export interface Fit {
  readonly pains: Share;
  readonly gains: Share;
  /** Notes on either side that have no counterpart. */
  readonly loose: ReadonlySet<string>;
}

/** How many of how many. */
export interface Share {
  readonly met: number;
  readonly count: number;
}

export function fitOf({ notes, links }: Pick<CasePicture, 'notes' | 'links'>, pair: string): Fit {
  const neighbours = neighboursOf(links, notes);
  const placeOf = new Map(notes.map((note) => [note.id, note.place]));
  const at = (cell: VpcCell): readonly NoteView[] =>
    notes.filter((note) => note.place === `vpc/${pair}/${cell}` && note.text.trim() !== '');
  const isMet = (note: NoteView, cell: VpcCell): boolean =>
    [...(neighbours.get(note.id) ?? [])].some((id) => placeOf.get(id) === `vpc/${pair}/${ANSWERS[cell] ?? ''}`);
  const share = (cell: VpcCell): Share => ({
    met: at(cell).filter((note) => isMet(note, cell)).length,
    count: at(cell).length,
  });
  const loose = (Object.keys(ANSWERS) as VpcCell[]).flatMap((cell) => at(cell).filter((note) => !isMet(note, cell)));
  return { pains: share('pains'), gains: share('gains'), loose: new Set(loose.map((note) => note.id)) };
}
