"""Who appears to whom in one room, and at what pace: states go out at their own lower rate, newest only (P6).

What a state may say is `crdt/presence.py`'s; which client id is whose is the session's and the room's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from crdt import wire
from crdt.presence import Presence
from server.core.effects import CallAt, Effect, Wake, wake
from server.core.outbox import Kind
from server.core.session import Session

TICK_S: Final = 0.100


class Appearances:
    """The presence of one room, and when the next frame of it may leave."""

    def __init__(self) -> None:
        self.presence = Presence()
        self._next = 0.0

    def greet(self, session: Session) -> None:
        """Give a session everybody's newest state (P4)."""
        present = self.presence.present()
        if present:
            session.outbox.push(Kind.PRESENCE, wire.awareness_frame(present))

    def announce(
        self,
        session: Session,
        entries: Sequence[wire.AwarenessEntry],
        everyone: Sequence[Session],
        owner: Callable[[int], str | None],
    ) -> list[Effect]:
        """Take in what a session says of itself; tell it to step over a removal that it does not know of (P1, P5)."""
        effects: list[Effect] = []
        for entry in entries:
            if session.speaks_under(entry.client_id, everyone, owner(entry.client_id)):
                removal = self.presence.announce(entry, session.person)
                if removal:
                    session.outbox.push(Kind.OWN, wire.awareness_frame([removal]))
                    effects.append(Wake((session,)))
        return effects

    def leave(self, session: Session, staying: Sequence[Session]) -> None:
        """Take away the state of a session that left, unless its participant came back under the same id meanwhile (P3)."""
        if session.client_id is not None and all(other.client_id != session.client_id for other in staying):
            self.presence.remove(session.client_id)

    def flush(self, everyone: Sequence[Session], now: float) -> list[Effect]:
        """Tell everyone what changed, or ask to be called when that may be."""
        if not self.presence.has_changes():
            return []
        if now < self._next:
            return [CallAt(self._next)]
        self._next = now + TICK_S
        frame = wire.awareness_frame(self.presence.take_changes())
        for session in everyone:
            session.outbox.push(Kind.PRESENCE, frame)
        return wake(everyone)
