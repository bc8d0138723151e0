"""Changes that the server makes itself: a ticket for each, and who waits to hear how it ended."""

from __future__ import annotations

import asyncio
import itertools

from crdt.gate import Refused
from server.errors import StorageFault


class ChangeRefused(Exception):
    """A change the server was asked to make for someone is refused by the gate."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


class Tickets:
    """The tickets of one server, each good for one outcome."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[int]] = {}

    def draw(self) -> tuple[int, asyncio.Future[int]]:
        """Return a new ticket, and what to await: the seq of the change. It raises ChangeRefused or StorageFault."""
        ticket = next(self._numbers)
        self._waiting[ticket] = asyncio.get_running_loop().create_future()
        return ticket, self._waiting[ticket]

    def settle(self, ticket: int, outcome: Refused | int | None) -> None:
        """Tell how a change ended: its seq, why it is refused, or None when it could not be stored. Settling twice changes nothing."""
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or waiting.done():
            return
        if isinstance(outcome, int):
            waiting.set_result(outcome)
        elif outcome is None:
            waiting.set_exception(StorageFault("the change could not be stored"))
        else:
            waiting.set_exception(ChangeRefused(outcome))

    def tear(self, ticket: int) -> None:
        """Nobody waits for this one any more."""
        self._waiting.pop(ticket, None)
