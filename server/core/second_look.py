"""Changes that are judged again once the log was read: it may know better than the room does.

    refused for what the log may know better ──► parked, LookUp ──answered──► judged again, for good
                                                           └──commit failed──► given up, asked for again

Who made what is gone since, and what was ever there, only the log still knows: bringing back what was deleted before the room was opened
is such a change. That is asked once in the life of a room. And a client that came from another server may hold, and send, what others
wrote there and this room has yet to hear of: it is not refused as theirs before the room is level with the log. What the same client
sends meanwhile waits behind it, so that its frames stay in order; their number is bounded by its pace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crdt.gate import Reason, Refused
from server.core.effects import Effect, LookUp
from server.core.session import Session

OF_MAKERS: Final[frozenset[Reason]] = frozenset({"author", "reference", "whose"})


@dataclass(frozen=True, slots=True)
class Parked:
    """An update frame that waits to be judged."""

    session: Session
    update: bytes
    is_answer: bool


class SecondLook:
    """The updates of one room that wait for what the log says."""

    def __init__(self) -> None:
        self._parked: list[Parked] = []
        self._knows_makers = False
        self._is_final = False

    def is_wanted(self, refused: Refused) -> bool:
        """Tell whether the log may know better than the gate did."""
        if self._is_final:
            return False
        return refused.reason == "client-id" or (refused.reason in OF_MAKERS and not self._knows_makers)

    def holds(self, session: Session) -> bool:
        return bool(self._parked) and any(parked.session is session for parked in self._parked)

    def park(self, session: Session, update: bytes, *, is_answer: bool) -> list[Effect]:
        """Keep an update until the log was read."""
        self._parked.append(Parked(session, update, is_answer))
        return [LookUp(with_makers=not self._knows_makers)] if len(self._parked) == 1 else []

    def give_up(self) -> None:
        """The room gives up what is under way, and with it what waits here: it is owed once more."""
        for parked in self._parked:
            parked.session.updates_received += 1
            parked.session.owes_difference = True
        self._parked = []

    def answered(self) -> Iterator[Parked]:
        """Yield what waited, in order; while it is judged the gate's word is final."""
        parked, self._parked = self._parked, []
        self._knows_makers = self._is_final = True
        yield from parked
        self._is_final = False
