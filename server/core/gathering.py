"""What was accepted since the last commit began, as the rows it will be: one for each participant, more where their changes take turns.

A row must build upon nothing that a later row brings, or the log could not be read in its order. So a change goes into its participant's
newest row, unless it builds upon what another's row after that one brings; then it begins a row of its own.

Whom a commit concerns is kept apart (`batch.py`).

    Ann's row ◄── Bob's row builds upon it ◄── Ann builds upon that: a second row of Ann's, after Bob's
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crdt.case import merge
from crdt.log import NewRow


def _row_of(brought: tuple[int, int]) -> int:
    return brought[0]


@dataclass(slots=True)
class _Row:
    """Changes of one participant that will be one row."""

    participant: str
    updates: list[bytes] = field(default_factory=list)
    clients: set[int] = field(default_factory=set)


class Gathering:
    """The rows of the next commit."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._newest: dict[str, int] = {}
        self._brought: dict[int, list[tuple[int, int]]] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def clients(self) -> Collection[int]:
        """Yjs clients of whom something was gathered."""
        return self._brought.keys()

    def add(self, participant: str, update: bytes, begins: Mapping[int, int], needs: Iterable[tuple[int, int]]) -> None:
        """Put a change into a row.

        `begins` is the clock at which what it brings begins, per client; `needs` are clients with the clock below which it needs them.
        """
        at = self._newest.get(participant)
        if at is None or self._is_brought_after(at, needs):
            at = self._newest[participant] = len(self._rows)
            self._rows.append(_Row(participant))
        row = self._rows[at]
        row.updates.append(update)
        for client, clock in begins.items():
            if client not in row.clients:
                row.clients.add(client)
                self._brought.setdefault(client, []).append((at, clock))

    def _is_brought_after(self, at: int, needs: Iterable[tuple[int, int]]) -> bool:
        for client, clock in needs:
            brought = self._brought.get(client, ())
            after = bisect(brought, at, key=_row_of)  # both numbers rise, so the first row after is the one that begins lowest
            if after < len(brought) and clock > brought[after][1]:
                return True
        return False

    def updates(self) -> Iterator[bytes]:
        for row in self._rows:
            yield from row.updates

    def take(self, now_ms: int) -> tuple[NewRow, ...]:
        """Return the rows, made now, and hold none of them any more."""
        rows = tuple(NewRow(row.participant, now_ms, tuple(sorted(row.clients)), merge(row.updates)) for row in self._rows)
        self.clear()
        return rows

    def clear(self) -> None:
        self._rows, self._newest, self._brought = [], {}, {}
