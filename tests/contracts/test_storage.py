"""What every storage must do, whatever the database under it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from crdt.log import Append, Keyframe, NewRow
from crdt.rules import OPEN, Rules
from server.errors import ConflictFault, StorageFault
from server.storage import Case, DocumentName, Link, Participant, Position
from server.storage.sql import SqlStorage

Opening = Callable[[], Awaitable[SqlStorage]]

ANN = Participant("ann", "c1", "Ann", "p1", "facilitator", 1, "l1")
LINK = Link("l1", "c1", "partner", "hash", 1, "ann")


def row(update: bytes = b"\x00\x00", participant: str = "ann") -> NewRow:
    return NewRow(participant, 1_000, (5, 6), update)


@pytest.fixture(params=["sqlite", "postgres"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    """Open the same storage, empty at first, as often as asked."""
    if request.param == "sqlite":
        return lambda: SqlStorage.open_sqlite(tmp_path / "p.db")
    url = request.getfixturevalue("postgres").database()
    return lambda: SqlStorage.open_postgres(url)


@pytest.fixture
async def storage(opening: Opening) -> AsyncIterator[SqlStorage]:
    opened = await opening()
    await opened.create_case(Case("c1", 1), ANN, [LINK], Append("c1", (row(b"first"),), {5: "ann"}))
    yield opened
    await opened.close()


async def test_a_case_and_its_people(storage: SqlStorage) -> None:
    """All of a new case is there, or nothing is."""
    assert await storage.case("c1") == Case("c1", 1)
    assert await storage.case("c2") is None
    assert await storage.participants("c1") == [ANN]
    assert await storage.link_by_hash("c1", "hash") == LINK
    assert await storage.link_by_hash("c2", "hash") is None
    with pytest.raises(StorageFault):
        await storage.create_case(Case("c1", 2), ANN, [], Append("c1", ()))


async def test_rows_are_numbered_without_holes(storage: SqlStorage) -> None:
    """Appends of several rooms commit together; each document has its own numbers."""
    await storage.create_case(Case("c2", 1), Participant("bob", "c2", "Bob", None, "partner", 1), [], Append("c2", ()))
    seqs = await storage.append([Append("c1", (row(), row())), Append("c2", (row(),))])

    assert seqs == [3, 1]
    assert [fact.seq for fact in await storage.facts("c1")] == [1, 2, 3]


async def test_many_at_once_leave_no_holes(storage: SqlStorage) -> None:
    """Concurrent appends queue up for the one writer."""
    await asyncio.gather(*(storage.append([Append("c1", (row(),))]) for _ in range(20)))

    assert [fact.seq for fact in await storage.facts("c1")] == list(range(1, 22))


async def test_opening_is_keyframe_plus_tail(storage: SqlStorage) -> None:
    """The newest keyframe replaces what it covers; earlier points stay readable."""
    await storage.append([Append("c1", (row(b"second"), row(b"third")))])
    await storage.add_keyframe(DocumentName("c1"), Keyframe(1, 2, 1, b"keyframe"))
    await storage.add_keyframe(DocumentName("c1"), Keyframe(1, 2, 1, b"again"))
    stored = await storage.open("c1")

    assert stored is not None
    assert (stored.seq, stored.epoch, stored.keyframe_seq, stored.updates) == (3, 1, 2, (b"keyframe", b"third"))
    assert stored.owners == {5: "ann"}
    assert await storage.at("c1", 1) == (b"first",)
    assert await storage.at("c1", 2) == (b"keyframe",)
    assert await storage.open("c2") is None


async def test_a_failed_append_leaves_nothing(storage: SqlStorage) -> None:
    """A client id that is bound already fails the whole commit: rows of none of the rooms are kept."""
    with pytest.raises(StorageFault):
        await storage.append([Append("c1", (row(),)), Append("c1", (row(),), {5: "eve"})])

    assert len(await storage.facts("c1")) == 1


@pytest.mark.parametrize("strange", ["p\0", "\ud800", "p1\0", "é"], ids=["zero", "half a character", "zero after an id", "no id"])
async def test_who_asks_for_what_no_database_can_hold_finds_nothing(storage: SqlStorage, strange: str) -> None:
    assert await storage.case(strange) is None
    assert await storage.participant("c1", strange) is None
    assert await storage.participant(strange, "p1") is None


async def test_participants_are_added_and_replaced(storage: SqlStorage) -> None:
    """Joining again changes what is known of someone."""
    await storage.put_participant(Participant("ann", "c1", "Anna", None, "partner", 1))
    await storage.put_participant(Participant("bob", "c1", "Bob", None, "viewer", 2))

    assert [(person.name, person.role) for person in await storage.participants("c1")] == [("Anna", "facilitator"), ("Bob", "viewer")]


async def test_a_stale_reading_of_someone_raises_nobody(storage: SqlStorage) -> None:
    """Role and status change by `change_standing` alone: who renames while being taken out stays out."""
    stale = Participant("bob", "c1", "Bob", None, "partner", 2)
    await storage.put_participant(stale)
    await storage.change_standing("c1", "bob", role="viewer", status="removed")
    await storage.put_participant(replace(stale, name="Robert"))

    kept = await storage.participant("c1", "bob")
    assert kept is not None
    assert (kept.name, kept.role, kept.status) == ("Robert", "viewer", "removed")


@pytest.mark.parametrize("change", [{"role": "partner"}, {"status": "removed"}])
async def test_the_last_facilitator_stays(storage: SqlStorage, change: dict[str, Any]) -> None:
    """A case is never left without one, and nothing of the change is kept."""
    with pytest.raises(ConflictFault):
        await storage.change_standing("c1", "ann", **change)

    kept = await storage.participant("c1", "ann")
    assert kept is not None
    assert (kept.role, kept.status) == ("facilitator", "in")


async def test_seats_are_counted_with_the_seat_taken(storage: SqlStorage) -> None:
    """A link with one seat seats one; who was removed frees it; who is in already needs none."""
    bob = Participant("bob", "c1", "Bob", None, "partner", 2, "l2")
    await storage.put_participant(bob, seats=1)
    with pytest.raises(ConflictFault):
        await storage.put_participant(Participant("eve", "c1", "Eve", None, "partner", 3, "l2"), seats=1)
    await storage.put_participant(replace(bob, name="Robert"), seats=1)
    await storage.change_standing("c1", "bob", status="removed")
    await storage.put_participant(Participant("eve", "c1", "Eve", None, "partner", 3, "l2"), seats=1)

    assert [each.id for each in await storage.participants("c1")] == ["ann", "bob", "eve"]


async def test_a_link_that_was_revoked_seats_nobody(storage: SqlStorage) -> None:
    """Not even who began to come in before; who is in already stays."""
    link = Link("l9", "c1", "partner", "ninth", 1, "ann")
    await storage.put_link(link)
    await storage.put_participant(Participant("bob", "c1", "Bob", None, "partner", 2, "l9"))
    await storage.put_link(replace(link, revoked_at=5))
    with pytest.raises(ConflictFault):
        await storage.put_participant(Participant("eve", "c1", "Eve", None, "partner", 3, "l9"))
    await storage.put_participant(Participant("bob", "c1", "Robert", None, "partner", 2, "l9"))

    assert [each.name for each in await storage.participants("c1")] == ["Ann", "Robert"]


async def test_a_link_that_was_revoked_stays_so(storage: SqlStorage) -> None:
    """Who changes a link while another revokes it brings it not back."""
    link = Link("l9", "c1", "partner", "ninth", 1, "ann")
    await storage.put_link(link)
    await storage.put_link(replace(link, revoked_at=5))
    await storage.put_link(replace(link, name="Stale"))

    assert [(each.name, each.revoked_at) for each in await storage.links("c1") if each.id == "l9"] == [("Stale", 5)]


async def test_rules_and_ways_back_are_kept(storage: SqlStorage) -> None:
    """What a facilitator set is there after a restart; of a way back only the newest hash counts."""
    rules = Rules("own", frozenset({"value", "roadmap/3"}), is_paused=True)
    assert await storage.rules("c1") == OPEN
    assert await storage.change_rules("c1", lambda held: held) == OPEN
    assert await storage.change_rules("c1", lambda _: rules) == rules
    await storage.put_recovery("c1", "ann", "old")
    await storage.put_recovery("c1", "ann", "new")

    assert await storage.rules("c1") == rules
    assert await storage.participant_by_recovery("c1", "old") is None
    assert (found := await storage.participant_by_recovery("c1", "new")) is not None
    assert found.id == "ann"


async def test_rules_are_changed_by_one_at_a_time(storage: SqlStorage) -> None:
    """[R3] Ten who each lock a part at the same moment lock ten; one whose change fails changes nothing."""
    parts = [f"roadmap/{row}" for row in range(10)]
    await asyncio.gather(
        *(storage.change_rules("c1", lambda held, part=part: replace(held, locked=held.locked | {part})) for part in parts)  # type: ignore[misc]
    )
    with pytest.raises(ZeroDivisionError):
        await storage.change_rules("c1", lambda held: replace(held, is_paused=bool(1 // 0)))

    assert (await storage.rules("c1")).locked == frozenset(parts)


async def test_a_restart_loses_nothing(storage: SqlStorage, opening: Opening) -> None:
    """What was committed is read back by the next process."""
    await storage.append([Append("c1", (row(b"kept"),))])
    await storage.close()
    again = await opening()
    stored = await again.open("c1")
    await again.close()

    assert stored is not None
    assert stored.updates == (b"first", b"kept")


async def test_an_epoch_ends_what_was(storage: SqlStorage) -> None:
    """Rows of an older epoch are refused, and their client ids belong to nobody any more."""
    assert await storage.begin_epoch(Append("c1", (row(b"fresh"),), {9: "ann"})) == 2
    with pytest.raises(ConflictFault, match="epoch 2"):
        await storage.append([Append("c1", (row(),), epoch=1)])
    stored = await storage.open("c1")

    assert stored is not None
    assert (stored.epoch, stored.updates, stored.owners, stored.retired) == (2, (b"fresh",), {9: "ann"}, frozenset({5}))


async def test_what_was_judged_without_knowing_of_its_clients_is_refused(storage: SqlStorage) -> None:
    """[S7] Another row of one of the same Yjs clients came meanwhile: of two sayings under one id only the first is kept."""
    assert await storage.append([Append("c1", (row(b"second"),), since=1)]) == [2]
    with pytest.raises(ConflictFault, match="same client"):
        await storage.append([Append("c1", (row(b"unaware"),), since=1)])
    assert await storage.append([Append("c1", (NewRow("bob", 1_000, (7,), b"of another"),), since=1)]) == [3]
    assert await storage.append([Append("c1", (row(b"aware"),), since=3)]) == [4]


async def test_what_goes_on_from_where_the_log_never_was_is_refused(storage: SqlStorage) -> None:
    """[S8] The log went back, as after a failover to a database that had not yet all of it."""
    with pytest.raises(ConflictFault, match="went on to 9 before"):
        await storage.append([Append("c1", (row(),), since=9)])


async def test_what_is_appended_comes_back_as_rows(storage: SqlStorage) -> None:
    """Rows are read in order and page by page, with who, when and which clients."""
    await storage.append([Append("c1", (row(b"second"), row(b"third", "bob")))])
    rows = await storage.rows(DocumentName("c1"), 1, 10)

    assert [(each.seq, each.participant, each.clients, each.update) for each in rows] == [
        (2, "ann", (5, 6), b"second"),
        (3, "bob", (5, 6), b"third"),
    ]
    assert [each.seq for each in await storage.rows(DocumentName("c1"), 0, 2)] == [1, 2]


async def test_coarse_rows_take_the_place_of_fine_ones(storage: SqlStorage) -> None:
    """Only when the log still is as it was read."""
    name = DocumentName("c1")
    await storage.append([Append("c1", (row(b"second"),))])
    fine = await storage.rows(name, 0, 10)
    coarse = [replace(fine[1], update=b"both", covers=2, first_at=900)]
    await storage.replace_rows(name, fine, coarse)

    assert await storage.rows(name, 0, 10) == coarse
    assert [head.compacted_seq for head in await storage.heads()] == [2]
    with pytest.raises(ConflictFault):
        await storage.replace_rows(name, fine, coarse)


async def test_positions_tell_how_far_cases_are(storage: SqlStorage) -> None:
    """The log, the epoch, and whether something about people and rules changed; cases that are not there are left out."""
    before = (await storage.positions(["c1", "none"]))["c1"]
    await storage.append([Append("c1", (row(),))])
    await storage.change_standing("c1", "ann", role="facilitator")
    after = (await storage.positions(["c1"]))["c1"]

    assert before == Position(1, 1, before.revision)
    assert (after.seq, after.revision) == (2, before.revision + 1)
    assert await storage.positions([]) == {}


async def test_all_servers_use_the_key_that_came_first(storage: SqlStorage) -> None:
    """Whoever comes later takes the one that is there."""
    assert await storage.shared_key("signing", b"first") == b"first"
    assert await storage.shared_key("signing", b"second") == b"first"


async def test_what_no_text_holds_is_not_found(storage: SqlStorage) -> None:
    """A stranger may ask for whatever a URL can say."""
    assert await storage.case("c1\x00") is None
    assert await storage.case("\ud83d") is None


async def test_trying_out_leaves_nothing(storage: SqlStorage) -> None:
    """It can be done over and over."""
    await storage.try_out()
    await storage.try_out()


async def test_what_people_wrote_stands_in_no_fault(storage: SqlStorage) -> None:
    """Faults are logged, and a log holds no contents: what a statement was given is kept out of them."""
    statement = text("INSERT INTO no_such_table VALUES (:words)")
    with pytest.raises(SQLAlchemyError) as raised:
        await storage._engine.write(lambda connection: connection.execute(statement, {"words": "wat niemand hoeft te weten"}))

    assert "no_such_table" in str(raised.value)
    assert "wat niemand" not in str(raised.value)
