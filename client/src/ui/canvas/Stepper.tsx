// The foot of the screen where one piece is shown at a time: back, which of the eleven this is (and the list of all), on, and a big
// way to add.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { PIECES, type PieceId } from '../../domain';
import { t } from '../../i18n';
import { Dialog } from '../Dialog';
import { Icon, IconButton } from './icons';
import { PresenceMarks } from './PresenceMarks';
import { useTable } from './table';

export interface StepperProps {
  readonly piece: PieceId;
  /** Back to the whole puzzle, where there is room for it. */
  readonly onWhole: (() => void) | null;
}

export function Stepper({ piece, onWhole }: StepperProps): VNode {
  const table = useTable();
  const [listed, setListed] = useState(false);
  const position = t('piece.position', { position: PIECES.indexOf(piece) + 1, count: PIECES.length });
  return (
    <nav class="stepper" aria-label={t('piece.nav')}>
      <div class="stepper-walk">
        <IconButton icon="back" label={t('piece.go.previous')} onClick={() => table.turn(-1)} />
        <button type="button" class="stepper-list" aria-haspopup="dialog" onClick={() => setListed(true)}>
          <Icon name="list" />
          <span>{position}</span>
        </button>
        <IconButton icon="forward" label={t('piece.go.next')} onClick={() => table.turn(1)} />
      </div>
      {onWhole && (
        <button type="button" class="button button-quiet" onClick={onWhole}>
          <Icon name="small" />
          {t('piece.whole')}
        </button>
      )}
      <BigAdd piece={piece} />
      {listed && <PieceIndex piece={piece} onClose={() => setListed(false)} />}
    </nav>
  );
}

function BigAdd({ piece }: { readonly piece: PieceId }): VNode | null {
  const table = useTable();
  if (!table.session.writableAt(piece)) return null;
  const add = (): void => {
    if (piece === 'partners') document.getElementById('partner-new')?.focus();
    else table.startNote(piece);
  };
  return (
    <button type="button" class="button button-primary big-add" onClick={add}>
      <Icon name="add" />
      {t(piece === 'partners' ? 'partners.add' : 'note.add')}
    </button>
  );
}

interface PieceIndexProps {
  readonly piece: PieceId;
  readonly onClose: () => void;
}

function PieceIndex({ piece, onClose }: PieceIndexProps): VNode {
  const table = useTable();
  const choose = (chosen: PieceId): void => {
    onClose();
    table.show(chosen);
  };
  return (
    <Dialog title={t('piece.list')} onClose={onClose}>
      <ol class="piece-index">
        {PIECES.map((each) => (
          <li key={each}>
            <button type="button" aria-current={each === piece ? 'true' : undefined} onClick={() => choose(each)}>
              <span class="piece-index-name">{t(`piece.${each}`)}</span>
              <PresenceMarks people={table.session.presentAt(each)} />
              <span class="piece-index-count">{countIn(each)}</span>
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );

  function countIn(each: PieceId): string {
    if (each !== 'partners') return t('notes.count', { count: table.document.notesAt(each).value.length });
    const listedPartners = table.document.partners.value.filter((partner) => partner.order !== null);
    return t('partners.count', { count: listedPartners.length });
  }
}
