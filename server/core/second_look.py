"""Changes that are judged again once the log was asked: who made what is gone since, and what was ever there, only the log still knows.

    refused for what the log may know better ──► parked, LookUp ──answered──► judged again, for good

Bringing back what was deleted before the room was opened is such a change. What the same client sends meanwhile waits behind it, so that
its frames stay in order; their number is bounded by its pace. The log is asked once in the life of a room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crdt.gate import Reason, Refused
from server.core.effects import Effect, LookUp
from server.core.session import Session

REASONS: Final[frozenset[Reason]] = frozenset({"author", "reference", "whose"})


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
        self._is_answered = False

    def is_wanted(self, refused: Refused) -> bool:
        """Tell whether the log may know better than the gate did."""
        return not self._is_answered and refused.reason in REASONS

    def holds(self, session: Session) -> bool:
        return any(parked.session is session for parked in self._parked)

    def park(self, session: Session, update: bytes, *, is_answer: bool) -> list[Effect]:
        """Keep an update until the log was asked."""
        self._parked.append(Parked(session, update, is_answer))
        return [LookUp()] if len(self._parked) == 1 else []

    def answered(self) -> list[Parked]:
        """Return what waited, in order: from now on the gate's word is final."""
        parked, self._parked, self._is_answered = self._parked, [], True
        return parked
