"""The values of the log: what goes in, and the facts that come out. Storage keeps them, rooms make them, history reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

MAIN_DOCUMENT: Final = "main"


class NewRow(NamedTuple):
    """An update on its way into the log: who made it, when (ms since the epoch), with which Yjs clients."""

    participant: str
    at: int
    clients: tuple[int, ...]
    update: bytes


@dataclass(frozen=True, slots=True)
class Append:
    """What one room adds to the log of one document, all or nothing: rows, and Yjs client ids bound to participants.

    `epoch` is the one these rows belong to; storage refuses them in another. None for whatever epoch there is. `since` is the newest seq
    that whoever made them knew; storage refuses them when the log does not reach it, or a row after it is of one of their Yjs clients. None
    to append whatever came before.
    """

    case: str
    rows: tuple[NewRow, ...]
    owners: dict[int, str] = field(default_factory=dict)
    document: str = MAIN_DOCUMENT
    epoch: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log with its bytes, as storage keeps it.

    `covers` counts the rows it stands for: 1, or more after compaction; then `first_at` is when the first of them was made. The `covers` of
    all rows of a document add up to its newest `seq`, so a row that went missing shows.
    """

    seq: int
    epoch: int
    at: int
    participant: str
    clients: tuple[int, ...]
    update: bytes
    covers: int = 1
    first_at: int | None = None

    @property
    def began_at(self) -> int:
        return self.at if self.first_at is None else self.first_at


@dataclass(frozen=True, slots=True)
class Keyframe:
    """The whole state of a document at a point of its log, as one update. `at` is when it was made."""

    epoch: int
    seq: int
    at: int
    state: bytes


@dataclass(frozen=True, slots=True)
class LogFact:
    """One row of the log without its bytes. `at` is in ms since the epoch, for display only: `seq` is the order.

    `covers` and `first_at` are as in `LogRow`: a coarse row tells of work as the fine ones did.
    """

    seq: int
    at: int
    participant: str
    covers: int = 1
    first_at: int | None = None

    @property
    def began_at(self) -> int:
        return self.at if self.first_at is None else self.first_at
