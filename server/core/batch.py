"""What one commit of a room settles, and how those are told whom it concerns. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from crdt import wire
from server.core.effects import Effect, Settled, wake
from server.core.outbox import Kind
from server.core.session import Session


@dataclass(slots=True)
class Batch:
    """Per session the number of its update frames dealt with, and the server's own changes.

    `since` is the seq of the room before any of it was taken in. The rows themselves are the shadow's; this is about whom they concern.
    """

    since: int = 0
    settles: dict[Session, int] = field(default_factory=dict)
    clocks: dict[Session, dict[int, int]] = field(default_factory=dict)
    tickets: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.settles or self.tickets)

    def tell_settled(self, seq: int) -> list[Effect]:
        """Tell everyone that theirs is on disk, in the log up to `seq` (E2)."""
        told = [session for session in self.settles if session.extension]
        for session in told:
            session.outbox.push(Kind.OWN, wire.saved_frame(self.clocks.get(session, {}), self.settles[session]))
        return [*wake(told), *(Settled(ticket, seq) for ticket in self.tickets)]

    def charge(self, clients: Collection[int]) -> None:
        """Charge those who brought something of these Yjs clients: the shadow is made anew because of them (L1)."""
        for session, clocks in self.clocks.items():
            if not clocks.keys().isdisjoint(clients):
                session.refused()

    def tell_lost(self) -> list[Effect]:
        """It was not kept: whoever sent it owes it once more, and the server's own changes have failed."""
        for session in self.settles:
            session.owes_difference = True
        return [Settled(ticket, None) for ticket in self.tickets]
