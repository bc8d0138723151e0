"""The values of the log: what goes in, and the facts that come out. Storage keeps them, rooms make them, history reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MAIN_DOCUMENT: Final = "main"


@dataclass(frozen=True, slots=True)
class NewRow:
    """An update on its way into the log: who made it, when (ms since the epoch), with which Yjs clients."""

    participant: str
    at: int
    clients: tuple[int, ...]
    update: bytes


@dataclass(frozen=True, slots=True)
class Append:
    """What one room adds to the log of one document, all or nothing: rows, and Yjs client ids bound to participants."""

    case: str
    rows: tuple[NewRow, ...]
    owners: dict[int, str] = field(default_factory=dict)
    document: str = MAIN_DOCUMENT


@dataclass(frozen=True, slots=True)
class LogFact:
    """One row of the log without its bytes. `at` is in ms since the epoch, for display only: `seq` is the order."""

    seq: int
    at: int
    participant: str
