// One of the three canvases on the table. The Purpose Case is the whole puzzle where there is room, one piece at a time where there is
// not, or where someone wants to see a piece large. Also the keys that work everywhere, and going where a panel points.

import { effect, untracked } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { Deferred } from '../Deferred';
import { placeName } from '../panels/place-name';
import { announce, Announcer } from './announce';
import { CaseStrip } from './CaseStrip';
import { onCanvasKey } from './canvas-keys';
import { NOTE_HINT } from './Note';
import { OnePiece } from './OnePiece';
import { printing } from './printing';
import { Stepper } from './Stepper';
import { focusPiece, Table, TableContext } from './table';
import { WholePuzzle } from './WholePuzzle';

export const loadMenu = async () => (await import('../windows')).NoteMenu;

const loadLines = async () => (await import('../windows')).LinkLines;
const loadGuide = async () => (await import('../windows')).Guide;
const loadVpc = async () => (await import('../windows')).VpcCanvas;
const loadRoadmap = async () => (await import('../windows')).RoadmapCanvas;

const ROOM_FOR_ALL = window.matchMedia('(min-width: 56.25rem)');

export function Canvas({ session }: { readonly session: CaseSession }): VNode {
  const before = useRef<Table | null>(null);
  const table = useMemo(() => (before.current = new Table(session, before.current)), [session]);
  const [hasRoom, setHasRoom] = useState(ROOM_FOR_ALL.matches);
  useEffect(() => {
    const update = (): void => setHasRoom(ROOM_FOR_ALL.matches);
    ROOM_FOR_ALL.addEventListener('change', update);
    return () => ROOM_FOR_ALL.removeEventListener('change', update);
  }, []);
  useEffect(() => followRequests(table), [table]);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onCanvasKey(event, table);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [table]);
  return (
    <TableContext.Provider value={table}>
      <div
        class={`canvas is-${session.kind}${session.lens.value === null ? '' : ' has-lens'}`}
        key={session.document.value.doc.guid}
      >
        <CaseStrip />
        <Pieces table={table} hasRoom={hasRoom} />
        {session.lines.value && <Deferred load={loadLines} props={{ table }} />}
        {table.guide.value !== null && (
          <Deferred
            load={loadGuide}
            props={{ table, piece: table.guide.value, onClose: () => (table.guide.value = null) }}
          />
        )}
        {table.menu.value !== null && <Deferred load={loadMenu} props={{ table }} />}
        <p id={NOTE_HINT} hidden>
          {t('note.hint')}
        </p>
        <Announcer />
      </div>
    </TableContext.Provider>
  );
}

interface PiecesProps {
  readonly table: Table;
  readonly hasRoom: boolean;
}

function Pieces({ table, hasRoom }: PiecesProps): VNode {
  const isAway = table.session.saving.value.kind === 'offline';
  if (!table.document.ready.value) return <p class="waiting">{t(isAway ? 'canvas.away' : 'canvas.opening')}</p>;
  const canvas = table.canvas.value;
  if (canvas !== 'case')
    return <Deferred key={canvas} load={canvas === 'vpc' ? loadVpc : loadRoadmap} props={{ table, hasRoom }} />;
  const large = table.large.value;
  if (printing.value || (hasRoom && large === null)) return <WholePuzzle />;
  const piece = large ?? table.current.value;
  const onWhole = hasRoom ? (): void => void (table.large.value = null) : null;
  return (
    <>
      <OnePiece piece={piece} />
      <Stepper piece={piece} onWhole={onWhole} />
    </>
  );
}

/** Go where a panel points: show the piece, then put the focus on the note or the piece. */
function followRequests(table: Table): () => void {
  return effect(() => {
    const request = table.session.focusRequest.value;
    if (!request || !table.document.ready.value) return;
    table.session.focusRequest.value = null;
    table.show(request.place);
    if (request.begin !== null) {
      untracked(() => table.startNote(request.place, request.begin ?? {}));
      return;
    }
    if (request.note !== null) table.wanted.value = request.note;
    else focusPiece(request.place);
    announce(untracked(() => placeName(request.place, table.document)));
  });
}
