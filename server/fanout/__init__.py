"""Between servers: what one tells the others about a case, as a hint that may be lost.

The log is the truth. Whatever is not heard here is found by looking at the log, so nothing in this package keeps, orders or repeats
anything. Two implementations: `memory.py` (servers in one process, or a server alone) and `redis.py`. What is made of a message is
`server/neighbours.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from crdt.log import LogRow
from crdt.wire import AwarenessEntry

State = Literal["alone", "connected", "away"]
"""A server may be alone, in touch with the others, or cut off from them."""


@dataclass(frozen=True, slots=True)
class Committed:
    """Rows `first_seq` to `last_seq` of an epoch are in the log. `rows` is empty when they are too large to send along."""

    case: str
    epoch: int
    first_seq: int
    last_seq: int
    rows: tuple[LogRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Present:
    """Who is present on the server that says so: what changed, or (`is_whole`) everyone."""

    case: str
    entries: tuple[AwarenessEntry, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class WhoIsThere:
    """A server opened the case and asks all others who is present."""

    case: str


@dataclass(frozen=True, slots=True)
class Changed:
    """People, rules or the epoch of a case changed: look at its position in the log's database."""

    case: str


Message = Committed | Present | WhoIsThere | Changed


class Listener(Protocol):
    """Who hears what other servers say; never what its own says."""

    def on_message(self, server: str, message: Message) -> None: ...

    def on_connected(self) -> None:
        """The line to the others is there (again); what was said before may have been missed."""
        ...


class Fanout(Protocol):
    """The line to the other servers. Use with `async with`."""

    @property
    def state(self) -> State: ...

    async def __aenter__(self) -> Fanout: ...

    async def __aexit__(self, *_: object) -> None: ...

    def listen(self, listener: Listener) -> None:
        """Say who hears; once, before the line is opened."""
        ...

    async def follow(self, case_id: str) -> None:
        """Hear of a case from now on; returns once that is sure, or cannot be now. Following twice changes nothing."""
        ...

    def leave(self, case_id: str) -> None:
        """Hear no more of a case."""
        ...

    def publish(self, message: Message) -> None:
        """Tell all who follow the case, without waiting. What cannot be sent is lost."""
        ...
