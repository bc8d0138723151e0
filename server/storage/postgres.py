"""PostgreSQL, for several servers on one log.

Every wait has an end here, on both sides of the connection: a database behind a dead network counts as down within seconds, and a server
that stops in the middle of a transaction does not hold a case for the others. Rows that must change one after another are locked by
the statements (`log_sql.py` the document, `people_sql.py` the case), never both in one transaction, several in a fixed order.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Final

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from server.errors import SetupFault
from server.storage import migrations
from server.storage.engine import TRIAL_BYTES

CONNECT_S: Final = 3.0
STATEMENT_S: Final = 5.0
_WRITERS: Final = 5
_READERS: Final = 5
_SCHEMES: Final = ("postgresql", "postgres", "postgresql+asyncpg")
_MIGRATING: Final = 0x7075_7A7A
"""The advisory lock under which one server at a time migrates."""

_SESSION: Final = {
    "application_name": "puzzeltafel",
    "lock_timeout": "4s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "5s",
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
        settings = {
            "timeout": CONNECT_S,
            "command_timeout": STATEMENT_S,
            "server_settings": _SESSION,
        }
        address = _read(url)
        self.writer = create_async_engine(
            address, pool_size=_WRITERS, max_overflow=0, pool_timeout=STATEMENT_S, pool_pre_ping=True, connect_args=settings
        )
        self.reader = create_async_engine(
            address,
            pool_size=_READERS,
            max_overflow=0,
            pool_timeout=STATEMENT_S,
            pool_pre_ping=True,
            connect_args=settings,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
        )

    async def prepare(self, connection: AsyncConnection) -> None:
        """Make and migrate the tables as needed, one server at a time."""
        await connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
        await connection.run_sync(lambda plain: migrations.upgrade(plain, may_be_newer=True))

    def turn(self) -> AbstractAsyncContextManager[object]:
        return nullcontext()

    def is_lost(self, fault: Exception) -> bool:
        if isinstance(fault, DBAPIError):
            return fault.connection_invalidated or isinstance(fault.orig, (OSError, TimeoutError))
        return isinstance(fault, (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError))

    async def try_out(self, connection: AsyncConnection) -> None:
        await connection.execute(text("CREATE TEMPORARY TABLE trial (filler bytea) ON COMMIT DROP"))
        await connection.execute(text("INSERT INTO trial VALUES (:filler)"), {"filler": bytes(TRIAL_BYTES)})

    async def end_trial(self, connection: AsyncConnection) -> None:
        await connection.execute(text("SELECT 1"))  # the table went with its transaction

    async def backup(self, target: Path) -> None:
        raise SetupFault("cases are in PostgreSQL here (PUZZELTAFEL_DATABASE_URL); make a backup with pg_dump")


def _read(url: str) -> URL:
    """Read a database URL. Raises SetupFault; the message never says the password."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise SetupFault("the database URL cannot be read; it looks like postgresql://user:password@host/name") from None
    if address.drivername not in _SCHEMES:
        raise SetupFault(f"the database URL begins with {address.drivername}://; servers that share cases need postgresql://")
    return address.set(drivername="postgresql+asyncpg")
