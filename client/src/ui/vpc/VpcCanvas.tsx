// The value proposition canvas of one pair: on the one side what a target group has to do, what hurts and what helps; on the other what
// we offer. A square that looks at a circle, with a knob between them. Loaded when it is first shown.

import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { PairView, VpcCell } from '../../domain';
import { t } from '../../i18n';
import { fitOf } from '../../method/fit';
import { Cell } from '../canvas/Cell';
import { useTable, type Table } from '../canvas/table';
import { shortened } from '../panels/place-name';
import { FitLine } from './FitLine';
import { NoPairs } from './NoPairs';
import { PairBar } from './PairBar';

const OFFER: readonly VpcCell[] = ['products', 'creators', 'relievers'];
const AUDIENCE: readonly VpcCell[] = ['jobs', 'gains', 'pains'];

export interface VpcCanvasProps {
  readonly table: Table;
}

export function VpcCanvas({ table }: VpcCanvasProps): VNode {
  const pairs = table.document.pairs.value.filter((pair) => isWhole(table, pair));
  const pair = pairs.find((each) => each.id === table.pair.value) ?? pairs[0];
  if (!pair) return <NoPairs table={table} />;
  return (
    <div class="vpc">
      <PairBar table={table} pairs={pairs} pair={pair} />
      <OnePair key={pair.id} pair={pair} />
    </div>
  );
}

/** A pair whose target group or value was taken away is not shown; its notes are told of as loose ends. */
export function isWhole({ document }: Table, { audience, value }: PairView): boolean {
  return document.note(audience).value !== undefined && document.note(value).value !== undefined;
}

function OnePair({ pair }: { readonly pair: PairView }): VNode {
  const table = useTable();
  const notes = table.document.everyNote.value;
  const links = table.document.links.value;
  const fit = useMemo(() => fitOf({ notes, links }, pair.id), [notes, links, pair.id]);
  useEffect(() => {
    table.loose.value = fit.loose;
    return () => void (table.loose.value = new Set());
  }, [table, fit]);
  return (
    <>
      <FitLine fit={fit} />
      <div class="vpc-board">
        <Side name="offer" title={t('vpc.offer')} note={pair.value} cells={OFFER} pair={pair} />
        <div class="vpc-knob" aria-hidden="true" />
        <Side name="audience" title={t('vpc.audience')} note={pair.audience} cells={AUDIENCE} pair={pair} />
      </div>
    </>
  );
}

interface SideProps {
  readonly name: 'offer' | 'audience';
  readonly title: string;
  /** The note this side is about. */
  readonly note: string;
  readonly cells: readonly VpcCell[];
  readonly pair: PairView;
}

function Side({ name, title, note, cells, pair }: SideProps): VNode {
  const table = useTable();
  const text = table.document.note(note).value?.text ?? '';
  const heading = `vpc-${name}`;
  return (
    <section class={`vpc-side vpc-${name}`} aria-labelledby={heading}>
      <header class="vpc-side-head">
        <p class="vpc-side-title">{title}</p>
        <h2 id={heading} dir="auto">
          {text.trim() === '' ? t('note.empty') : text}
        </h2>
      </header>
      {cells.map((cell) => (
        <Cell
          key={cell}
          place={`vpc/${pair.id}/${cell}`}
          title={t(`vpc.${cell}`)}
          question={t(`vpc.${cell}.question`)}
          label={t('place.vpc', { cell: t(`vpc.${cell}`), audience: shortened(text) })}
          level={3}
        />
      ))}
    </section>
  );
}
