"""Sessions: stretches of work between long pauses, and what each came to. Pure; reads facts of the log and what the chronicle tells.

Order is that of the log. A clock that steps back does not begin a session; one that steps ahead may.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from crdt.chronicle import Happening
from crdt.log import LogFact

SESSION_GAP_MS: Final = 30 * 60_000
LONGEST_IDLE_MS: Final = 60_000
_CONTRIBUTIONS: Final = ("added", "restored", "edited")


@dataclass(slots=True)
class WorkSession:
    """A stretch of work: rows `first_seq` up to and including `seq`.

    `contributions` counts notes and partners that were added or worked on by someone, and statements rewritten; `places` says where.
    """

    number: int
    first_seq: int
    seq: int
    first_at: int
    last_at: int
    updates: int = 0
    participants: list[str] = field(default_factory=list)
    contributions: int = 0
    places: Counter[str] = field(default_factory=Counter)


def sessions(facts: Iterable[LogFact], happenings: Iterable[Happening]) -> list[WorkSession]:
    """Cut the log into sessions, oldest first, and count what happened in each."""
    cut: list[WorkSession] = []
    for fact in facts:
        if not cut or fact.began_at - cut[-1].last_at >= SESSION_GAP_MS:
            cut.append(WorkSession(len(cut) + 1, _following(cut), fact.seq, fact.began_at, fact.at))
        _extend(cut[-1], fact)
    _count(cut, happenings)
    return cut


def _following(cut: Sequence[WorkSession]) -> int:
    """Return the seq after the last session: there a session begins, also when its first rows were joined into a later one."""
    return cut[-1].seq + 1 if cut else 1


def _extend(session: WorkSession, fact: LogFact) -> None:
    session.seq = fact.seq
    session.last_at = max(session.last_at, fact.at)
    session.updates += fact.covers
    if fact.participant not in session.participants:
        session.participants.append(fact.participant)


def _count(cut: Sequence[WorkSession], happenings: Iterable[Happening]) -> None:
    starts = [session.first_seq for session in cut]
    seen: set[tuple[int, str, str]] = set()
    for happening in happenings:
        index = bisect_right(starts, happening.first.seq) - 1
        key = (index, happening.subject, happening.first.by)
        if index < 0 or key in seen or not _contributes(happening):
            continue
        seen.add(key)
        cut[index].contributions += 1
        cut[index].places[_place(happening)] += 1


def _contributes(happening: Happening) -> bool:
    return happening.kind in _CONTRIBUTIONS and happening.subject.startswith(("notes/", "partners/", "statement."))


def _place(happening: Happening) -> str:
    return "partners" if happening.subject.startswith("partners/") else happening.place


@dataclass(frozen=True, slots=True)
class Activity:
    """How much each participant did in one stretch of time: a bar of the timeline."""

    first_at: int
    last_at: int
    seq: int
    updates: dict[str, int]


def activity(facts: Sequence[LogFact], bars: int) -> list[Activity]:
    """Lay rows out in at most so many bars of equal work time; idle time (pauses between sessions) takes no room."""
    clock, worked, before = 0, [], None
    for fact in facts:
        clock += 0 if before is None else min(max(fact.at - before, 0), LONGEST_IDLE_MS)
        worked.append(clock)
        before = fact.at
    width = max(1, -(-(clock + 1) // bars))
    made: dict[int, list[LogFact]] = {}
    for fact, at in zip(facts, worked, strict=True):
        made.setdefault(at // width, []).append(fact)
    return [
        Activity(min(fact.began_at for fact in inside), max(fact.at for fact in inside), inside[-1].seq, _updates(inside))
        for inside in made.values()
    ]


def _updates(facts: Iterable[LogFact]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for fact in facts:
        counted[fact.participant] += fact.covers
    return dict(counted)
