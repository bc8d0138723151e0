"""Moments: where in the log of a case it is worth returning to. Pure; reads facts of the log.

Shorter than sessions (`sessions.py`), and told without reading a single update. Opening a moment is keyframe plus tail, which
`CaseDocument.open` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from crdt.log import LogFact

MOMENT_GAP_MS: Final = 60_000
MOMENT_SPAN_MS: Final = 300_000


@dataclass(slots=True)
class Moment:
    """A stretch of work worth returning to: the rows up to and including `seq`, who made them and when."""

    seq: int
    first_at: int
    last_at: int
    participants: list[str]
    updates: int


def moments(facts: Iterable[LogFact]) -> list[Moment]:
    """Cut rows, in order of `seq`, into moments: at a pause of a minute, and at least every five minutes."""
    cut: list[Moment] = []
    for fact in facts:
        if cut and _belongs(fact, cut[-1]):
            _extend(cut[-1], fact)
        else:
            cut.append(Moment(fact.seq, fact.at, fact.at, [fact.participant], 1))
    return cut


def _belongs(fact: LogFact, moment: Moment) -> bool:
    """A clock that was set back by more than a pause cuts like one; a small step is no pause."""
    return abs(fact.at - moment.last_at) < MOMENT_GAP_MS and fact.at - moment.first_at < MOMENT_SPAN_MS


def _extend(moment: Moment, fact: LogFact) -> None:
    moment.seq = fact.seq
    moment.last_at = max(moment.last_at, fact.at)
    moment.updates += 1
    if fact.participant not in moment.participants:
        moment.participants.append(fact.participant)
