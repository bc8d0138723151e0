// One place of the value proposition canvas or the roadmap: its name, who is there, what lies in it, and the way to add. The same notes
// as in a piece, on smaller ground.

import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Place } from '../../domain';
import { t } from '../../i18n';
import { IconButton } from './icons';
import { PlaceNotes } from './PlaceNotes';
import { PresenceMarks } from './PresenceMarks';
import { useTable } from './table';
import { usePieceDropping } from './use-dragging';

const NARROWEST = 180;

export interface CellProps {
  readonly place: Place;
  readonly title: string;
  readonly question: string;
  /** The name in full, for those who cannot see where it stands. */
  readonly label: string;
  readonly level: 3 | 4;
  /** Where the title stands above the column already, it is there for screen readers alone. */
  readonly hasTitle?: boolean;
  /** What else there is to do here, under the notes. */
  readonly tools?: ComponentChildren;
}

export function Cell({ place, title, question, label, level, hasTitle = true, tools }: CellProps): VNode {
  const table = useTable();
  const section = useRef<HTMLElement>(null);
  const writable = table.session.writableAt(place);
  usePieceDropping(table, place, section, writable);
  const isTarget = table.dropSpot.value?.place === place;
  const isEmpty = table.document.notesAt(place).value.length === 0;
  const Heading = level === 3 ? 'h3' : 'h4';
  return (
    <section
      ref={section}
      class={`cell cell-${place.split('/').at(-1) ?? ''}${isTarget ? ' is-target' : ''}${isEmpty ? ' is-empty' : ''}`}
      data-tile={place}
      tabIndex={-1}
      aria-label={label}
      onFocusIn={() => table.session.tellPresence({ at: place })}
      onKeyDown={(event) => {
        if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey || isInText(event.target)) return;
        event.preventDefault();
        table.startNote(place);
      }}
    >
      <header class="cell-head">
        <Heading class={hasTitle ? undefined : 'cell-title-narrow'}>{title}</Heading>
        <PresenceMarks people={table.session.presentAt(place)} />
        {writable && !isEmpty && (
          <IconButton
            icon="add"
            class="cell-add"
            label={t('piece.add', { piece: label })}
            shortcut="n"
            onClick={() => table.startNote(place)}
          />
        )}
      </header>
      <PlaceNotes
        place={place}
        label={t('piece.notes', { piece: label })}
        narrowest={NARROWEST}
        whenEmpty={<EmptyCell place={place} label={label} question={question} />}
      />
      {tools}
    </section>
  );
}

function EmptyCell({ place, label, question }: Pick<CellProps, 'place' | 'label' | 'question'>): VNode {
  const table = useTable();
  if (!table.session.writableAt(place)) return <p class="cell-question">{question}</p>;
  return (
    <button
      type="button"
      class="empty-cell"
      aria-label={t('cell.first', { place: label, question })}
      onClick={() => table.startNote(place)}
    >
      <span class="cell-question">{question}</span>
      <span class="empty-act" aria-hidden="true">
        +
      </span>
    </button>
  );
}

function isInText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null;
}
