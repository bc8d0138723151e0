"""A document rebuilt from its log row by row, proving at each row that it integrates completely.

A row that builds upon clocks no row before it brings would stay pending inside the CRDT library, invisible and left out of every
keyframe: that is a hole in the log, and it is told instead of applied. Where rows come from is storage's business.
"""

from __future__ import annotations

from collections.abc import Iterable

from crdt.case import CaseDocument
from crdt.errors import LogHole
from crdt.log import LogRow
from crdt.walker import OF_OURS, walk_update


class Replay:
    """Rows taken in, in order; a row of a new epoch begins a new document."""

    def __init__(self, epoch: int = 0, state: bytes | None = None) -> None:
        self.epoch = epoch
        self.document = CaseDocument.open([state] if state else [])
        self._clocks = self.document.clocks()

    def begin(self, epoch: int) -> None:
        """Begin an epoch with an empty document."""
        self.epoch, self.document, self._clocks = epoch, CaseDocument(), {}

    def take(self, row: LogRow) -> None:
        """Apply one row. Raises LogHole, MalformedFrame, DocumentFault."""
        if row.epoch != self.epoch:
            self.begin(row.epoch)
        walked = walk_update(row.update, OF_OURS)
        client = walked.gap(self._clocks)
        if client is not None:
            raise LogHole(
                f"row {row.seq} builds upon client {client} beyond clock {self._clocks.get(client, 0)}, which no row before it brings"
            )
        self.document.apply(row.update)
        self._clocks.update(walked.news(self._clocks))

    def take_all(self, rows: Iterable[LogRow]) -> None:
        for row in rows:
            self.take(row)


def has_hole(document: CaseDocument, updates: Iterable[bytes]) -> bool:
    """Tell whether a document opened from these updates left any of them pending."""
    clocks = document.clocks()
    return any(end > clocks.get(client, 0) for update in updates for client, end in walk_update(update, OF_OURS).news(clocks).items())
