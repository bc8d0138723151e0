"""Takes a database back to the tables of the first version, with its content, so that a server must migrate it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from server.storage import migrations

OLDEST: Final = "0001"
_TABLES: Final = ("cases", "documents", "log", "keyframes", "client_ids", "participants", "links")


def can_go_back(database: Path) -> bool:
    """Tell whether the first version could have written this: nothing was compacted and no epoch has begun.

    False as well for one that is of the first version still, because the migration was killed before.
    """
    with closing(sqlite3.connect(database)) as connection:
        if "covers" not in [name for _, name, *_ in connection.execute("PRAGMA table_info(log)").fetchall()]:
            return False
        coarse = connection.execute("SELECT count(*) FROM log WHERE covers > 1").fetchone()[0]
        return coarse == 0 and connection.execute("SELECT max(epoch) FROM documents").fetchone()[0] in (None, 1)


def go_back(database: Path) -> None:
    """Rewrite a database that no server uses with the tables of the first version."""
    old = database.with_suffix(".old")
    old.unlink(missing_ok=True)
    _make_oldest(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("ATTACH ? AS new", (str(database),))
        connection.execute("BEGIN")
        for table in _TABLES:
            columns = ", ".join(f'"{name}"' for _, name, *_ in connection.execute(f"PRAGMA main.table_info({table})").fetchall())
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.execute("COMMIT")
    for left_over in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        left_over.unlink(missing_ok=True)
    old.rename(database)


def _make_oldest(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrations.upgrade(connection, OLDEST)
    engine.dispose()
