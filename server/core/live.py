"""The committed document of a room, as it is asked for: what lands waits until somebody wants to see it.

Most updates are letters that everyone has heard of and nobody asks the document about. So they wait, a few hundred at most, and are then
taken in together, which costs the library a fraction of one by one. Only what is committed ever gets here; whether it may is the shadow's.
"""

from __future__ import annotations

from typing import Final

from crdt.case import CaseDocument, merge

MAX_WAITING: Final = 256
MAX_WAITING_BYTES: Final = 65_536


class Live:
    """A document, and the committed updates that are yet to be taken in."""

    def __init__(self, document: CaseDocument) -> None:
        self._document = document
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._vector: bytes | None = None

    @property
    def document(self) -> CaseDocument:
        """The document with all that landed. Raises DocumentFault when the library cannot take it in."""
        if self._waiting:
            self._document.apply(merge(self._waiting))  # when this fails they stay, and it fails again
            self._waiting, self._waiting_bytes, self._vector = [], 0, None
        return self._document

    def land(self, update: bytes) -> None:
        """Add what was committed. Raises DocumentFault when it is time to take in what waits, and that fails."""
        self._waiting.append(update)
        self._waiting_bytes += len(update)
        if len(self._waiting) >= MAX_WAITING or self._waiting_bytes >= MAX_WAITING_BYTES:
            _ = self.document

    def base(self) -> bytes:
        """Return a state vector of which everyone who was told of all that landed has everything: the newest that costs nothing to know."""
        if self._vector is None:
            self._vector = self._document.vector()
        return self._vector
