// Taking a target group and a value together: one of each from the puzzle, or a new one written here.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { LIMITS } from '../../domain';
import { t } from '../../i18n';
import { addPair } from '../../method-edits';
import { Button } from '../Button';
import type { Table } from '../canvas/table';
import { Choices } from '../Choices';
import { Dialog } from '../Dialog';
import { Field } from '../Field';

export interface PairDialogProps {
  readonly table: Table;
  readonly onClose: () => void;
}

/** What was picked on one side: the id of a note, or `new` with its words. */
interface Pick {
  readonly id: string;
  readonly words: string;
}

const NEW = 'new';

export function PairDialog({ table, onClose }: PairDialogProps): VNode {
  const [value, setValue] = useState<Pick>({ id: firstAt(table, 'value'), words: '' });
  const [audience, setAudience] = useState<Pick>({ id: firstAt(table, 'audiences'), words: '' });
  const [asked, setAsked] = useState(false);
  const isReady = isPicked(value) && isPicked(audience);
  const make = (event: Event): void => {
    event.preventDefault();
    setAsked(true);
    if (!isReady) return;
    const { document } = table;
    document.edit.step(() => {
      const ids = { value: noteOf(table, 'value', value), audience: noteOf(table, 'audiences', audience) };
      table.pair.value = addPair(document, ids.audience, ids.value);
    });
    onClose();
  };
  return (
    <Dialog title={t('vpc.new')} look="wide" onClose={onClose}>
      <form class="pair-form" onSubmit={make}>
        <p class="quiet">{t('vpc.new.text')}</p>
        <div class="pair-sides">
          <PickOne table={table} piece="value" pick={value} asked={asked} onPick={setValue} />
          <PickOne table={table} piece="audiences" pick={audience} asked={asked} onPick={setAudience} />
        </div>
        <div class="dialog-acts">
          <Button type="submit" kind="primary">
            {t('vpc.new.submit')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface PickOneProps {
  readonly table: Table;
  readonly piece: 'value' | 'audiences';
  readonly pick: Pick;
  /** Whether to say what is missing. */
  readonly asked: boolean;
  readonly onPick: (pick: Pick) => void;
}

function PickOne({ table, piece, pick, asked, onPick }: PickOneProps): VNode {
  const notes = table.document.sortedNotes(piece).filter((note) => note.text.trim() !== '');
  const choices = [
    ...notes.map(({ id, text }) => ({ value: id, label: <span dir="auto">{text}</span> })),
    { value: NEW, label: t(`vpc.new.${piece}`) },
  ];
  return (
    <div>
      <Choices
        label={t(`piece.${piece}`)}
        look="rows"
        choices={choices}
        value={pick.id}
        onChoose={(id) => onPick({ ...pick, id })}
      />
      {pick.id === NEW && (
        <Field
          label={t(`vpc.new.${piece}.words`)}
          value={pick.words}
          maxLength={LIMITS.note}
          problem={asked && pick.words.trim() === '' ? t('vpc.new.missing') : null}
          onInput={(words) => onPick({ ...pick, words })}
        />
      )}
    </div>
  );
}

function firstAt({ document }: Table, piece: string): string {
  return document.sortedNotes(piece).find((note) => note.text.trim() !== '')?.id ?? NEW;
}

function isPicked({ id, words }: Pick): boolean {
  return id !== NEW || words.trim() !== '';
}

function noteOf({ document }: Table, piece: string, { id, words }: Pick): string {
  return id === NEW ? document.edit.addNote(piece, { text: words.trim() }) : id;
}
