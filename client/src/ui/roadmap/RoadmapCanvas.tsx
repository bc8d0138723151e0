// The impact roadmap: six steps towards the shared ambition, seven questions to each. A table of lists where there is room, one step
// at a time where there is not. Loaded when it is first shown.

import type { VNode } from 'preact';
import type { RoadmapRow } from '../../domain';
import { t } from '../../i18n';
import { printing } from '../canvas/printing';
import type { Table } from '../canvas/table';
import { ColumnHeads, Step } from './Step';
import { RoadmapHead } from './RoadmapHead';

export interface RoadmapCanvasProps {
  readonly table: Table;
  /** Whether all steps fit beside each other. */
  readonly hasRoom: boolean;
}

export function RoadmapCanvas({ table, hasRoom }: RoadmapCanvasProps): VNode {
  const { rows } = table.document.roadmap.value;
  const shown = rows.find((row) => row === table.row.value) ?? rows[0] ?? '1';
  const all = hasRoom || printing.value;
  return (
    <div class={`roadmap ${all ? 'is-whole' : 'is-one'}`}>
      <RoadmapHead table={table} />
      {all ? <ColumnHeads /> : <StepChoice table={table} rows={rows} shown={shown} />}
      {(all ? rows : [shown]).map((row) => (
        <Step key={row} table={table} row={row} isWhole={all} />
      ))}
    </div>
  );
}

interface StepChoiceProps {
  readonly table: Table;
  readonly rows: readonly RoadmapRow[];
  readonly shown: RoadmapRow;
}

function StepChoice({ table, rows, shown }: StepChoiceProps): VNode {
  return (
    <nav class="step-choice" aria-label={t('roadmap.steps')}>
      {rows.map((row, index) => (
        <button
          key={row}
          type="button"
          aria-current={row === shown ? 'step' : undefined}
          aria-label={t('roadmap.step.number', { step: index + 1 })}
          onClick={() => (table.row.value = row)}
        >
          {index + 1}
        </button>
      ))}
    </nav>
  );
}
