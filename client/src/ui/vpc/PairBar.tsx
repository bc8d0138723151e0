// Which pair is on the table: all pairs side by side, a way to take another, and a way to take this one away.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { PairView } from '../../domain';
import { t } from '../../i18n';
import { removePair } from '../../method-edits';
import { Button } from '../Button';
import { Icon, IconButton } from '../canvas/icons';
import { PartLock } from '../canvas/PartLock';
import type { Table } from '../canvas/table';
import { Dialog } from '../Dialog';
import { shortened } from '../panels/place-name';
import { showToast } from '../Toast';
import { PairDialog } from './PairDialog';

export interface PairBarProps {
  readonly table: Table;
  readonly pairs: readonly PairView[];
  readonly pair: PairView;
}

const MOST_CHARACTERS = 28;

export function PairBar({ table, pairs, pair }: PairBarProps): VNode {
  const [window, setWindow] = useState<'new' | 'remove' | null>(null);
  const writable = table.session.writableAt(`vpc/${pair.id}`);
  return (
    <nav class="pair-bar" aria-label={t('vpc.pairs')}>
      <ul>
        {pairs.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              class="pair"
              aria-current={each.id === pair.id ? 'true' : undefined}
              onClick={() => (table.pair.value = each.id)}
            >
              <bdi>{nameOf(table, each.value)}</bdi>
              <span aria-hidden="true"> → </span>
              <bdi>{nameOf(table, each.audience)}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <PartLock part={`vpc/${pair.id}`} name={t('vpc.this')} />
      {writable && (
        <>
          <button type="button" class="button button-quiet" onClick={() => setWindow('new')}>
            <Icon name="add" />
            {t('vpc.new')}
          </button>
          <IconButton icon="dots" label={t('vpc.remove')} onClick={() => setWindow('remove')} />
        </>
      )}
      {window === 'new' && <PairDialog table={table} onClose={() => setWindow(null)} />}
      {window === 'remove' && <RemoveDialog table={table} pair={pair} onClose={() => setWindow(null)} />}
    </nav>
  );
}

function nameOf({ document }: Table, id: string): string {
  const text = shortened(document.note(id).value?.text ?? '', MOST_CHARACTERS);
  return text === '' ? t('note.empty') : text;
}

interface RemoveDialogProps {
  readonly table: Table;
  readonly pair: PairView;
  readonly onClose: () => void;
}

function RemoveDialog({ table, pair, onClose }: RemoveDialogProps): VNode {
  const count = table.document.allNotes().filter((note) => note.place.startsWith(`vpc/${pair.id}/`)).length;
  const remove = (): void => {
    removePair(table.document, pair.id);
    onClose();
    showToast({ text: t('vpc.removed'), action: { label: t('undo'), run: () => table.undo() } });
  };
  return (
    <Dialog title={t('vpc.remove')} onClose={onClose}>
      <p>{count === 0 ? t('vpc.remove.empty') : t('vpc.remove.text', { count })}</p>
      <div class="dialog-acts">
        <Button kind="primary" onClick={remove}>
          {t('vpc.remove.act')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Dialog>
  );
}
