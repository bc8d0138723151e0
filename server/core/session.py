"""One client's side of a room: who it is, what it may, and where it stands.

Reads frames and says what they ask; turns away what breaks the wire's rules. What a change does to the document is the gate's
to judge and the room's to carry; sockets are the pump's.

    greeted ──first awareness──► known (owns one Yjs client id, P1)
       └───────────┴──close──► gone (the room forgets it)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crdt.errors import MalformedFrame
from crdt.gate import Role, Sender, may_write
from crdt.presence import Person
from crdt.wire import ClientMessage, read_frame
from server.core.limits import Bucket
from server.core.outbox import Outbox
from server.errors import BAD_FRAME, Refusal

FRAMES_PER_SECOND = 60.0
FRAMES_BURST = 240.0


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

    @property
    def sender(self) -> Sender:
        return Sender(self.person.id, self.role)

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

    def owns(self, client_id: int) -> bool:
        """Tell whether an awareness client id is this connection's; the first one announced is (P1)."""
        if self.client_id is None:
            self.client_id = client_id
        return self.client_id == client_id
