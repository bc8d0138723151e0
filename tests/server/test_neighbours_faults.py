"""Two servers, one table, when what keeps them level fails just then: nothing is refused, missed or lost because of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from crdt import wire
from crdt.case import CaseDocument
from crdt.log import Append, LogRow
from server import errands, neighbours
from server.core import keyframing
from server.errors import REMOVED, StorageFault
from server.storage import Participant, Position
from tests.server.test_neighbours import BOB, Table, add, notes, session, table, told, until
from tests.support import Replica, frames

__all__ = ["table"]


async def test_a_removal_that_could_not_be_read_is_read_at_the_next_look(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[E7] The participants cannot be read just then; nothing else changes that would make anyone look again."""
    bob = await table.there.connect("c1", session("bob"))
    await until(lambda: table.there._neighbours._following["c1"].revision is not None)
    read, failed = table.there.storage.participants, asyncio.Event()

    async def fail_once(case_id: str) -> list[Participant]:
        if failed.is_set():
            return await read(case_id)
        failed.set()
        raise StorageFault("restarting")

    monkeypatch.setattr(table.there.storage, "participants", fail_once)
    await table.storage.change_standing("c1", "bob", status="removed")
    await table.here.refresh("c1")
    await until(lambda: bob.closing is not None)

    assert failed.is_set()
    assert bob.closing is not None
    assert bob.closing[0] == REMOVED


async def test_the_safety_net_outlives_a_fault_of_ours(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is, the next look comes."""
    await table.there.view("c1")
    look, failed = table.there.storage.positions, asyncio.Event()

    async def fail_once(case_ids: Sequence[str]) -> dict[str, Position]:
        if failed.is_set():
            return await look(case_ids)
        failed.set()
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(table.there.storage, "positions", fail_once)
    await until(failed.is_set)
    table.exchange.is_open = False
    await add(table.here, "n1")

    await until(lambda: notes(table.there) == {"n1"})


async def test_words_are_not_refused_because_the_log_cannot_be_read(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S7] Ann brings what Bob wrote elsewhere, which this server has not heard of and cannot read now: they wait until it can."""
    bobs, copy = Replica(client_id=71), Replica(client_id=72)
    ann = await table.here.connect("c1", session("ann"))
    table.exchange.is_open = False
    monkeypatch.setattr(neighbours, "LOOK_AWAY_S", 1_000)
    monkeypatch.setattr(neighbours, "LOOK_S", 1_000)
    await asyncio.sleep(0.35)  # the look that is under way is over
    note = bobs.add_note("n1", author="bob")
    await table.there.change("c1", BOB, lambda _: note)
    copy.document.apply(note)
    copy.add_note("n2", author="ann")
    read, failed = table.here.storage.rows, asyncio.Event()

    async def fail_once(*given: Any) -> list[LogRow]:
        if failed.is_set():
            return await read(*given)
        failed.set()
        raise StorageFault("restarting")

    monkeypatch.setattr(table.here.storage, "rows", fail_once)
    frames(ann.session)
    table.here.receive("c1", ann, wire.update_frame(copy.document.keyframe()))
    await until(lambda: notes(table.here) == {"n1", "n2"})

    assert failed.is_set()
    assert told(table.here, ann, wire.REFUSED) == []


async def test_a_log_that_cannot_tell_who_made_what_holds_nobody_up(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S7] Commits work and that question fails for good: after some tries it is judged without, and what came behind is saved."""
    monkeypatch.setattr(errands, "MOST_LOOK_UPS", 3)

    async def fail(case_id: str) -> dict[tuple[str, str], str]:
        raise StorageFault(f"this part of the log of {case_id} cannot be read")

    monkeypatch.setattr(table.here._errands, "_makers", fail)
    bob = await table.here.connect("c1", session("bob"))
    table.here.receive("c1", bob, wire.update_frame(Replica(client_id=71).add_note("n1", author="ann")))
    table.here.receive("c1", bob, wire.update_frame(Replica(client_id=72).add_note("n2", author="bob")))
    await until(lambda: notes(table.here) == {"n2"})

    assert [body["reason"] for body in told(table.here, bob, wire.REFUSED)] == ["author"]  # type: ignore[index]


async def test_a_room_that_was_retired_keeps_no_keyframe(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[D] Its last commit lands while the server ends, with rows of others before it that it never heard of."""
    monkeypatch.setattr(keyframing, "EVERY_ROWS", 2)
    await add(table.here, "n1")
    opened = table.here.opened("c1")
    assert opened is not None
    append, may_go_on, has_begun = table.here.storage.append, asyncio.Event(), asyncio.Event()

    async def append_slowly(appends: Sequence[Append]) -> list[int]:
        has_begun.set()
        await may_go_on.wait()
        return await append(appends)

    monkeypatch.setattr(table.here.storage, "append", append_slowly)
    ann = await table.here.connect("c1", session("ann", "facilitator"))
    table.here.receive("c1", ann, wire.update_frame(Replica().add_note("n2", author="ann")))
    await has_begun.wait()
    table.exchange.is_open = False
    await add(table.there, "unheard")
    table.here._retire(opened)
    may_go_on.set()
    await until(opened.room.has_settled)
    await table.here._errands.finish()
    stored = await table.storage.open("c1")

    assert stored is not None
    assert set(CaseDocument.open(stored.updates).view()["notes"]) == {"n1", "n2", "unheard"}
