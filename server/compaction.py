"""Keeps the log from growing for ever: rows older than the time every keystroke is kept become one row a minute and participant.

Nothing is squashed on trust. A stretch of the log is replayed fine and coarse, both are compared by content, and a keyframe at
its end must equal the replay; only then do the coarse rows take the place of the fine ones, in one transaction. What does not
agree is left as it is and told. How rows are joined is `crdt/compaction.py`.

    fine rows ──older than kept, replayed, compared──► coarse rows, `compacted_seq` moves on
        └──do not agree──► left alone, COMPACTION_REFUSED
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from crdt.case import CaseDocument
from crdt.compaction import coarsen, same_content
from crdt.errors import CrdtError
from crdt.log import LogRow
from crdt.replay import Replay
from server.errors import Refusal, StorageFault
from server.quarantine import Quarantine
from server.rereading import reread
from server.storage import DocumentHead, DocumentName, Storage
from server.telemetry import Event, log_event

STRETCH_ROWS: Final = 500
KEYFRAME_LEAST_ROWS: Final = 250
DAY_MS: Final = 86_400_000

logger = logging.getLogger("puzzeltafel.compaction")


@dataclass(slots=True)
class Compacted:
    """What one round did: how many rows became how many, and how many documents were left alone because something did not agree."""

    rows_before: int = 0
    rows_after: int = 0
    keyframes_dropped: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive rows to coarsen, and the keyframe at their end if there is one."""

    rows: Sequence[LogRow]
    keyframe: bytes | None


class Compactor:
    """Coarsens old rows, on demand and every so often. Use with `async with` for the latter."""

    def __init__(
        self,
        storage: Storage,
        *,
        keep_fine_days: float,
        every_s: float,
        wall_ms: Callable[[], int] = lambda: int(time.time() * 1000),
        quarantine: Quarantine | None = None,
    ) -> None:
        self._quarantine = quarantine
        self._storage = storage
        self._keep_fine_days = keep_fine_days
        self._every_s = every_s
        self._wall_ms = wall_ms
        self._running = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Compactor:
        self._task = asyncio.create_task(self._compact_forever(), name="compactor")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _compact_forever(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            with contextlib.suppress(StorageFault):  # the hub tells of storage that fails; the next round tries again
                await self.compact(self._keep_fine_days)

    async def compact(self, older_than_days: float) -> Compacted:
        """Coarsen what is older than so many days in every document. Raises StorageFault."""
        done = Compacted()
        async with self._running:
            cutoff = self._wall_ms() - int(older_than_days * DAY_MS)
            for head in await self._storage.heads():
                with contextlib.suppress(Refusal):  # what may be harmful to read is left alone
                    async with reread(self._storage, self._quarantine, head.name):
                        await self._compact_document(head, cutoff, done)
        if done.rows_before != done.rows_after:
            log_event(logger, Event.COMPACTED, rows=done.rows_before, became=done.rows_after, keyframes_dropped=done.keyframes_dropped)
        return done

    async def _compact_document(self, head: DocumentHead, cutoff: int, done: Compacted) -> None:
        keyframes = await self._storage.keyframe_seqs(head.name)
        named = [name.seq for name in await self._storage.point_names(head.name.case)]
        after, spacing, replay = head.compacted_seq, 0, None
        try:
            while stretch := await self._next_stretch(head.name, after, cutoff, [*keyframes, *named]):
                replay = replay or await self._replay_until(head.name, after, keyframes)
                coarse, agrees = await asyncio.to_thread(_coarsen_proven, replay, stretch)
                await self._storage.replace_rows(head.name, stretch.rows, coarse)
                after, spacing = stretch.rows[-1].seq, spacing + len(coarse)
                done.rows_before += len(stretch.rows)
                done.rows_after += len(coarse)
                spacing = await self._thin_keyframes(head.name, after, stretch, keyframes, spacing, agrees=agrees, done=done)
        except CrdtError as fault:
            done.refused += 1
            log_event(logger, Event.COMPACTION_REFUSED, case=head.name.case, after=after, fault=str(fault))

    async def _next_stretch(self, name: DocumentName, after: int, cutoff: int, ends: list[int]) -> _Stretch | None:
        """Read the rows after a seq that are old enough, of one epoch, and not past the next keyframe or named point."""
        rows = await self._storage.rows(name, after, STRETCH_ROWS)
        end = min((seq for seq in ends if seq > after), default=None)
        taken: list[LogRow] = []
        for row in rows:
            if row.at >= cutoff or row.epoch != rows[0].epoch or (end is not None and row.seq > end):
                break
            taken.append(row)
        if not taken:
            return None
        return _Stretch(taken, await self._storage.keyframe(name, end) if end == taken[-1].seq else None)

    async def _replay_until(self, name: DocumentName, seq: int, keyframes: list[int]) -> Replay:
        """Rebuild the document up to where it is compacted, from a keyframe that was proven then."""
        start = max((kept for kept in keyframes if kept <= seq), default=0)
        rows = await self._storage.rows(name, start - 1, 1) if start else []
        replay = Replay(rows[0].epoch, await self._storage.keyframe(name, start)) if rows else Replay()
        after = start
        while rows := [row for row in await self._storage.rows(name, after, STRETCH_ROWS) if row.seq <= seq]:
            await asyncio.to_thread(replay.take_all, rows)
            after = rows[-1].seq
        return replay

    async def _thin_keyframes(
        self, name: DocumentName, seq: int, stretch: _Stretch, keyframes: list[int], spacing: int, *, agrees: bool, done: Compacted
    ) -> int:
        """Drop a keyframe that is wrong, or that few rows lead up to; return how many rows lie since the last one kept."""
        if stretch.keyframe is None:
            return spacing
        if not agrees:
            log_event(logger, Event.KEYFRAME_WRONG, case=name.case, seq=seq)
        if agrees and (spacing >= KEYFRAME_LEAST_ROWS or seq == keyframes[-1]):
            return 0
        await self._storage.drop_keyframes(name, [seq])
        keyframes.remove(seq)
        done.keyframes_dropped += 1
        return spacing


class _NotEqual(CrdtError):
    """Coarse rows would not make the document that the fine ones make."""


def _coarsen_proven(replay: Replay, stretch: _Stretch) -> tuple[list[LogRow], bool]:
    """Return coarse rows that make the same document, and whether the keyframe at the end agrees. Raises CrdtError.

    Moves the replay to the end of the stretch.
    """
    coarse = coarsen(stretch.rows)
    trial = Replay(replay.epoch, replay.document.keyframe())
    trial.take_all(coarse)
    replay.take_all(stretch.rows)
    if not same_content(trial.document, replay.document):
        raise _NotEqual(f"rows {stretch.rows[0].seq} to {stretch.rows[-1].seq} make another document when they are joined")
    agrees = stretch.keyframe is None or same_content(CaseDocument.open([stretch.keyframe]), replay.document)
    return coarse, agrees
