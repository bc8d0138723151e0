"""Sessions and the bars of the timeline, from facts of the log."""

from __future__ import annotations

from crdt.log import LogFact
from crdt.sessions import LONGEST_IDLE_MS, SESSION_GAP_MS, activity, sessions

MINUTE = 60_000


def test_half_an_hour_of_silence_ends_a_session() -> None:
    """One row before it does not; the next session begins with the row after."""
    facts = [LogFact(1, 0, "ann"), LogFact(2, SESSION_GAP_MS - 1, "bob"), LogFact(3, 2 * SESSION_GAP_MS - 1, "ann")]

    cut = [(each.number, each.first_seq, each.seq, each.participants) for each in sessions(facts, [])]

    assert cut == [(1, 1, 2, ["ann", "bob"]), (2, 3, 3, ["ann"])]


def test_a_coarse_row_counts_from_its_first_change_and_for_all_it_stands_for() -> None:
    """So that joining rows neither cuts a session in two nor makes it look idle."""
    fine = [LogFact(1, 0, "ann"), LogFact(2, SESSION_GAP_MS - 1, "ann"), LogFact(3, SESSION_GAP_MS + 30_000, "ann")]
    coarse = [LogFact(1, 0, "ann"), LogFact(3, SESSION_GAP_MS + 30_000, "ann", covers=2, first_at=SESSION_GAP_MS - 1)]

    assert [(each.seq, each.updates, each.last_at) for each in sessions(coarse, [])] == [(3, 3, SESSION_GAP_MS + 30_000)]
    assert sessions(coarse, []) == sessions(fine, [])
    assert activity(coarse, 1)[0].updates == {"ann": 3}


def test_a_clock_set_back_does_not_begin_a_session() -> None:
    """The order is that of the log."""
    assert len(sessions([LogFact(1, 10 * SESSION_GAP_MS, "ann"), LogFact(2, 0, "bob")], [])) == 1


def test_idle_time_takes_no_room() -> None:
    """A week of silence is as wide as a minute; every bar holds work, and no more bars come than asked."""
    week = 7 * 24 * 60 * MINUTE
    facts = [LogFact(seq, at, "ann") for seq, at in enumerate([0, MINUTE, week, week + MINUTE], start=1)]

    bars = activity(facts, 4)

    assert [bar.seq for bar in bars] == [1, 2, 3, 4]
    assert all(sum(bar.updates.values()) == 1 for bar in bars)
    assert len(activity(facts, 2)) <= 2
    assert activity([], 10) == []
    assert LONGEST_IDLE_MS == MINUTE
