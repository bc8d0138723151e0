"""Fine rows of the log into coarser ones that still tell who and when: pure, and careful to lose nothing.

Rows of one participant within a minute become one row. A row only moves before rows of others that it does not build upon, so
the document integrates completely after every coarse row, as it did after every fine one. Updates are joined with `merge`, never through a
document: a document forgets deleted words and pending structs, and the log must not. Which rows are old enough, and the proof that
nothing changed before the fine ones go, is `server/compaction.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from crdt.case import CaseDocument, merge
from crdt.log import LogRow
from crdt.walked import Walked
from crdt.walker import OF_OURS, walk_update

COARSE_SPAN_MS: Final = 60_000


@dataclass(slots=True)
class _Coarse:
    """What one participant did within a span, growing. `starts` has, per client it brings structs of, the lowest clock."""

    rows: list[LogRow] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)

    def take(self, row: LogRow, walked: Walked) -> None:
        self.rows.append(row)
        for part in walked.ranges:
            self.starts[part.client] = min(part.start, self.starts.get(part.client, part.start))

    def is_needed_by(self, walked: Walked) -> bool:
        """Tell whether an update builds upon, deletes or repeats anything brought here."""
        reaches = [*walked.needs.items(), *((part.client, part.end) for part in walked.ranges)]
        return any(client in self.starts and self.starts[client] < clock for client, clock in reaches)

    def row(self) -> LogRow:
        first, last = self.rows[0], self.rows[-1]
        return replace(
            last,
            first_at=first.began_at,
            clients=tuple(sorted({client for row in self.rows for client in row.clients})),
            update=merge(row.update for row in self.rows),
            covers=sum(row.covers for row in self.rows),
        )


def coarsen(rows: Sequence[LogRow], span_ms: int = COARSE_SPAN_MS) -> list[LogRow]:
    """Return rows with the same effect in at most as many, the last of which keeps the last `seq`.

    `rows` are consecutive in the log. Coarsening again changes nothing. Raises MalformedFrame, DocumentFault.
    """
    return [coarse for span in _spans(rows, span_ms) for coarse in _coarsen_span(span)]


def _spans(rows: Iterable[LogRow], span_ms: int) -> Iterator[list[LogRow]]:
    """Cut rows at every span of time, and where the clock stepped back."""
    span: list[LogRow] = []
    for row in rows:
        if span and not 0 <= row.at - span[0].began_at < span_ms:
            yield span
            span = []
        span.append(row)
    if span:
        yield span


def _coarsen_span(rows: list[LogRow]) -> list[LogRow]:
    made: list[_Coarse] = []
    for row in rows:
        walked = walk_update(row.update, OF_OURS)
        target = _place(made, row.participant, walked)
        if target is None:
            target = _Coarse()
            made.append(target)
        target.take(row, walked)
    seqs = range(rows[-1].seq - len(made) + 1, rows[-1].seq + 1)
    return [replace(coarse.row(), seq=seq) for coarse, seq in zip(made, seqs, strict=True)]


def _place(made: list[_Coarse], participant: str, walked: Walked) -> _Coarse | None:
    """Find the row of this participant that an update can join without passing anything it builds upon."""
    for coarse in reversed(made):
        if coarse.rows[0].participant == participant:
            return coarse
        if coarse.is_needed_by(walked):
            return None
    return None


def same_content(one: CaseDocument, other: CaseDocument) -> bool:
    """Tell whether two documents hold the same case and take the same updates from here on.

    Content is compared, because equal state vectors prove nothing; the vectors too, because equal content may still lack clocks.
    """
    return one.view() == other.view() and one.clocks() == other.clocks()
