"""What the one SQL implementation needs to know of the database under it: how to connect, who may write at once, what a failure means.

Two of them: `sqlite.py` (embedded, one process) and `postgres.py` (many servers). Statements are not made here.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

TRIAL_BYTES = 524_288
"""As much as a busy moment commits."""


class Engine(Protocol):
    """A database that is open."""

    writer: AsyncEngine
    reader: AsyncEngine
    faults: tuple[type[Exception], ...]
    """What the driver raises when the database fails."""

    is_shared: bool
    """Whether other servers may write at the same time."""

    def turn(self) -> AbstractAsyncContextManager[object]:
        """Wait for the turn to write, where only one may."""
        ...

    def is_lost(self, fault: Exception) -> bool:
        """Tell whether the connection failed, so that a commit may have happened or not."""
        ...

    async def prepare(self) -> None:
        """Make and migrate the tables as needed."""
        ...

    def renew(self) -> None:
        """Have what comes next use connections of its own; those there are may all be as dead as the one that failed."""
        ...

    async def try_out(self, connection: AsyncConnection) -> None:
        """Write as much as a busy moment would."""
        ...

    async def end_trial(self, connection: AsyncConnection) -> None:
        """Take away what `try_out` wrote, in a transaction of its own."""
        ...

    async def backup(self, target: Path) -> None:
        """Write a consistent copy of everything to a file."""
        ...


def first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
