// Where a note lies, as a choice over all three canvases; and where else it is shown, with the way to show it somewhere more or no longer.

import type { VNode } from 'preact';
import { NOTE_PIECES, ROADMAP_CELLS, VPC_CELLS, type NoteView, type Place } from '../../domain';
import { t } from '../../i18n';
import { hideFrom, showAlso } from '../../method-edits';
import { placeName, shortened } from '../panels/place-name';
import { IconButton } from './icons';
import { useTable, type Table } from './table';

interface Props {
  readonly note: NoteView;
  readonly onMoved: () => void;
}

/** Move the note to a place of any canvas. */
export function MoveChoice({ note, onMoved }: Props): VNode {
  const table = useTable();
  const choose = (place: Place): void => {
    if (place === note.place) return;
    table.move(note.id, place);
    table.show(place);
    onMoved();
  };
  return (
    <label class="menu-field">
      <span>{t('note.move')}</span>
      <select value={note.place} onChange={(event) => choose(event.currentTarget.value)}>
        <PlaceOptions table={table} taken={[]} />
      </select>
    </label>
  );
}

/** Show the note elsewhere too: it stays one note, and a change is one change. */
export function AlsoChoice({ note }: { readonly note: NoteView }): VNode {
  const table = useTable();
  const shown = Object.keys(note.also);
  return (
    <div class="menu-field">
      <label>
        <span>{t('note.also')}</span>
        <select
          value=""
          onChange={(event) =>
            event.currentTarget.value !== '' && showAlso(table.document, note.id, event.currentTarget.value)
          }
        >
          <option value="">{t('note.also.choose')}</option>
          <PlaceOptions table={table} taken={[note.place, ...shown]} />
        </select>
      </label>
      {shown.length > 0 && (
        <ul class="also-list">
          {shown.map((place) => {
            const name = placeName(place, table.document);
            return (
              <li key={place}>
                <button type="button" class="text-button" onClick={() => table.session.goTo(place, note.id)}>
                  {name}
                </button>
                <IconButton
                  icon="unlink"
                  label={t('note.also.remove', { place: name })}
                  onClick={() => hideFrom(table.document, note.id, place)}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

interface OptionsProps {
  readonly table: Table;
  /** Places that are not to be chosen. */
  readonly taken: readonly Place[];
}

function PlaceOptions({ table, taken }: OptionsProps): VNode {
  const { document } = table;
  const pairs = document.pairs.value.filter((pair) => document.note(pair.audience).value !== undefined);
  const option = (place: Place, words: string): VNode | null =>
    taken.includes(place) ? null : (
      <option key={place} value={place} disabled={!table.session.writableAt(place)}>
        {words}
      </option>
    );
  return (
    <>
      <optgroup label={t('canvas.case')}>{NOTE_PIECES.map((piece) => option(piece, t(`piece.${piece}`)))}</optgroup>
      {pairs.map((pair) => (
        <optgroup
          key={pair.id}
          label={t('vpc.of', { audience: shortened(document.note(pair.audience).value?.text ?? '') })}
        >
          {VPC_CELLS.map((cell) => option(`vpc/${pair.id}/${cell}`, t(`vpc.${cell}`)))}
        </optgroup>
      ))}
      {document.roadmap.value.rows.map((row, index) => (
        <optgroup key={row} label={t('roadmap.step.number', { step: index + 1 })}>
          {ROADMAP_CELLS.map((cell) => option(`roadmap/${row}/${cell}`, t(`roadmap.${cell}`)))}
        </optgroup>
      ))}
    </>
  );
}
