"""Storage: what is committed is there after a restart, and failures are ours to handle."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect

from crdt.log import Append, NewRow
from server.errors import StorageFault
from server.storage import Case, Link, Participant, migrations
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


async def test_room_for_a_few_bytes_is_not_yet_storage_that_works(storage: SqlStorage) -> None:
    """A disk with a last free block keeps failing the next full commit; trying storage out must not call that working."""
    pages = await storage._write(lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    await storage._write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}").scalar_one())
    await storage.append([Append("c1", ())])
    with pytest.raises(StorageFault, match="full"):
        await storage.try_out()

    await storage._write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {10 * pages + 1_000}").scalar_one())
    await storage.try_out()


async def test_the_database_is_run_as_it_should_be(storage: SqlStorage) -> None:
    """WAL, full synchronisation, and readers that cannot write."""
    assert await storage._write(lambda connection: connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()) == "wal"
    assert await storage._write(lambda connection: connection.exec_driver_sql("PRAGMA synchronous").scalar_one()) == 2
    assert await storage._read(lambda connection: connection.exec_driver_sql("PRAGMA query_only").scalar_one()) == 1


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
