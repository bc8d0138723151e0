"""Moments: a log cut where people paused."""

from __future__ import annotations

from crdt.log import LogFact
from crdt.moments import MOMENT_GAP_MS, MOMENT_SPAN_MS, moments


def test_a_pause_begins_a_new_moment() -> None:
    """Work within a minute belongs together; a pause cuts it."""
    facts = [LogFact(1, 0, "ann"), LogFact(2, 1_000, "bob"), LogFact(3, 1_000 + MOMENT_GAP_MS, "ann")]

    first, second = moments(facts)

    assert (first.seq, first.updates, first.participants) == (2, 2, ["ann", "bob"])
    assert (second.seq, second.first_at) == (3, 1_000 + MOMENT_GAP_MS)


def test_long_work_is_cut_every_five_minutes() -> None:
    """Work without a pause still leaves points to return to."""
    facts = [LogFact(seq, seq * 30_000, "ann") for seq in range(1, 31)]

    cut = moments(facts)

    assert all(moment.last_at - moment.first_at < MOMENT_SPAN_MS for moment in cut)
    assert sum(moment.updates for moment in cut) == 30
    assert cut[-1].seq == 30


def test_a_clock_that_steps_back_does_not_disturb_the_order() -> None:
    """The order is that of the log; times are for display."""
    cut = moments([LogFact(1, 10_000, "ann"), LogFact(2, 4_000, "ann")])

    assert [(moment.seq, moment.last_at) for moment in cut] == [(2, 10_000)]


def test_a_clock_that_was_set_back_a_year_cuts_too() -> None:
    """Else a year of work would belong to the moment before the step."""
    year_ms = 365 * 24 * 3_600_000
    cut = moments([LogFact(1, year_ms, "ann"), LogFact(2, 1_000, "ann"), LogFact(3, 2_000, "bob")])

    assert [(moment.seq, moment.first_at, moment.last_at) for moment in cut] == [(1, year_ms, year_ms), (3, 1_000, 2_000)]


def test_nothing_gives_no_moments() -> None:
    """An empty log has no past."""
    assert moments([]) == []
