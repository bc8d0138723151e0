"""One client's side of a room: who it is, what it may, and where it stands.

Reads frames and says what they ask; turns away what breaks the wire's rules. What a change does to the document is the gate's
to judge and the room's to carry; sockets are the pump's.

    greeted ──first awareness──► known (speaks under one Yjs client id, P1)
       └───────────┴──close──► gone (the room forgets it)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from crdt.errors import MalformedFrame
from crdt.gate import Role, Sender, may_write
from crdt.presence import Person
from crdt.wire import Awareness, ClientMessage, StateVector, read_frame
from server.core.limits import Bucket
from server.core.outbox import Outbox
from server.errors import BAD_FRAME, TOO_FAST, Refusal

FRAMES_PER_SECOND: Final = 60.0
FRAMES_BURST: Final = 240.0
BYTES_PER_FRAME: Final = 4_096
"""A longer frame counts as several: 240 kB/s, and a megabyte at once."""
PRESENCE_COST: Final = 3.0
"""Presence may come 20 times a second."""
VECTOR_COST: Final = 10.0
"""Answering a state vector walks the whole document."""
COSTS: Final[Mapping[type, float]] = {Awareness: PRESENCE_COST, StateVector: VECTOR_COST}
REFUSED_COST: Final = 30.0
"""A refused change costs the shadow document, which is built anew."""
GROWTH_BYTES_PER_SECOND: Final = 8_192.0
GROWTH_BURST_BYTES: Final = 16_777_216.0
"""What one connection may make the log grow by: a day of writing at once, then a page a second."""
MAX_SLOWED_S: Final = 60.0


@dataclass(slots=True, eq=False)
class Session:
    """A connection of a participant to a room.

    `extension` is whether it asked for our own messages (C4); `owes_difference` whether an update of it was dropped and it was asked, or
    will be, for all it has (S6, E5). `unanswered` counts answers in a row that still lacked something: it does not have it either.
    """

    person: Person
    role: Role
    extension: bool
    outbox: Outbox = field(default_factory=Outbox)
    client_id: int | None = None
    updates_received: int = 0
    owes_difference: bool = False
    unanswered: int = 0
    rate: Bucket = field(default_factory=lambda: Bucket(FRAMES_PER_SECOND, FRAMES_BURST))
    growth: Bucket = field(default_factory=lambda: Bucket(GROWTH_BYTES_PER_SECOND, GROWTH_BURST_BYTES))
    penalty: float = 0.0
    slowed_since: float | None = None
    _sender: Sender | None = None

    @property
    def sender(self) -> Sender:
        """On whose behalf this connection speaks: the same value for as long as nothing of that changes."""
        known, person = self._sender, self.person
        if known is None or known.role != self.role or known.partner != person.partner or known.participant != person.id:
            known = self._sender = Sender(person.id, self.role, person.partner)
        return known

    @property
    def may_write(self) -> bool:
        return may_write(self.role)

    def read(self, frame: bytes | str) -> ClientMessage:
        """Read one frame. Raises Refusal with 4400 for whatever is no message of the wire (F1, F2)."""
        if isinstance(frame, str):
            raise Refusal(BAD_FRAME, "text frames are not part of the protocol; frames are binary")
        try:
            return read_frame(frame)
        except MalformedFrame as error:
            raise Refusal(BAD_FRAME, str(error)) from error

    def speaks_under(self, client_id: int, everyone: Iterable[Session], owner: str | None) -> bool:
        """Tell whether an awareness client id is this connection's: the first it announces that is free for its person (P1).

        Free is what no other participant speaks under, among `everyone` here, nor wrote under: `owner` is who did, if anyone.
        """
        me = self.person.id
        if self.client_id is None and owner in (None, me) and not any(it.client_id == client_id and it.person.id != me for it in everyone):
            self.client_id = client_id
        return self.client_id == client_id

    def refused(self) -> None:
        """Note that a change of this client was refused; it is charged for that with this frame (L1)."""
        self.penalty += REFUSED_COST

    def charge(self, message: ClientMessage, frame_bytes: int, now: float) -> float:
        """Charge for one frame and return for how many seconds this client should not be read (L1).

        Raises Refusal with 4429 when it had to be slowed down for a minute on end (L2).
        """
        cost = COSTS.get(type(message), 1.0)
        wait = self.rate.wait(now, cost + frame_bytes / BYTES_PER_FRAME + self.penalty)
        wait = max(wait, self.growth.wait(now, frame_bytes))
        self.penalty = 0.0
        if wait == 0.0:
            self.slowed_since = None
        elif self.slowed_since is None:
            self.slowed_since = now
        elif now - self.slowed_since > MAX_SLOWED_S:
            raise Refusal(TOO_FAST, "you send more than this server reads; come back in a minute")
        return wait
