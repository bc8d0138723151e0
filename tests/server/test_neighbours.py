"""Two servers, one table: what one commits the other has, whether it hears of it or not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import pytest

from crdt import wire
from crdt.gate import Role, Sender
from crdt.log import Append, NewRow
from crdt.presence import Person
from crdt.rules import Rules
from server import errands, neighbours
from server.core.session import Session
from server.errors import NEW_EPOCH, REMOVED, StorageFault
from server.fanout.memory import Exchange, MemoryFanout
from server.hub import Hub
from server.open_room import Connection
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from tests.postgres import PostgresProcess
from tests.support import Replica, extension_bodies, frames, updates_in

DEADLINE_S = 10.0
ANN = Sender("ann", "facilitator")
BOB = Sender("bob", "partner")


class Table(NamedTuple):
    """Two hubs on one database, the exchange between them, and a storage to look with."""

    here: Hub
    there: Hub
    exchange: Exchange
    storage: SqlStorage


@pytest.fixture
async def table(postgres: PostgresProcess, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Table]:
    monkeypatch.setattr(errands, "STORAGE_RETRY_S", 0.05)
    monkeypatch.setattr(neighbours, "LOOK_S", 0.3)
    monkeypatch.setattr(neighbours, "LOOK_AWAY_S", 0.1)
    url, exchange = postgres.database(), Exchange()
    storages = [await SqlStorage.open_postgres(url) for _ in range(2)]
    await storages[0].create_case(Case("c1", 1), Participant("ann", "c1", "Ann", None, "facilitator", 1), [], Append("c1", ()))
    await storages[0].put_participant(Participant("bob", "c1", "Bob", None, "partner", 2))
    async with Hub(storages[0], fanout=MemoryFanout(exchange)) as here, Hub(storages[1], fanout=MemoryFanout(exchange)) as there:
        yield Table(here, there, exchange, storages[0])
    for storage in storages:
        await storage.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while not holds():
            await asyncio.sleep(0.005)


def session(name: str, role: Role = "partner") -> Session:
    return Session(Person(name, name.title(), None, role), role, extension=True)


def notes(hub: Hub) -> set[str]:
    opened = hub.opened("c1")
    return set() if opened is None else set(opened.room.document.view()["notes"])


def told(hub: Hub, connection: Connection, kind: int) -> list[object]:
    return extension_bodies(frames(connection.session), kind)


async def add(hub: Hub, note: str, sender: Sender = ANN) -> int | None:
    return await hub.change("c1", sender, lambda _: Replica().add_note(note))


async def test_what_one_commits_the_other_shows(table: Table) -> None:
    """[S8] In the live document of the other server, at everyone there, by one publish, without reading the log."""
    connection = await table.there.connect("c1", session("bob"))
    await table.here.view("c1")
    frames(connection.session)
    before = table.exchange.published
    await add(table.here, "n1")
    assert table.exchange.published == before + 1
    await until(lambda: notes(table.there) == {"n1"})

    copy = Replica()
    await until(connection.ready.is_set)
    taken = frames(connection.session)
    for update in updates_in(taken):
        copy.document.apply(update)
    assert set(copy.document.view()["notes"]) == {"n1"}
    assert extension_bodies(taken, wire.PEOPLE)[-1]["clients"]


async def test_what_comes_while_a_commit_is_under_way_is_seen_when_that_has_landed(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is heard, and the one look falls into the commit: no other look is needed."""
    table.exchange.is_open = False
    await table.there.connect("c1", session("bob"))
    made, look, looked = table.there.storage.append, table.there.storage.positions, asyncio.Event()

    async def positions(case_ids):  # type: ignore[no-untyped-def]
        found = await look(case_ids)
        looked.set()
        return found

    async def append_and_wait(appends):  # type: ignore[no-untyped-def]
        seqs = await made(appends)
        await add(table.here, "n2")
        monkeypatch.setattr(neighbours, "LOOK_S", 1_000)
        monkeypatch.setattr(neighbours, "LOOK_AWAY_S", 1_000)
        looked.clear()
        await asyncio.wait_for(looked.wait(), DEADLINE_S)
        await asyncio.sleep(0)
        return seqs

    monkeypatch.setattr(table.there.storage, "positions", positions)
    monkeypatch.setattr(table.there.storage, "append", append_and_wait)
    await add(table.there, "n1", BOB)

    await until(lambda: notes(table.there) == {"n1", "n2"})


async def test_both_write_at_the_same_time(table: Table) -> None:
    """The log has no holes, both rooms end as the log, and every change has its own place in it."""
    seqs = await asyncio.gather(
        *(add(hub, f"n{number}-{side}") for number in range(10) for side, hub in enumerate((table.here, table.there)))
    )
    everything = {f"n{number}-{side}" for number in range(10) for side in range(2)}
    await until(lambda: notes(table.here) == notes(table.there) == everything)

    head = (await table.storage.positions(["c1"]))["c1"]
    assert None not in seqs
    assert sum(fact.covers for fact in await table.storage.facts("c1")) == head.seq
    for hub in (table.here, table.there):
        assert (opened := hub.opened("c1")) is not None
        assert opened.room.seq == head.seq


async def test_what_was_never_said_is_found_in_the_log(table: Table) -> None:
    """With the exchange closed, each still has what the other wrote, idle or not; opened again, what comes is told at once."""
    await add(table.here, "n1")
    await add(table.there, "n2")
    table.exchange.is_open = False
    await add(table.here, "n3")
    await until(lambda: notes(table.there) == {"n1", "n2", "n3"})
    await asyncio.gather(add(table.here, "n4"), add(table.there, "n5"))
    await until(lambda: notes(table.here) == notes(table.there) == {f"n{number}" for number in range(1, 6)})
    table.exchange.reopen()
    await add(table.there, "n6")

    await until(lambda: "n6" in notes(table.here))


async def test_one_message_lost_is_made_good_by_the_next(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gap in the sequence is seen as soon as something comes after it."""
    monkeypatch.setattr(neighbours, "LOOK_S", 3600.0)
    await table.there.view("c1")
    await asyncio.sleep(0.4)
    table.exchange.is_open = False
    await add(table.here, "n1")
    table.exchange.is_open = True
    assert notes(table.there) == set()
    await add(table.here, "n2")

    await until(lambda: notes(table.there) == {"n1", "n2"})


async def test_what_was_written_on_another_server_can_be_built_upon(table: Table) -> None:
    """The gate's shadow knows it: who made it, how far its clocks are, and whose client ids are whose."""
    replica = Replica()
    await table.there.view("c1")
    first = replica.add_note("n1", author="bob")
    await table.here.change("c1", BOB, lambda _: first)
    await until(lambda: notes(table.there) == {"n1"})
    second = replica.type("n1", 0, "verder ")
    await table.there.change("c1", BOB, lambda _: second)
    await until(
        lambda: (table.here.opened("c1") or pytest.fail("closed")).room.document.view()["notes"]["n1"]["text"] == "verder een notitie"
    )

    opened = table.there.opened("c1")
    assert opened is not None
    third = replica.type("n1", 0, "en ")
    connection = await table.there.connect("c1", session("ann", "facilitator"))
    table.there.receive("c1", connection, wire.update_frame(third))
    await until(lambda: any(body["reason"] == "client-id" for body in told(table.there, connection, wire.REFUSED)))  # type: ignore[index]


async def test_who_comes_from_another_server_may_bring_what_others_wrote_there(table: Table) -> None:
    """[S7] A server that has yet to hear of it reads the log before it holds a client to be someone else's."""
    bobs, copy = Replica(), Replica()
    ann = await table.here.connect("c1", session("ann"))
    first = bobs.add_note("n1", author="bob")
    await table.there.change("c1", BOB, lambda _: first)
    await until(lambda: notes(table.here) == {"n1"})
    table.exchange.is_open = False
    second = bobs.add_note("n2", author="bob")
    await table.there.change("c1", BOB, lambda _: second)
    copy.document.apply(bobs.document.keyframe())
    copy.add_note("n3", author="ann")
    table.here.receive("c1", ann, wire.update_frame(copy.document.keyframe()))

    await until(lambda: notes(table.here) == {"n1", "n2", "n3"})
    assert told(table.here, ann, wire.REFUSED) == []


@pytest.mark.parametrize("is_open", [True, False])
async def test_one_client_id_on_two_servers_at_once(table: Table, monkeypatch: pytest.MonkeyPatch, is_open: bool) -> None:
    """[S7] Of two who use one id in the same moment one is refused, and nobody is sent away for it, whether the other was heard or not."""
    ann, bob = Replica(client_id=77), Replica(client_id=77)
    made, anns = table.there.storage.append, [ann.add_note("n1"), None]

    async def append_after_ann(appends):  # type: ignore[no-untyped-def]
        await table.here.change("c1", ANN, lambda _: anns.pop(0))
        return await made(appends)

    monkeypatch.setattr(table.there.storage, "append", append_after_ann)
    table.exchange.is_open = is_open
    eve = await table.there.connect("c1", session("bob"))
    bob.add_note("n2")
    table.there.receive("c1", eve, wire.update_frame(bob.document.keyframe()))
    await until(lambda: notes(table.there) == {"n1"} and not table.there.opened("c1").room.is_read_only)  # type: ignore[union-attr]
    assert told(table.there, eve, wire.STATE) == []
    bob.add_note("n3")
    table.there.receive("c1", eve, wire.update_frame(bob.document.keyframe()))

    await until(lambda: any(body["reason"] == "client-id" for body in told(table.there, eve, wire.REFUSED)))  # type: ignore[index]
    assert notes(table.here) == notes(table.there) == {"n1"}
    assert eve.closing is None


async def test_who_may_do_what_holds_on_all_servers(table: Table) -> None:
    """[R5] Rules and removals made on one server reach connections on another, also while nothing can be said."""
    bob = await table.there.connect("c1", session("bob"))
    await table.here.view("c1")
    await table.storage.change_rules("c1", lambda _: Rules("own", frozenset(), is_paused=True))
    await table.here.refresh("c1")
    await until(lambda: any(body["paused"] for body in told(table.there, bob, wire.RULES)))  # type: ignore[index]
    table.exchange.is_open = False
    await table.storage.change_standing("c1", "bob", status="removed")
    await table.here.refresh("c1")

    await until(lambda: bob.closing is not None)
    assert bob.closing is not None
    assert bob.closing[0] is REMOVED


@pytest.mark.parametrize("is_open", [True, False])
async def test_a_replaced_case_is_replaced_everywhere(table: Table, is_open: bool) -> None:
    """[S11] Whoever has the old one open on another server is sent away to come back to the new one."""
    await add(table.here, "n1")
    bob = await table.there.connect("c1", session("bob"))
    table.exchange.is_open = is_open
    fresh = NewRow("ann", 2, (9,), Replica(client_id=9).add_note("fresh"))
    await table.here.begin_epoch(Append("c1", (fresh,), {9: "ann"}))
    await until(lambda: bob.closing is not None)

    assert bob.closing is not None
    assert bob.closing[0] is NEW_EPOCH
    assert set((await table.there.view("c1"))["notes"]) == {"fresh"}


async def test_people_on_other_servers_are_present(table: Table) -> None:
    """[P2, P3, P4] As their own server names them; newcomers are told at once, and who leaves is gone."""
    ann = await table.here.connect("c1", session("ann", "facilitator"))
    table.here.receive("c1", ann, wire.awareness_frame([wire.AwarenessEntry(5, 1, '{"user":{"name":"Eve"},"typing":true}')]))
    bob = await table.there.connect("c1", session("bob"))
    await until(lambda: any('"Ann"' in entry.state for entry in presence(bob)))
    table.here.disconnect("c1", ann)

    await until(lambda: any(entry.client_id == 5 and entry.state == "null" for entry in presence(bob)))


def presence(connection: Connection) -> list[wire.AwarenessEntry]:
    found: list[wire.AwarenessEntry] = []
    for frame in frames(connection.session):
        reader = wire.Reader(frame)
        if reader.var_uint() == wire.AWARENESS:
            found += wire.read_awareness(reader.bytes())
    return found


async def test_a_commit_of_unknown_outcome_that_landed_is_there_once(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S8] The room is read-only until the log can be read; then it has what it was not told of, and writes on."""
    made = table.storage.append
    fails = [True]

    async def append_but_say_not(appends):  # type: ignore[no-untyped-def]
        seqs = await made(appends)
        if fails and fails.pop():
            raise StorageFault("the connection died before the answer")
        return seqs

    monkeypatch.setattr(table.here.storage, "append", append_but_say_not)
    bob = await table.here.connect("c1", session("bob"))
    replica = Replica()
    table.here.receive("c1", bob, wire.update_frame(replica.add_note("n1")))
    await until(lambda: notes(table.here) == {"n1"})
    await until(lambda: {"writable": True, "reason": None} in told(table.here, bob, wire.STATE))
    table.here.receive("c1", bob, wire.difference_frame(replica.document.keyframe()))

    await until(lambda: any(body["updates"] == 2 for body in told(table.here, bob, wire.SAVED)))  # type: ignore[index]
    assert [fact.seq for fact in await table.storage.facts("c1")] == [1]
