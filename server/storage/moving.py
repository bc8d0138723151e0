"""Moves everything of an SQLite file into an empty PostgreSQL: every table, row by row, history and identities included.

All or nothing: one transaction, committed only when what the new database holds proves equal by content. The file is only read, apart
from being brought to the newest tables; what becomes of it is its owner's to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.errors import SetupFault, StorageFault
from server.storage.engine import first_line
from server.storage.postgres import Postgres
from server.storage.sqlite import Sqlite
from server.storage.tables import cases, keys, metadata

PAGE_ROWS: Final = 200
_DIGEST_BITS: Final = 256


@dataclass(slots=True)
class Contents:
    """How many rows a table has, and a sum over all of them that does not ask for their order."""

    rows: int = 0
    digest: int = 0

    def add(self, values: Sequence[Any]) -> None:
        self.rows += 1
        self.digest = (self.digest + int.from_bytes(hashlib.sha256(repr(tuple(values)).encode()).digest())) % 2**_DIGEST_BITS


async def move(source: Path, url: str, signing: tuple[str, bytes]) -> dict[str, int]:
    """Copy the file into the database; return how many rows each table got. `signing` is the name and the key all servers will use.

    Raises SetupFault when the database holds cases already, StorageFault when either fails or what was copied is not equal.
    """
    old, new = Sqlite(source), Postgres(url)
    try:
        await old.prepare()
        await new.prepare()
        async with old.reader.connect() as reading, new.writer.begin() as writing:
            if (await writing.execute(select(func.count()).select_from(cases))).scalar_one():
                raise SetupFault("the PostgreSQL holds cases already; move into an empty database")
            moved = [(table, await _copy(table, reading, writing)) for table in metadata.sorted_tables if table is not keys]
            await writing.execute(insert(keys).values(name=signing[0], key=signing[1]))
            for table, copied in moved:
                await _prove(table, copied, writing)
        return {table.name: copied.rows for table, copied in moved}
    except (*old.faults, *new.faults) as error:
        raise StorageFault(first_line(error)) from error
    finally:
        for engine in (old.reader, old.writer, new.reader, new.writer):
            await engine.dispose()


async def _copy(table: Table, reading: AsyncConnection, writing: AsyncConnection) -> Contents:
    contents = Contents()
    async for page in _pages(table, reading):
        for row in page:
            contents.add(row)
        await writing.execute(insert(table), [row._asdict() for row in page])
    return contents


async def _prove(table: Table, copied: Contents, writing: AsyncConnection) -> None:
    """Read the new table whole and hold it against the old one. Raises StorageFault."""
    found = Contents()
    async for page in _pages(table, writing):
        for row in page:
            found.add(row)
    if found != copied:
        raise StorageFault(f"table {table.name} has {found.rows} rows that are not the {copied.rows} of the file; nothing was moved")


async def _pages(table: Table, connection: AsyncConnection) -> AsyncIterator[Sequence[Any]]:
    async with connection.stream(select(table)) as result:
        async for page in result.partitions(PAGE_ROWS):
            yield page
