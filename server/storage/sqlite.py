"""SQLite, embedded, run as it should be: one writer connection that alone checkpoints, WAL, `synchronous=FULL`, readers that only read.

For one server process; several share a PostgreSQL (`postgres.py`). Statements are not made here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import StaticPool

from server.errors import StorageFault
from server.storage import migrations
from server.storage.engine import TRIAL_BYTES, first_line

_BUSY_TIMEOUT_MS = 5_000
_READERS = 2


class Sqlite:
    """One database file. The caller holds the lock of its folder."""

    is_shared = False
    faults: tuple[type[Exception], ...] = (SQLAlchemyError, OSError)

    def __init__(self, path: Path) -> None:
        self._path = path
        # what people wrote stands in the parameters, and faults are logged
        url = f"sqlite+aiosqlite:///{path}"
        self.writer = create_async_engine(url, poolclass=StaticPool, hide_parameters=True)
        self.reader = create_async_engine(url, pool_size=_READERS, max_overflow=0, hide_parameters=True)
        event.listen(self.writer.sync_engine, "connect", _writer_pragmas)
        event.listen(self.writer.sync_engine, "begin", _begin_writing)
        event.listen(self.reader.sync_engine, "connect", _reader_pragmas)
        event.listen(self.reader.sync_engine, "begin", _begin_reading)
        self._writing = asyncio.Lock()

    async def prepare(self) -> None:
        """Make and migrate the tables as needed. Raises StorageFault when the file is damaged."""
        async with self.writer.begin() as connection:
            await connection.run_sync(migrations.upgrade)
            verdict = (await connection.exec_driver_sql("PRAGMA quick_check(1)")).scalar_one()
        if verdict != "ok":
            raise StorageFault(f"{self._path} is damaged ({verdict}); restore a backup")

    def renew(self) -> None:
        """The one connection to the file stays."""

    def turn(self) -> asyncio.Lock:
        return self._writing

    def is_lost(self, fault: Exception) -> bool:
        return False

    async def try_out(self, connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("DROP TABLE IF EXISTS trial")
        await connection.exec_driver_sql("CREATE TABLE trial (filler BLOB)")
        await connection.exec_driver_sql(f"INSERT INTO trial VALUES (zeroblob({TRIAL_BYTES}))")

    async def end_trial(self, connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("DROP TABLE trial")

    async def backup(self, target: Path) -> None:
        try:
            async with self.reader.connect() as connection:
                source = (await connection.get_raw_connection()).driver_connection
                assert source is not None
                with closing(sqlite3.connect(target, check_same_thread=False)) as copy:
                    await source.backup(copy)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise StorageFault(first_line(error)) from error


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _writer_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, around migrations too
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_TIMEOUT_MS}", "foreign_keys=ON", "mmap_size=0"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _reader_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={_BUSY_TIMEOUT_MS}", "wal_autocheckpoint=0", "query_only=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
