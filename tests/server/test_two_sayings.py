"""One Yjs client id, two servers, different words: only what the log had first is kept, and all servers end with that.

Each server judges what it is sent by what it knows. So the same participant can say one thing here and another there under the same ids;
a log that held both could never be read again.
"""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection as Database
from sqlalchemy import delete, update

from crdt import wire
from crdt.case import CaseDocument
from crdt.replay import Replay
from server import neighbours
from server.open_room import Connection
from server.past import Past
from server.storage import DocumentName
from server.storage.sql import SqlStorage
from server.storage.tables import documents, log
from tests.server.test_neighbours import ANN, BOB, Table, notes, session, table, told, until
from tests.support import Replica, frames

__all__ = ["table"]


class Sitting:
    """Bob at both servers under one client id with two copies, and Ann at both to see what comes of it."""

    def __init__(self, given: Table, base: bytes, here: tuple[Connection, Connection], there: tuple[Connection, Connection]) -> None:
        self.table = given
        self.hubs = (given.here, given.there)
        self.copies = [Replica(base, client_id=99), Replica(base, client_id=99)]
        self.bobs, self.anns = [here[0], there[0]], [here[1], there[1]]

    @classmethod
    async def begin(cls, given: Table) -> Sitting:
        bob, ann = Replica(client_id=71), Replica(client_id=72)
        own, hers = bob.add_note("bobs", "bbbb", author="bob"), ann.add_note("anns", "aaaa", author="ann")
        await given.here.change("c1", BOB, lambda _: own)
        await given.here.change("c1", ANN, lambda _: hers)
        seats = [
            (await hub.connect("c1", session("bob")), await hub.connect("c1", session("ann", "facilitator")))
            for hub in (given.here, given.there)
        ]
        await until(lambda: notes(given.there) == {"bobs", "anns"})
        document = CaseDocument.open([own, hers])
        return cls(given, document.keyframe(), *seats)

    def say(self, which: int, words: bytes) -> None:
        self.hubs[which].receive("c1", self.bobs[which], wire.update_frame(words))

    async def until_seq(self, seq: int, least: int = 1) -> None:
        """Wait until so many servers at least have come so far."""
        await until(lambda: sum((opened := hub.opened("c1")) is not None and opened.room.seq >= seq for hub in self.hubs) >= least)

    def answer(self) -> None:
        """Do what a client does when it is asked for all it has."""
        for which, connection in enumerate(self.bobs):
            for frame in frames(connection.session):
                reader = wire.Reader(frame)
                if reader.var_uint() == wire.SYNC and reader.var_uint() == wire.STEP_VECTOR:
                    difference = self.copies[which].document.difference(reader.bytes())
                    self.hubs[which].receive("c1", connection, wire.difference_frame(difference))

    async def settle(self) -> None:
        """Wait until both servers have all of the log, and nothing waits."""
        rooms = [hub.opened("c1") for hub in self.hubs]
        async with asyncio.timeout(10):
            while True:
                self.answer()
                stored = await self.table.storage.open("c1")
                assert stored is not None
                if all(it and it.room.has_settled() and not it.room.is_read_only and it.room.seq == stored.seq for it in rooms):
                    return
                await asyncio.sleep(0.01)

    async def judge(self) -> dict[str, str]:
        """Return the notes, which must be the same in the log read at once, row by row, and at both servers, shadows included."""
        stored = await self.table.storage.open("c1")
        assert stored is not None
        replay = Replay(1)
        replay.take_all(await self.table.storage.rows(DocumentName("c1"), 0, 100))
        rooms = [opened.room for hub in self.hubs if (opened := hub.opened("c1"))]
        assert len(rooms) == 2
        documents = [CaseDocument.open(stored.updates), replay.document]
        documents += [document for room in rooms for document in (room.document, room._shadow._copy())]
        views = [{note: str(values["text"]) for note, values in document.view()["notes"].items()} for document in documents]
        assert views == [views[0]] * len(views)
        await Past(self.table.storage).makers("c1")
        return views[0]


@pytest.mark.parametrize("first", [0, 1])
async def test_a_letter_here_and_a_note_there(table: Table, first: int) -> None:
    """[S7] Nobody is sent away, the case can be read, and one of the two is in it."""
    sitting = await Sitting.begin(table)
    letter, note = sitting.copies[first].type("bobs", 4, "Q"), sitting.copies[1 - first].add_note("second", "zzzz", author="bob")
    sitting.say(first, letter)
    sitting.say(1 - first, note)
    await sitting.until_seq(3)
    await sitting.settle()

    assert await sitting.judge() in ({"bobs": "bbbbQ", "anns": "aaaa"}, {"bobs": "bbbb", "anns": "aaaa", "second": "zzzz"})
    assert [connection.closing for connection in (*sitting.bobs, *sitting.anns)] == [None] * 4


async def test_what_waits_here_when_the_other_is_heard(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S2] The words gathered behind a commit are given up when others under their ids are heard, and asked for again."""
    sitting = await Sitting.begin(table)
    append, may_go_on, has_begun = table.there.storage.append, asyncio.Event(), asyncio.Event()

    async def append_slowly(appends):  # type: ignore[no-untyped-def]
        has_begun.set()
        await may_go_on.wait()
        return await append(appends)

    monkeypatch.setattr(table.there.storage, "append", append_slowly)
    sitting.say(1, Replica(client_id=12).add_note("third", "cccc", author="bob"))
    await has_begun.wait()
    sitting.say(1, sitting.copies[1].add_note("second", "zzzz", author="bob"))
    sitting.say(0, sitting.copies[0].type("bobs", 4, "Q"))
    await sitting.until_seq(3)
    await asyncio.sleep(0.1)  # the other server has heard of it by now
    may_go_on.set()
    await until(lambda: "third" in notes(table.here))
    await sitting.settle()

    assert await sitting.judge() == {"bobs": "bbbbQ", "anns": "aaaa", "third": "cccc"}


async def test_what_is_only_gathered_gives_way(table: Table) -> None:
    """[S2] A room that has committed nothing yet of what it gathered hears the other words, and asks for its own again."""
    sitting = await Sitting.begin(table)
    opened = table.there.opened("c1")
    assert opened is not None
    opened.room._next_tick = asyncio.get_running_loop().time() + 3_600  # it gathers, and does not commit
    sitting.say(1, sitting.copies[1].add_note("second", "zzzz", author="bob"))
    assert opened.room._shadow.has_gathered()
    frames(sitting.bobs[1].session)
    sitting.say(0, sitting.copies[0].type("bobs", 4, "Q"))
    await until(lambda: opened.room.seq == 3)

    assert not opened.room._shadow.has_gathered()
    assert sitting.bobs[1].session.owes_difference
    assert any(frame[:2] == bytes([wire.SYNC, wire.STEP_VECTOR]) for frame in frames(sitting.bobs[1].session))
    opened.room._next_tick = 0.0
    assert await sitting.judge() == {"bobs": "bbbbQ", "anns": "aaaa"}


async def test_the_same_words_at_two_servers_are_no_contradiction(table: Table) -> None:
    """[S7] As of a client that was moved: nobody is sent away, and they are there once."""
    sitting = await Sitting.begin(table)
    for connection in sitting.anns:
        frames(connection.session)
    words = sitting.copies[0].type("bobs", 4, "Q")
    sitting.copies[1].document.apply(words)
    sitting.say(0, words)
    sitting.say(1, words)
    await sitting.until_seq(3)
    await sitting.settle()

    assert await sitting.judge() == {"bobs": "bbbbQ", "anns": "aaaa"}
    assert told(table.there, sitting.bobs[1], wire.REFUSED) == []
    assert [told(hub, ann, wire.STATE) for hub, ann in zip(sitting.hubs, sitting.anns, strict=True)] == [[], []]
    assert [connection.closing for connection in (*sitting.bobs, *sitting.anns)] == [None] * 4


async def test_a_row_after_a_commit_whose_answer_is_slow(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client went on at the other server meanwhile: its next letter is there once the answer is, not at the next look."""
    sitting = await Sitting.begin(table)
    monkeypatch.setattr(neighbours, "LOOK_S", 1_000)
    await asyncio.sleep(0.35)  # the look that is under way is over
    append, may_answer, has_landed = table.there.storage.append, asyncio.Event(), asyncio.Event()

    async def answer_slowly(appends):  # type: ignore[no-untyped-def]
        seqs = await append(appends)
        has_landed.set()
        await may_answer.wait()
        return seqs

    monkeypatch.setattr(table.there.storage, "append", answer_slowly)
    words = sitting.copies[1].type("bobs", 4, "Q")
    sitting.copies[0].document.apply(words)
    sitting.say(1, words)
    await has_landed.wait()
    await table.here._neighbours._look(["c1"])
    await sitting.until_seq(3)
    sitting.say(0, sitting.copies[0].type("bobs", 5, "R"))
    await sitting.until_seq(4)
    await asyncio.sleep(0.1)  # the other server has heard of it by now
    may_answer.set()

    await sitting.until_seq(4, least=2)
    assert await sitting.judge() == {"bobs": "bbbbQR", "anns": "aaaa"}


async def test_a_log_that_went_back_is_noticed(table: Table) -> None:
    """[S8] As after a failover to a standby that lagged: everyone is sent away to come back, and brings what only they have."""
    sitting = await Sitting.begin(table)
    for letter in "QRS":
        sitting.say(0, sitting.copies[0].type("bobs", 4, letter))
    await sitting.until_seq(3, least=2)
    await _go_back(table.storage, 2)
    await until(lambda: all(connection.closing for connection in (*sitting.bobs, *sitting.anns)))
    bob = await table.there.connect("c1", session("bob"))

    assert table.there.opened("c1").room.seq == 2  # type: ignore[union-attr]
    table.there.receive("c1", bob, wire.difference_frame(sitting.copies[0].document.keyframe()))
    await until(lambda: told(table.there, bob, wire.SAVED) != [])
    assert set("QRS") < set(str((await table.here.view("c1"))["notes"]["bobs"]["text"]))


async def test_what_builds_upon_what_is_gone_is_not_called_saved(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """[S8] Nor is it logged: the commit itself finds that the log went back, before any look does."""
    monkeypatch.setattr(neighbours, "LOOK_S", 1_000)
    sitting = await Sitting.begin(table)
    sitting.say(0, sitting.copies[0].type("bobs", 4, "Q"))
    await sitting.until_seq(3, least=2)
    await _go_back(table.storage, 2)
    frames(sitting.bobs[0].session)
    sitting.say(0, sitting.copies[0].type("bobs", 5, "R"))
    await until(lambda: sitting.bobs[0].closing is not None)

    assert told(table.here, sitting.bobs[0], wire.SAVED) == []
    stored = await table.storage.open("c1")
    assert stored is not None
    assert stored.seq == 2


async def _go_back(storage: SqlStorage, seq: int) -> None:
    """Lose the rows after a seq, and the memory of them."""

    def cut(connection: Database) -> None:
        connection.execute(delete(log).where(log.c.seq > seq))
        connection.execute(update(documents).values(seq=seq))

    await storage._write(cut)
