"""Statements said so often that they are put in the words of a database once and handed to its driver as they are.

They are made with SQLAlchemy like all others, and run in its transactions; only the way from a statement to the driver is shorter, since
for a commit of a few rows that way takes several times as long as the database does. Nothing is converted on the way: what goes in is our
own (ids, numbers, bytes), or made `storable` first. SQLite is in this process and cannot lose its connection, so its driver is spoken to
directly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable

from server.storage.sqlite import driver_of

Values = Mapping[str, object]


class Worded:
    """One statement, in the words of each database it was said to."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._words: dict[str, tuple[str, tuple[str, ...]]] = {}

    def rows(self, connection: Connection, values: Values) -> Sequence[Sequence[Any]]:
        """Say it with these values for its parameters, and return what it answers."""
        text, names = self._in_words_of(connection)
        given = tuple([values[name] for name in names])
        driver = driver_of(connection)
        return connection.exec_driver_sql(text, given).all() if driver is None else driver.execute(text, given).fetchall()

    def say_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Say it for each of these values, at least one."""
        text, names = self._in_words_of(connection)
        given = [tuple([values[name] for name in names]) for values in rows]
        driver = driver_of(connection)
        if driver is None:
            connection.exec_driver_sql(text, given)
        else:
            driver.executemany(text, given)

    def _in_words_of(self, connection: Connection) -> tuple[str, tuple[str, ...]]:
        dialect = connection.dialect
        words = self._words.get(dialect.name)
        if words is None:
            compiled = cast(Any, self._statement).compile(dialect=dialect)
            words = self._words[dialect.name] = (str(compiled), tuple(compiled.positiontup))
        return words
