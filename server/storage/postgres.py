"""PostgreSQL, for several servers on one log.

Every wait has an end here, on both sides of the connection: a database behind a dead network counts as down within seconds, and a server
that stops in the middle of a transaction does not hold a case for the others. Rows that must change one after another are locked by
the statements (`log_sql.py` the document, `people_sql.py` the case), never both in one transaction, several in a fixed order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from server.errors import SetupFault
from server.storage import migrations
from server.storage.engine import TRIAL_BYTES, Result

CONNECT_S: Final = 2.0
STATEMENT_S: Final = 2.5
"""Longer than any statement of ours takes; a dead connection is noticed by it."""

MIGRATION_S: Final = 600.0
_WRITERS: Final = 5
_READERS: Final = 5
_SCHEMES: Final = ("postgresql", "postgres", "postgresql+asyncpg")
_MIGRATING: Final = 0x7075_7A7A
"""The advisory lock under which one server at a time migrates."""

_SESSION: Final = {
    "application_name": "puzzeltafel",
    "lock_timeout": "2s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "3s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


class Postgres:
    """One database, shared by all servers that name it."""

    is_shared = True
    faults: tuple[type[Exception], ...] = (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

    def __init__(self, url: str) -> None:
        self._address = _read(url)
        self._ending: set[asyncio.Task[None]] = set()
        self._connect()

    def _connect(self) -> None:
        self.writer = self._engine(_WRITERS)
        self.reader = self._engine(_READERS, isolation_level="REPEATABLE READ", execution_options={"postgresql_readonly": True})

    def _engine(self, most: int, **settings: Any) -> AsyncEngine:
        limits = {"timeout": CONNECT_S, "command_timeout": STATEMENT_S, "server_settings": _SESSION}
        return create_async_engine(
            self._address,
            pool_size=most,
            max_overflow=0,
            pool_timeout=STATEMENT_S,
            pool_pre_ping=True,
            connect_args=limits,
            hide_parameters=True,  # what people wrote stands there, and faults are logged
            **settings,
        )

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        async with self.writer.begin() as connection:
            return await connection.run_sync(work)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        async with self.reader.connect() as connection:
            return await connection.run_sync(work)

    async def prepare(self) -> None:
        """Make and migrate the tables as needed, one server at a time."""

        def migrate(connection: Connection) -> None:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
            migrations.upgrade(connection, may_be_newer=True)

        await self.write_long(migrate)

    async def write_long(self, work: Callable[[Connection], Result]) -> Result:
        """Do all of `work` in one transaction that has time enough: MIGRATION_S for each statement."""
        limits = {"timeout": CONNECT_S, "command_timeout": MIGRATION_S, "server_settings": {"application_name": "puzzeltafel migration"}}
        engine = create_async_engine(self._address, poolclass=NullPool, connect_args=limits, hide_parameters=True)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    def renew(self) -> None:
        old = (self.writer, self.reader)
        self._connect()
        for engine in old:
            task = asyncio.create_task(_end(engine))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()

    def is_lost(self, fault: Exception) -> bool:
        if isinstance(fault, DBAPIError):
            return fault.connection_invalidated or isinstance(fault.orig, (OSError, TimeoutError))
        return isinstance(fault, (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError))

    def try_out(self, connection: Connection) -> None:
        connection.execute(text("CREATE TEMPORARY TABLE trial (filler bytea) ON COMMIT DROP"))
        connection.execute(text("INSERT INTO trial VALUES (:filler)"), {"filler": bytes(TRIAL_BYTES)})

    def end_trial(self, connection: Connection) -> None:
        connection.execute(text("SELECT 1"))  # the table went with its transaction

    async def backup(self, target: Path) -> None:
        raise SetupFault("cases are in PostgreSQL here (PUZZELTAFEL_DATABASE_URL); make a backup with pg_dump")


async def _end(engine: AsyncEngine) -> None:
    """Close what is idle; what is in use closes when it is given back."""
    with suppress(*Postgres.faults):
        await engine.dispose()


def _read(url: str) -> URL:
    """Read a database URL. Raises SetupFault; the message never says the password."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise SetupFault("the database URL cannot be read; it looks like postgresql://user:password@host/name") from None
    if address.drivername not in _SCHEMES:
        raise SetupFault(f"the database URL begins with {address.drivername}://; servers that share cases need postgresql://")
    return address.set(drivername="postgresql+asyncpg")
