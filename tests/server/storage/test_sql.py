"""Storage: what is committed is there after a restart, and failures are ours to handle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, inspect

from crdt.log import Append, Keyframe, NewRow
from crdt.rules import OPEN, Rules
from server.errors import ConflictFault, StorageFault
from server.storage import Case, DocumentName, Link, Participant, migrations
from server.storage.sql import SqlStorage
from server.storage.tables import metadata

ANN = Participant("ann", "c1", "Ann", "p1", "facilitator", 1, "l1")
LINK = Link("l1", "c1", "partner", "hash", 1, "ann")


def row(update: bytes = b"\x00\x00", participant: str = "ann") -> NewRow:
    return NewRow(participant, 1_000, (5, 6), update)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    opened = await SqlStorage.open_sqlite(tmp_path / "p.db")
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


async def test_room_for_a_few_bytes_is_not_yet_storage_that_works(storage: SqlStorage) -> None:
    """A disk with a last free block keeps failing the next full commit; trying storage out must not call that working."""
    async with storage._writer.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    await storage.append([Append("c1", ())])
    with pytest.raises(StorageFault, match="full"):
        await storage.try_out()

    async with storage._writer.connect() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {10 * pages + 1_000}")
    await storage.try_out()


async def test_a_failed_append_leaves_nothing(storage: SqlStorage) -> None:
    """A client id that is bound already fails the whole commit: rows of none of the rooms are kept."""
    with pytest.raises(StorageFault):
        await storage.append([Append("c1", (row(),)), Append("c1", (row(),), {5: "eve"})])

    assert len(await storage.facts("c1")) == 1


async def test_a_restart_loses_nothing(storage: SqlStorage, tmp_path: Path) -> None:
    """What was committed is read back by the next process."""
    await storage.append([Append("c1", (row(b"kept"),))])
    await storage.close()
    again = await SqlStorage.open_sqlite(tmp_path / "p.db")
    stored = await again.open("c1")
    await again.close()

    assert stored is not None
    assert stored.updates == (b"first", b"kept")


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


async def test_rules_and_ways_back_are_kept(storage: SqlStorage) -> None:
    """What a facilitator set is there after a restart; of a way back only the newest hash counts."""
    rules = Rules("own", frozenset({"value", "roadmap/3"}), is_paused=True)
    assert await storage.rules("c1") == OPEN
    await storage.put_rules("c1", OPEN)
    await storage.put_rules("c1", rules)
    await storage.put_recovery("c1", "ann", "old")
    await storage.put_recovery("c1", "ann", "new")

    assert await storage.rules("c1") == rules
    assert await storage.participant_by_recovery("c1", "old") is None
    assert (found := await storage.participant_by_recovery("c1", "new")) is not None
    assert found.id == "ann"


async def test_the_database_is_run_as_it_should_be(storage: SqlStorage) -> None:
    """WAL, full synchronisation, and readers that cannot write."""
    async with storage._writer.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar_one() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar_one() == 2
    async with storage._reader.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA query_only")).scalar_one() == 1


async def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """Rubbish in place of a database is a clear error."""
    (tmp_path / "p.db").write_bytes(b"this is no database" * 100)

    with pytest.raises(StorageFault, match="not a database"):
        await SqlStorage.open_sqlite(tmp_path / "p.db")


def test_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    """What Alembic builds step by step is what `tables.py` says."""
    migrated, declared = create_engine(f"sqlite:///{tmp_path}/a.db"), create_engine(f"sqlite:///{tmp_path}/b.db")
    with migrated.begin() as connection:
        migrations.upgrade(connection)
        built = columns(connection)
    with declared.begin() as connection:
        metadata.create_all(connection)
        expected = columns(connection)
    migrated.dispose()
    declared.dispose()

    assert built == expected


def columns(connection: Connection) -> dict[str, list[tuple[str, str, bool]]]:
    inspector = inspect(connection)
    return {
        table: [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }
