// The three canvases of a case as three tabs, with who is on the other ones.

import type { VNode } from 'preact';
import { spotOf, type CanvasId } from '../../domain';
import { t } from '../../i18n';
import { announce } from './announce';
import { PresenceMarks } from './PresenceMarks';
import { useTable } from './table';

const CANVASES: readonly CanvasId[] = ['case', 'vpc', 'roadmap'];

export function CanvasSwitch(): VNode {
  const table = useTable();
  const shown = table.canvas.value;
  const present = table.session.present.value;
  const choose = (canvas: CanvasId): void => {
    table.canvas.value = canvas;
    announce(t(`canvas.${canvas}`));
  };
  return (
    <nav class="canvas-switch" aria-label={t('canvas.switch')}>
      {CANVASES.map((canvas) => (
        <button
          key={canvas}
          type="button"
          aria-current={canvas === shown ? 'page' : undefined}
          onClick={() => choose(canvas)}
        >
          <span>{t(`canvas.${canvas}`)}</span>
          {canvas !== shown && (
            <PresenceMarks people={present.filter(({ at }) => at !== null && spotOf(at)?.canvas === canvas)} />
          )}
        </button>
      ))}
    </nav>
  );
}
