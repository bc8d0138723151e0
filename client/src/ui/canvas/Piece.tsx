// One of the eleven pieces: its name, who is there, the way to add, and what lies in it. Its outline is drawn behind it by
// `PuzzleEdges.tsx`.

import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { isStatement, processOf, type PieceId } from '../../domain';
import { t } from '../../i18n';
import { NoCandidates } from './EmptyPiece';
import { IconButton } from './icons';
import { PartnerList } from './PartnerList';
import { PartLock } from './PartLock';
import { PieceNotes } from './PieceNotes';
import { PresenceMarks } from './PresenceMarks';
import { Statement } from './Statement';
import { useTable, type Table } from './table';
import { usePieceDropping } from './use-dragging';

export interface PieceProps {
  readonly piece: PieceId;
  readonly large?: boolean;
}

export function Piece({ piece, large = false }: PieceProps): VNode {
  const table = useTable();
  const section = useRef<HTMLElement>(null);
  const writable = table.session.writableAt(piece);
  usePieceDropping(table, piece, section, writable && piece !== 'partners');
  const heading = `piece-${piece}`;
  return (
    <section
      ref={section}
      class={`piece piece-${piece} is-${processOf(piece)}`}
      data-tile={piece}
      tabIndex={-1}
      aria-labelledby={heading}
      onKeyDown={(event) => onPieceKey(event, table, piece)}
      onFocusIn={() => table.session.tellPresence({ at: piece })}
    >
      <PieceHead piece={piece} large={large} heading={heading} />
      <PieceBody piece={piece} large={large} />
    </section>
  );
}

function PieceHead({ piece, large, heading }: Required<PieceProps> & { readonly heading: string }): VNode {
  const table = useTable();
  const name = t(`piece.${piece}`);
  const isEmpty = piece !== 'partners' && table.document.notesAt(piece).value.length === 0;
  return (
    <header class="piece-head">
      <h2 id={heading}>{name}</h2>
      {(large || !isEmpty || isStatement(piece)) && <p class="piece-question">{t(`piece.${piece}.question`)}</p>}
      <PresenceMarks people={table.session.presentAt(piece)} />
      <PartLock part={piece} name={name} />
      <PieceTools piece={piece} large={large} name={name} />
    </header>
  );
}

function PieceTools({ piece, large, name }: Required<PieceProps> & { readonly name: string }): VNode {
  const table = useTable();
  const canAdd = table.session.writableAt(piece) && piece !== 'partners';
  return (
    <div class="piece-tools">
      <IconButton
        icon="help"
        class="piece-help"
        label={t('guide.open', { piece: name })}
        onClick={() => (table.guide.value = piece)}
      />
      {!large && (
        <IconButton
          icon="large"
          class="piece-large"
          label={t('piece.large', { piece: name })}
          onClick={() => {
            table.current.value = piece;
            table.large.value = piece;
          }}
        />
      )}
      {canAdd && (
        <IconButton
          icon="add"
          class="piece-add"
          label={t(isStatement(piece) ? 'piece.add.candidate' : 'piece.add', { piece: name })}
          shortcut="n"
          onClick={() => table.startNote(piece)}
        />
      )}
    </div>
  );
}

function PieceBody({ piece, large }: Required<PieceProps>): VNode {
  if (piece === 'partners') return <PartnerList />;
  if (isStatement(piece)) {
    return (
      <>
        <Statement statement={piece} />
        <PieceNotes piece={piece} large={large} whenEmpty={large ? <NoCandidates piece={piece} /> : null} />
      </>
    );
  }
  return <PieceNotes piece={piece} large={large} />;
}

function onPieceKey(event: KeyboardEvent, table: Table, piece: PieceId): void {
  const inText =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
  if (inText || event.ctrlKey || event.metaKey || event.altKey || event.key !== 'n') return;
  event.preventDefault();
  if (piece === 'partners') document.getElementById('partner-new')?.focus();
  else table.startNote(piece);
}
