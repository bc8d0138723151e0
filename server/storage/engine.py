"""What the one SQL implementation needs to know of the database under it: how to connect, who may write at once, what a failure means.

Two of them: `sqlite.py` (embedded, one process) and `postgres.py` (many servers). Statements are not made here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection

Result = TypeVar("Result")

TRIAL_BYTES = 524_288
"""As much as a busy moment commits."""


class Engine(Protocol):
    """A database that is open."""

    faults: tuple[type[Exception], ...]
    """What the driver raises when the database fails."""

    is_shared: bool
    """Whether other servers may write at the same time."""

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do all of `work` in one transaction, in its turn where only one may write; nothing of it is kept when it raises."""
        ...

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Do all of `work` in one transaction that sees one moment and changes nothing."""
        ...

    async def prepare(self) -> None:
        """Make and migrate the tables as needed."""
        ...

    async def close(self) -> None:
        """Let go of all connections."""
        ...

    def is_lost(self, fault: Exception) -> bool:
        """Tell whether the connection failed, so that a commit may have happened or not."""
        ...

    def renew(self) -> None:
        """Have what comes next use connections of its own; those there are may all be as dead as the one that failed."""
        ...

    def try_out(self, connection: Connection) -> None:
        """Write as much as a busy moment would."""
        ...

    def end_trial(self, connection: Connection) -> None:
        """Take away what `try_out` wrote, in a transaction of its own."""
        ...

    async def backup(self, target: Path) -> None:
        """Write a consistent copy of everything to a file."""
        ...


def first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
