"""Fan-out within one process: several servers side by side, or, on an exchange of its own, a server alone."""

from __future__ import annotations

import itertools

from server.fanout import Listener, Message, State

_names = itertools.count(1)


class Exchange:
    """Where servers of one process meet. `is_open` can be taken away, as a network can."""

    def __init__(self) -> None:
        self.members: list[MemoryFanout] = []
        self.is_open = True
        self.published = 0

    def reopen(self) -> None:
        """Let messages through again."""
        self.is_open = True
        for member in self.members:
            member.reconnect()


class MemoryFanout:
    """One server on an exchange."""

    def __init__(self, exchange: Exchange | None = None) -> None:
        self.name = f"server-{next(_names)}"
        self._exchange = exchange or Exchange()
        self._is_alone = exchange is None
        self._followed: set[str] = set()
        self._listener: Listener | None = None

    @property
    def state(self) -> State:
        if self._is_alone:
            return "alone"
        return "connected" if self._exchange.is_open else "away"

    async def __aenter__(self) -> MemoryFanout:
        self._exchange.members.append(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._exchange.members.remove(self)

    def listen(self, listener: Listener) -> None:
        self._listener = listener

    def reconnect(self) -> None:
        if self._listener is not None:
            self._listener.on_connected()

    async def follow(self, case_id: str) -> None:
        self._followed.add(case_id)

    def leave(self, case_id: str) -> None:
        self._followed.discard(case_id)

    def publish(self, message: Message) -> None:
        if not self._exchange.is_open:
            return
        self._exchange.published += 1
        for member in self._exchange.members:
            if member is not self and message.case in member._followed and member._listener is not None:
                member._listener.on_message(self.name, message)
