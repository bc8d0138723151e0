"""The hub over real storage: rooms open once, retire when idle, survive failing storage and broken documents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from crdt import wire
from crdt.case import CaseDocument
from crdt.gate import Role, Sender
from crdt.log import Append, NewRow
from crdt.presence import Person
from crdt.rules import Rules
from server import errands as errands_module
from server.core.session import Session
from server.errors import FAULT, NEW_EPOCH, NO_SUCH_CASE, REMOVED, RESTART, Refusal, StorageFault
from server.hub import Hub
from server.open_room import Connection
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from server.telemetry import EVENTS
from server.tickets import ChangeRefused
from tests.support import Replica, extension_bodies

DEADLINE_S = 10.0
IDLE_S = 0.05


class Storage(SqlStorage):
    """Real storage whose commits can be made to fail, and whose openings are counted."""

    fails = False
    openings = 0

    async def append(self, appends: Sequence[Append]) -> list[int]:
        if self.fails:
            raise StorageFault("disk full")
        return await super().append(appends)

    async def try_out(self) -> None:
        if self.fails:
            raise StorageFault("disk full")
        await super().try_out()

    async def open(self, case_id: str, document: str = "main"):  # type: ignore[no-untyped-def]
        self.openings += 1
        return await super().open(case_id, document)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    opened = await Storage.open_sqlite(tmp_path / "p.db")
    assert isinstance(opened, Storage)
    ann = Participant("ann", "c1", "Ann", None, "facilitator", 1)
    first = NewRow("ann", 1, (3,), Replica(client_id=3).add_note("n0"))
    await opened.create_case(Case("c1", 1), ann, [], Append("c1", (first,), {3: "ann"}))
    yield opened
    await opened.close()


@pytest.fixture
async def hub(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    monkeypatch.setattr(errands_module, "STORAGE_RETRY_S", 0.01)
    async with Hub(storage, idle_s=IDLE_S) as running:
        yield running


def session(name: str = "ann", role: Role = "partner") -> Session:
    return Session(Person(name, name.title(), None, role), role, extension=True)


async def until(holds: Callable[[], bool]) -> None:
    """Let the loop run until something holds; fail when it never does."""
    async with asyncio.timeout(DEADLINE_S):
        while not holds():
            await asyncio.sleep(0)


async def body(hub: Hub, connection: Connection, kind: int) -> object:
    """Wait for an extension message of one type on a connection."""
    async with asyncio.timeout(DEADLINE_S):
        while True:
            while (frame := hub.next_frame("c1", connection)) is not None:
                if found := extension_bodies([frame], kind):
                    return found[0]
            connection.ready.clear()
            await connection.ready.wait()


async def test_many_who_come_at_once_share_one_room(hub: Hub, storage: Storage) -> None:
    """A case is read from storage once, however many wait for it."""
    await asyncio.gather(*(hub.connect("c1", session(f"p{number}")) for number in range(20)))

    assert (storage.openings, len(hub.all_opened())) == (1, 1)


async def test_who_is_taken_out_while_a_case_opens_is_out(hub: Hub, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """[R5] The room may have read who is in just before; it reads that again."""
    await storage.put_participant(Participant("bob", "c1", "Bob", None, "partner", 2))
    read = storage.rules
    removing: list[asyncio.Task[None]] = []
    is_removed = asyncio.Event()

    async def remove() -> None:
        await storage.change_standing("c1", "bob", status="removed")
        is_removed.set()
        await hub.refresh("c1")

    async def rules(case_id: str) -> Rules:
        if not removing:
            removing.append(asyncio.create_task(remove()))
            await is_removed.wait()
            await asyncio.sleep(0)
        return await read(case_id)

    monkeypatch.setattr(storage, "rules", rules)
    connection = await hub.connect("c1", session("bob"))
    await asyncio.gather(*removing)

    assert connection.closing is not None
    assert connection.closing[0] is REMOVED


async def test_a_case_that_is_not_there(hub: Hub) -> None:
    """[X] Connecting to no case is refused with its code, also the second time."""
    for _ in range(2):
        with pytest.raises(Refusal) as caught:
            await hub.connect("c2", session())
        assert caught.value.code is NO_SUCH_CASE


async def test_rooms_without_people_are_freed_and_open_again(hub: Hub, storage: Storage) -> None:
    """Leaving retires the room after a while, with a keyframe; coming back finds everything."""
    connection = await hub.connect("c1", session())
    hub.receive("c1", connection, wire.update_frame(Replica().add_note("n1")))
    await body(hub, connection, wire.SAVED)
    hub.disconnect("c1", connection)
    hub.disconnect("c1", connection)
    await until(lambda: len(hub.all_opened()) == 0)

    assert set((await hub.view("c1"))["notes"]) == {"n0", "n1"}
    stored = await storage.open("c1")
    assert stored is not None
    await until(lambda: True)
    assert stored.seq == 2


async def test_coming_back_in_time_keeps_the_room(hub: Hub, storage: Storage) -> None:
    """A reload does not close and open the room."""
    first = await hub.connect("c1", session())
    hub.disconnect("c1", first)
    await hub.connect("c1", session())
    await asyncio.sleep(IDLE_S * 2)

    assert (len(hub.all_opened()), storage.openings) == (1, 1)


async def test_changes_by_the_server(hub: Hub) -> None:
    """A change on someone's behalf is durable on return, or refused in words."""
    ann = Sender("ann", "partner")

    assert await hub.change("c1", ann, lambda _: Replica().add_note("n1")) == 2
    with pytest.raises(ChangeRefused, match="place of a case"):
        await hub.change("c1", ann, lambda _: Replica().add_note("n2", place="nergens"))


async def test_failing_storage_makes_read_only_and_returns_by_itself(hub: Hub, storage: Storage) -> None:
    """[E5] Nobody is told "saved" falsely; when storage returns the room writes again without a restart."""
    connection = await hub.connect("c1", session())
    storage.fails = True
    hub.receive("c1", connection, wire.update_frame(Replica().add_note("n1")))
    assert await body(hub, connection, wire.STATE) == {"writable": False, "reason": "storage"}
    with pytest.raises(StorageFault):
        await hub.change("c1", Sender("ann", "partner"), lambda _: Replica().add_note("n2"))

    storage.fails = False
    assert await body(hub, connection, wire.STATE) == {"writable": True, "reason": None}
    hub.receive("c1", connection, wire.difference_frame(Replica().add_note("n3")))
    await body(hub, connection, wire.SAVED)
    assert set((await hub.view("c1"))["notes"]) == {"n0", "n3"}


async def test_a_broken_room_is_closed_and_reopened_from_the_log(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in one room sends its people away with "come back" and leaves the rest alone."""
    connection = await hub.connect("c1", session())
    opened = hub._rooms["c1"]

    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(opened.room, "receive", fail)
    hub.receive("c1", connection, wire.update_frame(b"\x00\x00"))

    assert connection.closing is not None
    assert connection.closing[0] is FAULT
    hub.disconnect("c1", connection)
    assert set((await hub.view("c1"))["notes"]) == {"n0"}


async def test_stopping_sends_everyone_away_and_keeps_all(storage: Storage) -> None:
    """At the end people are told to come back, and what was under way is written."""
    async with Hub(storage) as hub:
        connection = await hub.connect("c1", session())
        hub.receive("c1", connection, wire.update_frame(Replica().add_note("n1")))

    assert connection.closing is not None
    assert connection.closing[0] is RESTART
    stored = await storage.open("c1")
    assert stored is not None
    assert (stored.seq, stored.keyframe_seq) == (2, 2)


async def test_bad_frames_close_only_their_connection(hub: Hub) -> None:
    """[F1] The other people in the room notice nothing."""
    bad, good = await hub.connect("c1", session("bad")), await hub.connect("c1", session("good"))
    hub.receive("c1", bad, "text")

    assert bad.closing is not None
    assert good.closing is None


async def test_who_is_being_sent_away_is_not_heard(hub: Hub) -> None:
    """[R5] Between the decision and the goodbye nothing they send changes the case."""
    going = await hub.connect("c1", session())
    going.close(REMOVED, "a facilitator took you out of this case")
    hub.receive("c1", going, wire.update_frame(Replica(client_id=8).add_note("late")))
    await until(hub._rooms["c1"].room.has_settled)

    assert "late" not in (await hub.view("c1"))["notes"]


async def test_those_who_send_too_much_are_slowed_down(hub: Hub) -> None:
    """By delay first: beyond the burst the pump is told to wait."""
    connection = await hub.connect("c1", session())
    pauses = [hub.receive("c1", connection, wire.update_frame(b"\x00\x00")) for _ in range(300)]

    assert pauses[0] == 0
    assert pauses[-1] > 0


async def test_a_room_that_asks_for_the_impossible_does_not_stop_the_others(hub: Hub, storage: Storage) -> None:
    """A client id bound meanwhile to another fails the group commit; the others of the group are committed all the same."""
    await storage.create_case(Case("c2", 1), Participant("bob", "c2", "Bob", None, "partner", 1), [], Append("c2", ()))
    one, other = await hub.connect("c1", session()), await hub.connect("c2", session("bob"))
    replica = Replica()
    await storage.append([Append("c1", (), {replica.client_id: "eve"})])
    hub.receive("c1", one, wire.update_frame(replica.add_note("n1")))
    hub.receive("c2", other, wire.update_frame(Replica().add_note("n2")))

    await until(lambda: one.closing is not None and hub._rooms["c2"].room.seq == 1)

    assert one.closing is not None
    assert one.closing[0] is FAULT
    assert set((await hub.view("c2"))["notes"]) == {"n2"}
    assert set((await hub.view("c1"))["notes"]) == {"n0"}


async def test_a_new_epoch_sends_everyone_away_and_begins_afresh(hub: Hub, storage: Storage) -> None:
    """[E1, X] Replacing a document closes with 4410; who comes back finds the new epoch and none of the old words."""
    connection = await hub.connect("c1", session())
    fresh = Replica(client_id=77)
    replaced = asyncio.create_task(hub.begin_epoch(Append("c1", (NewRow("ann", 2, (77,), fresh.add_note("new")),), {77: "ann"})))
    await until(lambda: connection.closing is not None)
    meanwhile = await hub.connect("c1", session("bob"))

    assert await replaced == 2
    assert connection.closing is not None
    assert connection.closing[0] is NEW_EPOCH
    assert (await body(hub, meanwhile, wire.HELLO))["epoch"] == 2  # type: ignore[index]
    assert set((await hub.view("c1"))["notes"]) == {"new"}
    assert [set(CaseDocument.open(await storage.at("c1", seq)).view()["notes"]) for seq in (1, 2)] == [{"n0"}, {"new"}]


async def test_an_old_copy_cannot_come_back(hub: Hub) -> None:
    """[S11] Words under a client id of an earlier epoch are refused, whoever sends them."""
    old = Replica(client_id=3)
    old.add_note("n0")
    await hub.begin_epoch(Append("c1", (), {}))
    connection = await hub.connect("c1", session("bob"))
    hub.receive("c1", connection, wire.update_frame(old.document.keyframe()))

    assert (await body(hub, connection, wire.REFUSED))["reason"] == "epoch"  # type: ignore[index]


async def test_a_hole_in_the_log_raises_an_alarm(hub: Hub, storage: Storage) -> None:
    """[S6] A row whose predecessor is missing is told when the room opens."""
    replica = Replica(client_id=5)
    replica.add_note("n1", "een")
    await storage.append([Append("c1", (NewRow("ann", 1, (5,), replica.type("n1", 0, "x")),))])
    before = EVENTS.labels("log-hole")._value.get()
    await hub.connect("c1", session())

    assert EVENTS.labels("log-hole")._value.get() == before + 1
