"""Points at which a server is killed: found by what it asks of SQLite, not by hooks in it.

A transaction is known by its statements: rows put into the log make it an append, a keyframe put in makes it one of those, rows
taken out of the log make it a compaction, a change of tables a migration.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, event

from crdt.log import Append
from server.storage.sql import SqlStorage
from tests.campaigns.faults import Point


def arm(point: Point, hits: int) -> None:
    """Have this process killed at the `hits`-th passing of a point."""
    left = [hits]

    def passed() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    match point:
        case "before-append":
            _around_append(before=passed)
        case "after-commit":
            _around_append(after=passed)
        case "before-commit":
            _before_commit_of("INSERT INTO log", passed, not_with="DELETE FROM log")
        case "mid-keyframe":
            _after_statement("INSERT INTO keyframes", passed)
        case "mid-compaction":
            _after_statement("DELETE FROM log", passed)
        case "before-compaction-commit":
            _before_commit_of("DELETE FROM log", passed)
        case "mid-migration":
            _after_statement("ALTER TABLE", passed)


def _around_append(before: Callable[[], None] | None = None, after: Callable[[], None] | None = None) -> None:
    append = SqlStorage.append

    async def watched(self: SqlStorage, appends: Sequence[Append]) -> list[int]:
        if before is not None:
            before()
        seqs = await append(self, appends)
        if after is not None:
            after()
        return seqs

    SqlStorage.append = watched  # type: ignore[method-assign]


def _after_statement(start: str, passed: Callable[[], None]) -> None:
    def executed(_connection: Connection, _cursor: object, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(start):
            passed()

    event.listen(Engine, "after_cursor_execute", executed)


def _before_commit_of(start: str, passed: Callable[[], None], not_with: str | None = None) -> None:
    statements: list[str] = []

    def saying(statement: str) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            statements.clear()
        statements.append(statement)

    def connected(driver: Any, _record: object) -> None:
        driver.set_trace_callback(saying)  # what every commit says does not pass SQLAlchemy's cursors

    def committing(_connection: Connection) -> None:
        has = any(statement.startswith(start) for statement in statements)
        if has and not (not_with and any(statement.startswith(not_with) for statement in statements)):
            passed()
        statements.clear()

    event.listen(Engine, "connect", connected)
    event.listen(Engine, "commit", committing)
