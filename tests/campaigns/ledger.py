"""What the writers of one case changed, and which of it the server may no longer lose.

Every change carries a token of its own, so that it can be found again in a document, in raw bytes and in a trace. A change is *owed*
from the moment its writer was told `saved`, or someone else saw it. Whether what is owed is there is the oracle's question.

Only its own writer changes a note, or takes a token out of a statement again; so the changes to one subject are in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

TOKEN_LENGTH: Final = 8
TOKEN: Final = re.compile(r"q[A-Z][0-9]{5}z")
RAW_TOKEN: Final = re.compile(rb"q[A-Z][0-9]{5}z")
STATEMENTS: Final = ("impact", "ambition")


class Kind(Enum):
    """What a change does."""

    ADD = auto()
    TYPE = auto()
    MOVE = auto()
    DELETE = auto()
    SAY = auto()
    ERASE = auto()


ENDS: Final = (Kind.DELETE, Kind.ERASE)
"""What ends a subject, and leaves no structs of its own."""


@dataclass(slots=True, eq=False)
class Change:
    """One change of one writer. `subject` is a note id, or the token said in a statement; `place` where a note or token went.

    `clock` is how far its writer's Yjs clock is with it, `frame` the number of the update frame that carried it on this connection.
    """

    token: str
    kind: Kind
    subject: str
    place: str
    update: bytes = b""
    clock: int = 0
    frame: int | None = None
    is_saved: bool = False
    is_seen: bool = False

    @property
    def is_owed(self) -> bool:
        return self.is_saved or self.is_seen


@dataclass(slots=True)
class Ledger:
    """All changes of one writer in one case, in order, and those of them that were not yet called saved.

    More than 26 writers share letters; `first` is then where the numbers of this one begin.
    """

    letter: str
    first: int = 0
    changes: list[Change] = field(default_factory=list)
    unsaved: list[Change] = field(default_factory=list)
    by_subject: dict[str, list[Change]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.letter}{self.first}" if self.first else self.letter

    def next_token(self) -> str:
        return f"q{self.letter}{self.first + len(self.changes):05d}z"

    def add(self, change: Change) -> None:
        self.changes.append(change)
        self.unsaved.append(change)
        self.by_subject.setdefault(change.subject, []).append(change)

    def sent_in(self, frame: int) -> None:
        """One frame holds everything the server lacks, so it carries every change that waits."""
        for change in self.unsaved:
            change.frame = frame

    def connection_lost(self) -> None:
        for change in self.unsaved:
            change.frame = None

    def saved(self, frames: int, clock: int) -> int:
        """Take the server's word (E2): so many frames are settled, and own structs below a clock are on disk. Return how many are new."""
        told = [change for change in self.unsaved if _is_told(change, frames, clock)]
        for change in told:
            change.is_saved = True
        self.unsaved = [change for change in self.unsaved if not change.is_saved]
        return len(told)

    def seen_by_another(self, view: Mapping[str, Any], ever_seen: set[str]) -> int:
        """Mark what another writer's view shows of these changes; `ever_seen` are the subjects that view has shown before."""
        before = sum(change.is_seen for change in self.changes)
        for subject, changes in self.by_subject.items():
            shown = tokens_shown(view, subject, changes[0])
            if shown:
                ever_seen.add(subject)
            is_gone = not shown and subject in ever_seen
            for change in changes:
                change.is_seen = change.is_seen or change.token in shown or (change.kind in ENDS and is_gone)
        return sum(change.is_seen for change in self.changes) - before


def _is_told(change: Change, frames: int, clock: int) -> bool:
    has_structs = change.kind not in ENDS
    return (change.frame is not None and change.frame <= frames) or (has_structs and change.clock <= clock)


def tokens_shown(view: Mapping[str, Any], subject: str, first: Change) -> set[str]:
    """Return the tokens with which a view shows a subject: those in a note's text and its order, or the one in a statement."""
    if first.kind is Kind.SAY:
        return {subject} if subject in view["statements"][first.place] else set()
    note = view["notes"].get(subject)
    return set() if note is None else {*TOKEN.findall(str(note.get("text", ""))), str(note.get("order"))}


class Book:
    """The ledgers of everyone who writes in one case."""

    def __init__(self, ledgers: Iterable[Ledger]) -> None:
        self.ledgers = {ledger.name: ledger for ledger in ledgers}

    def changes(self) -> Iterator[Change]:
        for ledger in self.ledgers.values():
            yield from ledger.changes

    def owed(self) -> int:
        return sum(change.is_owed for change in self.changes())

    def tokens_owed(self) -> set[str]:
        """Return the tokens that are owed and must stand in the log as they are: what was typed, and not deleted again or moved away."""
        subjects = [changes for ledger in self.ledgers.values() for changes in ledger.by_subject.values() if changes[-1].kind not in ENDS]
        return {change.token for changes in subjects for change in changes if change.is_owed and change.kind is not Kind.MOVE}

    def note_what_is_seen(self, name: str, view: Mapping[str, Any], ever_seen: set[str]) -> int:
        """Mark what this writer sees of the others; return how many that are new."""
        others = (ledger for other, ledger in self.ledgers.items() if other != name)
        return sum(ledger.seen_by_another(view, ever_seen) for ledger in others)
