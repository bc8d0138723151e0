"""Bugs put into a server on purpose: each is a mistake that someone has made somewhere, and an oracle must catch each.

A campaign that finds nothing is worth what it would have found; this is how that is measured.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import pytest

from crdt import presence, wire
from crdt.case import EMPTY_UPDATE, merge
from crdt.gate import Gate, Refused
from crdt.log import Append, LogRow, NewRow
from server import compaction
from server.core.effects import Commit, Effect, wake
from server.core.outbox import Kind
from server.core.room import Room
from server.core.session import Session
from server.core.shadow import Shadow
from server.neighbours import Neighbours
from server.open_room import OpenRoom
from server.storage import DocumentName, sqlite
from server.storage.sql import SqlStorage
from tests.campaigns.faults import Plant


def plant(which: Plant, every: int, seed: int) -> None:
    """Put one bug into this process."""
    match which:
        case "acknowledge-before-commit":
            _when_a_commit_begins(_acknowledge)
        case "broadcast-before-commit":
            _when_a_commit_begins(_broadcast)
        case "drop-changes":
            _drop_changes(every, random.Random(seed))
        case "trust-redis-alone":
            _trust_redis_alone()
        case "skip-fsync":
            _skip_fsync()
        case "compact-through-document":
            _compact_through_document()
        case "compact-and-drop":
            _compact_and_drop()
        case _:
            _trust(which)


def _trust(which: Literal["trust-authors", "trust-client-ids", "trust-presence", "trust-awareness-ids"]) -> None:
    """Believe what a client says of who it is."""
    match which:
        case "trust-authors":
            Gate._against_authors = lambda *_: iter(())  # type: ignore[method-assign]
        case "trust-client-ids":
            Shadow._check_sender = lambda *_: None  # type: ignore[method-assign]
        case "trust-presence":
            presence.rebuilt = lambda state, _person: state  # type: ignore[assignment]
        case "trust-awareness-ids":
            Session.speaks_under = lambda *_: True  # type: ignore[method-assign]


def _when_a_commit_begins(act: Any) -> None:
    begin = Room._begin_commit

    def begin_and_tell(self: Room, now: float, now_ms: int) -> list[Effect]:
        effects = begin(self, now, now_ms)
        return [*act(self), *effects] if any(isinstance(effect, Commit) for effect in effects) else effects

    Room._begin_commit = begin_and_tell  # type: ignore[method-assign]


def _acknowledge(room: Room) -> list[Effect]:
    """Call saved what is only on its way to the disk."""
    assert room._batch_in_flight is not None
    return room._batch_in_flight.tell_settled(room.seq)


def _broadcast(room: Room) -> list[Effect]:
    """Show everyone what is only on its way to the disk."""
    frame = wire.update_frame(merge(row.update for row in room._shadow._rows_in_flight))
    for session in room.sessions:
        session.outbox.push(Kind.UPDATE, frame, room.document.vector())
    return wake(room.sessions)


def _drop_changes(every: int, rng: random.Random) -> None:
    """Lose one row in so many between the room and the disk, and say nothing."""
    append = SqlStorage.append

    def keep(row: NewRow) -> NewRow:
        return row._replace(update=EMPTY_UPDATE) if rng.randrange(every) == 0 else row

    async def append_most(self: SqlStorage, appends: Sequence[Append]) -> list[int]:
        return await append(self, [replace(given, rows=tuple(map(keep, given.rows))) for given in appends])

    SqlStorage.append = append_most  # type: ignore[method-assign]


def _trust_redis_alone() -> None:
    """Go on after a gap as if what lies in it had been heard."""

    async def skip(self: Neighbours, opened: OpenRoom) -> bool:
        following = self._of(opened)
        opened.room.seq = max(opened.room.seq, following.newest, following.before)
        return True

    Neighbours.catch_up = skip  # type: ignore[method-assign]


def _skip_fsync() -> None:
    """Leave it to the operating system when a commit reaches the disk."""
    pragmas = sqlite._writer_pragmas

    def pragmas_but_one(connection: Any, _record: object) -> None:
        pragmas(connection, _record)
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.close()

    sqlite._writer_pragmas = pragmas_but_one


def _compact_through_document() -> None:
    """Squash a stretch of the log into what a document still remembers of it, as many do."""

    def squash(replay: Any, stretch: Any) -> tuple[list[LogRow], bool]:
        before = replay.document.vector()
        replay.take_all(stretch.rows)
        first, last = stretch.rows[0], stretch.rows[-1]
        covers = sum(row.covers for row in stretch.rows)
        update = replay.document.difference(before)
        return [replace(last, update=update, covers=covers, first_at=first.began_at)], True

    compaction._coarsen_proven = squash


def _compact_and_drop() -> None:
    """Lose a row while the log is made coarser, with numbers that add up."""
    replace_rows = SqlStorage.replace_rows

    async def replace_most(self: SqlStorage, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
        *_, last = new
        fewer = [*new[:-2], replace(last, covers=last.covers + new[-2].covers)] if len(new) > 1 else [replace(last, update=EMPTY_UPDATE)]
        await replace_rows(self, name, old, fewer)

    SqlStorage.replace_rows = replace_most  # type: ignore[method-assign]


def log_what_came(patch: pytest.MonkeyPatch) -> None:
    """Keep the bytes of a client instead of what was taken in."""
    judge = Gate.judge

    def judge_bytes(self: Gate, update: bytes, *given: Any, **more: Any) -> Any:
        effect = judge(self, update, *given, **more)
        return effect if isinstance(effect, Refused) else replace(effect, update=update)

    patch.setattr(Gate, "judge", judge_bytes)
