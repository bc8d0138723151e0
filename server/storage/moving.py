"""Moves everything of an SQLite file into an empty PostgreSQL: every table, row by row, history and identities included.

All or nothing: one transaction, committed only when what the new database holds proves equal by content. The file is only read, apart
from being brought to the newest tables; what becomes of it is its owner's to say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, select

from server.errors import SetupFault, StorageFault
from server.storage.engine import first_line
from server.storage.postgres import Postgres
from server.storage.sqlite import Sqlite
from server.storage.tables import cases, keyframes, keys, metadata

PAGE_ROWS: Final = 200
PAGE_KEYFRAMES: Final = 8
"""Each holds a whole document, of some megabytes perhaps."""

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
        with old.reader.begin() as reading:  # the moving has this process to itself: nobody minds that it waits
            return await new.write_long(lambda writing: _move(reading, writing, signing))
    except (*old.faults, *new.faults) as error:
        raise StorageFault(first_line(error)) from error
    finally:
        await old.close()
        await new.close()


def _move(reading: Connection, writing: Connection, signing: tuple[str, bytes]) -> dict[str, int]:
    if writing.execute(select(func.count()).select_from(cases)).scalar_one():
        raise SetupFault("the PostgreSQL holds cases already; move into an empty database")
    moved = [(table, _copy(table, reading, writing)) for table in metadata.sorted_tables if table is not keys]
    writing.execute(insert(keys).values(name=signing[0], key=signing[1]))
    for table, copied in moved:
        _prove(table, copied, writing)
    return {table.name: copied.rows for table, copied in moved}


def _copy(table: Table, reading: Connection, writing: Connection) -> Contents:
    contents = Contents()
    for page in _pages(table, reading):
        for row in page:
            contents.add(row)
        writing.execute(insert(table), [row._asdict() for row in page])
    return contents


def _prove(table: Table, copied: Contents, writing: Connection) -> None:
    """Read the new table whole and hold it against the old one. Raises StorageFault."""
    found = Contents()
    for page in _pages(table, writing):
        for row in page:
            found.add(row)
    if found != copied:
        raise StorageFault(f"table {table.name} has {found.rows} rows that are not the {copied.rows} of the file; nothing was moved")


def _pages(table: Table, connection: Connection) -> Iterator[Sequence[Any]]:
    with connection.execute(select(table).execution_options(yield_per=PAGE_KEYFRAMES if table is keyframes else PAGE_ROWS)) as result:
        yield from result.partitions()
