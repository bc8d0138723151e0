"""Who appears to whom in one room, and at what pace: states go out at their own lower rate, newest only (P6).

Who is present on other servers is `elsewhere.py`'s.
What a state may say is `crdt/presence.py`'s; which client id is whose is the session's and the room's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crdt import wire
from crdt.presence import GONE, Presence
from server.core.effects import Announce, CallAt, Effect, Wake, wake
from server.core.elsewhere import Elsewhere
from server.core.outbox import Kind
from server.core.session import Session
from server.core.ticks import PRESENCE_TICK_S


class Appearances:
    """The presence of one room, and when the next frame of it may leave."""

    def __init__(self) -> None:
        self.presence = Presence()
        self._elsewhere = Elsewhere()
        self._arrived: dict[int, wire.AwarenessEntry] = {}
        self._next = 0.0

    def greet(self, session: Session) -> None:
        """Give a session everybody's newest state (P4)."""
        present = [*self.presence.present(), *self._elsewhere.present()]
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
            speaker = owner(entry.client_id) or self._elsewhere.speaker(entry.client_id)
            if session.speaks_under(entry.client_id, everyone, speaker):
                self._arrives(entry.client_id)
                removal = self.presence.announce(entry, session.person)
                if removal:
                    session.outbox.push(Kind.OWN, wire.awareness_frame([removal]))
                    effects.append(Wake((session,)))
        return effects

    def _arrives(self, client_id: int) -> None:
        """A client that spoke, or was told gone, on another server steps over what was told of it there."""
        clock = self._elsewhere.arrives_here(client_id)
        self._arrived.pop(client_id, None)
        if clock is not None:
            self.presence.removed_elsewhere(client_id, clock)

    def hear(
        self, server: str, entries: Sequence[wire.AwarenessEntry], everyone: Sequence[Session], now: float, *, is_whole: bool
    ) -> list[Effect]:
        """Take in who is present on another server. Of who came here meanwhile the word here counts; they are asked to say it anew (P5)."""
        here = {session.client_id: session for session in everyone if session.client_id is not None}
        effects: list[Effect] = []
        for entry in entries:
            session = here.get(entry.client_id)
            if session is not None and entry.state == GONE and self.presence.removed_elsewhere(entry.client_id, entry.clock):
                session.outbox.push(Kind.OWN, wire.awareness_frame([entry]))
                effects.append(Wake((session,)))
        others = [entry for entry in entries if entry.client_id not in here]
        self._arrived |= {entry.client_id: entry for entry in self._elsewhere.hear(server, others, now, is_whole=is_whole)}
        return effects

    def leave(self, session: Session, staying: Sequence[Session]) -> None:
        """Take away the state of a session that left, unless its participant came back under the same id meanwhile (P3)."""
        if session.client_id is not None and all(other.client_id != session.client_id for other in staying):
            self.presence.remove(session.client_id)

    def flush(self, everyone: Sequence[Session], now: float) -> list[Effect]:
        """Tell everyone what changed, or ask to be called when that may be. Who is with a server that fell silent goes."""
        self._arrived |= {entry.client_id: entry for entry in self._elsewhere.expire(now)}
        if not (self.presence.has_changes() or self._arrived):
            return []
        if now < self._next:
            return [CallAt(self._next)]
        self._next = now + PRESENCE_TICK_S
        changes, arrived, self._arrived = self.presence.take_changes(), self._arrived, {}
        frame = wire.awareness_frame([*changes, *arrived.values()])
        for session in everyone:
            session.outbox.push(Kind.PRESENCE, frame)
        return wake(everyone) + ([Announce(tuple(changes))] if changes else [])
