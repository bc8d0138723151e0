"""SQLite, embedded, run as it should be: one writer connection that alone checkpoints, WAL, `synchronous=FULL`, readers that only read.

A whole transaction is one trip to a thread, however many statements it holds: the writer's thread is also the queue of those who write.
For one server process; several share a PostgreSQL (`postgres.py`). Statements are not made here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool, StaticPool

from server.errors import StorageFault
from server.storage import migrations
from server.storage.engine import TRIAL_BYTES, Result, first_line
from server.storage.workers import Workers

_BUSY_TIMEOUT_MS = 5_000
_READERS = 2
_ANY_THREAD = {"check_same_thread": False}


class Sqlite:
    """One database file. The caller holds the lock of its folder."""

    is_shared = False
    faults: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error, OSError)

    def __init__(self, path: Path) -> None:
        self._path = path
        # what people wrote stands in the parameters, and faults are logged
        url = f"sqlite:///{path}"
        self.writer = create_engine(url, poolclass=StaticPool, connect_args=_ANY_THREAD, hide_parameters=True)
        self.reader = create_engine(
            url, poolclass=QueuePool, pool_size=_READERS, max_overflow=0, connect_args=_ANY_THREAD, hide_parameters=True
        )
        event.listen(self.writer, "connect", _writer_pragmas)
        event.listen(self.writer, "begin", _begin_writing)
        event.listen(self.reader, "connect", _reader_pragmas)
        event.listen(self.reader, "begin", _begin_reading)
        self._pen: Connection | None = None
        self._writing = Workers(1, "sqlite-writer")
        self._reading = Workers(_READERS, "sqlite-reader")

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._writing.do(lambda: self._write(work))

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        return await self._reading.do(lambda: self._read(work))

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        pen = self._pen = self._pen or self.writer.connect()
        try:
            with pen.begin():
                return work(pen)
        except BaseException:
            self._pen = None  # whatever happened, the next to write begins with a clean one
            pen.close()
            raise

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        with self.reader.begin() as connection:
            return work(connection)

    async def prepare(self) -> None:
        """Make and migrate the tables as needed. Raises StorageFault when the file is damaged."""
        if (verdict := await self.write(_prepare)) != "ok":
            raise StorageFault(f"{self._path} is damaged ({verdict}); restore a backup")

    async def close(self) -> None:
        self._reading.close()
        self._writing.close()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reading.join()
        self._writing.join()
        if self._pen is not None:
            self._pen.close()
        self.reader.dispose()
        self.writer.dispose()

    def is_lost(self, fault: Exception) -> bool:
        return False

    def renew(self) -> None:
        """The one connection to the file stays."""

    def try_out(self, connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE IF EXISTS trial")
        connection.exec_driver_sql("CREATE TABLE trial (filler BLOB)")
        connection.exec_driver_sql(f"INSERT INTO trial VALUES (zeroblob({TRIAL_BYTES}))")

    def end_trial(self, connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE trial")

    async def backup(self, target: Path) -> None:
        try:
            await self._reading.do(lambda: self._copy_to(target))
        except self.faults as error:
            raise StorageFault(first_line(error)) from error

    def _copy_to(self, target: Path) -> None:
        with self.reader.connect() as connection, closing(sqlite3.connect(target)) as copy:
            _driver(connection).backup(copy)


def _prepare(connection: Connection) -> str:
    migrations.upgrade(connection)
    return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())


def _begin_writing(connection: Connection) -> None:
    _driver(connection).execute("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    _driver(connection).execute("BEGIN")


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def driver_of(connection: Connection) -> sqlite3.Connection | None:
    """Return the driver's own connection when this is one to SQLite, else None."""
    return _driver(connection) if connection.dialect.name == "sqlite" else None


def _writer_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, around migrations too
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_TIMEOUT_MS}", "foreign_keys=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")


def _reader_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_BUSY_TIMEOUT_MS}", "wal_autocheckpoint=0", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
