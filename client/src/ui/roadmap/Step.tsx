// One step of the roadmap: its number, the way to move it as a whole, and its seven cells.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { ROADMAP_CELLS, type RoadmapCell, type RoadmapRow } from '../../domain';
import { t } from '../../i18n';
import { moveRow } from '../../method-edits';
import { announce } from '../canvas/announce';
import { Cell } from '../canvas/Cell';
import { IconButton } from '../canvas/icons';
import type { Table } from '../canvas/table';
import { WhoDialog } from './WhoDialog';

export function ColumnHeads(): VNode {
  return (
    <div class="roadmap-columns" aria-hidden="true">
      <span />
      {ROADMAP_CELLS.map((cell) => (
        <span key={cell}>{t(`roadmap.${cell}`)}</span>
      ))}
    </div>
  );
}

export interface StepProps {
  readonly table: Table;
  readonly row: RoadmapRow;
  /** Shown among all steps, under the heads of the columns. */
  readonly isWhole: boolean;
}

export function Step({ table, row, isWhole }: StepProps): VNode {
  const [choosing, setChoosing] = useState(false);
  const { rows } = table.document.roadmap.value;
  const step = rows.indexOf(row) + 1;
  const heading = `roadmap-step-${row}`;
  const isBegun = table.document.notesAt(`roadmap/${row}/step`).value.length > 0;
  return (
    <section class={`step${isBegun ? ' is-begun' : ''}`} aria-labelledby={heading} data-step={row}>
      <header class="step-head">
        <h3 id={heading} aria-label={t('roadmap.step.number', { step })}>
          {step}
        </h3>
        {table.session.writableAt('roadmap') && (
          <MoveStep table={table} row={row} index={step - 1} count={rows.length} />
        )}
      </header>
      {ROADMAP_CELLS.map((cell) => (
        <Cell
          key={cell}
          place={`roadmap/${row}/${cell}`}
          title={t(`roadmap.${cell}`)}
          question={t(`roadmap.${cell}.question`)}
          label={t('place.roadmap', { cell: t(`roadmap.${cell}`), step })}
          level={4}
          hasTitle={!isWhole}
          tools={toolsOf(cell)}
        />
      ))}
      {choosing && <WhoDialog table={table} row={row} onClose={() => setChoosing(false)} />}
    </section>
  );

  function toolsOf(cell: RoadmapCell): VNode | null {
    if (cell !== 'who' || !table.session.writableAt(`roadmap/${row}/who`)) return null;
    return (
      <button type="button" class="text-button who-button" aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        {t('roadmap.who.choose')}
      </button>
    );
  }
}

interface MoveStepProps {
  readonly table: Table;
  readonly row: RoadmapRow;
  readonly index: number;
  readonly count: number;
}

function MoveStep({ table, row, index, count }: MoveStepProps): VNode {
  const move = (by: -1 | 1): void => {
    moveRow(table.document, row, index + by);
    announce(t('roadmap.moved', { position: index + by + 1, count }));
  };
  return (
    <div class="step-move">
      <IconButton
        icon="up"
        label={t('roadmap.up', { step: index + 1 })}
        disabled={index === 0}
        onClick={() => move(-1)}
      />
      <IconButton
        icon="down"
        label={t('roadmap.down', { step: index + 1 })}
        disabled={index === count - 1}
        onClick={() => move(1)}
      />
    </div>
  );
}
