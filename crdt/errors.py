"""Everything that can be wrong with bytes or files handed to the document.

CrdtError
├── MalformedFrame      a frame or an update cannot be read; the bytes are at fault
├── DocumentFault       the CRDT library failed on bytes that read well; the document must be rebuilt
├── LogHole             a row of the log builds upon something that no row before it brings
└── CaseFileError       a case file breaks the format; carries every problem found, each with its place
"""

from __future__ import annotations

from dataclasses import dataclass


class CrdtError(Exception):
    """Base of all errors of this package."""


class MalformedFrame(CrdtError):
    """A frame, update, state vector or awareness update that breaks the wire format or a bound of ours."""


class DocumentFault(CrdtError):
    """The CRDT library panicked. What it did to the document is unknown: throw it away and rebuild from the log."""


class LogHole(CrdtError):
    """The log lacks something a row of it needs. Must never be seen: updates with gaps are refused before they are logged (S6)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a case file: where (a path such as `notes.value[3].text`) and what, in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class CaseFileError(CrdtError):
    """A case file that cannot be imported. Nothing of it was used."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:5]))
        self.problems = problems
