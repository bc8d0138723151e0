"""Rooms that were dropped (broken, or replaced by a new epoch) write nothing more, and nobody is left sitting in one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from crdt import wire
from crdt.case import CaseDocument
from crdt.gate import Sender
from crdt.log import Append, Keyframe, NewRow
from server.checking import check
from server.errors import ConflictFault
from server.hub import Hub
from server.storage import DocumentName
from tests.server.test_hub import Storage, body, session, until
from tests.server.test_hub import storage as storage  # noqa: PLC0414 -- a fixture
from tests.support import Replica


@pytest.fixture
async def hub(storage: Storage) -> AsyncIterator[Hub]:
    async with Hub(storage, idle_s=3600) as running:
        yield running


def fresh(client: int) -> Append:
    return Append("c1", (NewRow("ann", 2, (client,), Replica(client_id=client).add_note(f"new{client}")),), {client: "ann"})


async def notes_on_disk(storage: Storage) -> set[str]:
    stored = await storage.open("c1")
    assert stored is not None
    return set(CaseDocument.open(stored.updates).view()["notes"])


async def waiting_for_its_tick(hub: Hub) -> None:
    """Type twice: the second change waits in the room for the next tick."""
    connection = await hub.connect("c1", session())
    replica = Replica()
    hub.receive("c1", connection, wire.update_frame(replica.add_note("told")))
    await body(hub, connection, wire.SAVED)
    hub.receive("c1", connection, wire.update_frame(replica.add_note("untold")))


async def test_what_waits_does_not_reach_a_new_epoch(hub: Hub, storage: Storage) -> None:
    """[S11] A change that waits for its tick goes with the document it was made in."""
    await waiting_for_its_tick(hub)
    await hub.begin_epoch(fresh(77))
    await hub.change("c1", Sender("ann", "partner"), lambda _: Replica().add_note("later"))

    assert await notes_on_disk(storage) == {"new77", "later"}
    assert (await check(storage)).problems == []


async def test_a_broken_room_writes_nothing_beside_its_successor(hub: Hub, storage: Storage) -> None:
    """The room that is opened instead knows every row of the log."""
    await waiting_for_its_tick(hub)
    hub.broken(hub._rooms["c1"], RuntimeError("planted"))
    await hub.change("c1", Sender("ann", "partner"), lambda _: Replica().add_note("later"))

    assert await notes_on_disk(storage) == set((await hub.view("c1"))["notes"]) == {"n0", "told", "later"}
    assert (await check(storage)).problems == []


async def test_who_waits_for_a_room_gets_the_one_that_is_there(hub: Hub) -> None:
    """[E1] Opening and replacing at once: everybody is in the new epoch, or is sent away."""
    replaced = [asyncio.create_task(hub.begin_epoch(fresh(client))) for client in (77, 78)]
    coming = [asyncio.create_task(hub.connect("c1", session(name))) for name in ("ann", "bob")]
    async with asyncio.timeout(10):
        assert sorted(await asyncio.gather(*replaced)) == [2, 3]
        connections = await asyncio.gather(*coming)

    for connection in connections:
        assert connection.closing is not None or connection.session in hub._rooms["c1"].connections
    assert set((await hub.view("c1"))["notes"]) == {"new78"}


async def test_rows_of_another_epoch_are_refused_by_storage(storage: Storage) -> None:
    """[S11] The second wall: a commit says which epoch it is for."""
    await storage.begin_epoch(fresh(77))

    with pytest.raises(ConflictFault, match="epoch 2"):
        await storage.append([Append("c1", (NewRow("ann", 3, (), b"late"),), epoch=1)])


async def test_an_epoch_without_rows_is_empty(storage: Storage) -> None:
    """Nothing of the epoch before shows."""
    await storage.begin_epoch(Append("c1", ()))

    assert await notes_on_disk(storage) == set()


async def test_a_keyframe_that_comes_late_is_left_out(storage: Storage) -> None:
    """After compaction a seq means other rows: a keyframe of before would hide words."""
    rows = [NewRow("ann", 3, (), Replica().add_note(f"n{number}")) for number in range(4)]
    await storage.append([Append("c1", tuple(rows))])
    fine = await storage.rows(DocumentName("c1"), 0, 10)
    await storage.replace_rows(DocumentName("c1"), fine, fine)
    await storage.add_keyframe(DocumentName("c1"), Keyframe(1, 3, 1, b"of fine rows"))

    assert await storage.keyframe_seqs(DocumentName("c1")) == []


async def test_rows_around_a_new_keyframe_are_not_joined(storage: Storage) -> None:
    """A keyframe written while a stretch was being coarsened stops it."""
    await storage.append([Append("c1", tuple(NewRow("ann", 3, (), Replica().add_note(f"n{number}")) for number in range(4)))])
    fine = await storage.rows(DocumentName("c1"), 0, 10)
    await storage.add_keyframe(DocumentName("c1"), Keyframe(1, 3, 1, b"meanwhile"))

    with pytest.raises(ConflictFault, match="keyframe"):
        await storage.replace_rows(DocumentName("c1"), fine, fine[-1:])


async def test_a_cancelled_write_does_not_lock_the_database(storage: Storage) -> None:
    """Whoever is cancelled while writing, the next write goes through."""
    for _ in range(5):
        cut = asyncio.create_task(storage.append([Append("c1", (NewRow("ann", 3, (), b"cut"),))]))
        await asyncio.sleep(0)
        cut.cancel()
        await asyncio.gather(cut, return_exceptions=True)
        async with asyncio.timeout(3):
            await storage.append([Append("c1", ())])


async def test_a_client_that_has_a_hole_is_told_in_the_end(hub: Hub) -> None:
    """[S6] A difference that lacks something is asked for again, but not for ever."""
    connection = await hub.connect("c1", session())
    replica = Replica()
    replica.add_note("lost")
    gap = replica.add_note("after")
    for _ in range(4):
        hub.receive("c1", connection, wire.difference_frame(gap))

    assert (await body(hub, connection, wire.REFUSED))["reason"] == "gap"  # type: ignore[index]
    await until(lambda: connection.closing is None)
