"""What the benchmark of a full hall says of its runs: nothing of one that was not fair, and the worst of what must not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from tests.bench.hall.__main__ import has_collapsed
from tests.bench.hall.capacity import capacity
from tests.bench.hall.chart import chart
from tests.bench.hall.measure import Found, median_of
from tests.bench.hall.report import Whole, per_idle_kb, report
from tests.bench.hall.scenarios import EMPTY, ROOMS, SEATED, TABLE

FAIR = Found(1.5, 5.0, 9.0, 30.0, 0.4, 0.3, 1.0, 1_000, 0, 200, 0, (), 4_000)


def texts(drawing: str) -> list[str]:
    return [text for text in ElementTree.fromstring(drawing).itertext() if text.strip()]


def test_median_keeps_the_worst_of_what_must_not_be() -> None:
    """What one run lost or showed wrong is not lost in a median."""
    runs = [FAIR, replace(FAIR, us=3.0, undelivered=7, wrong=("note of writer 1",)), replace(FAIR, us=2.0)]

    found = median_of(runs)

    assert (found.us, found.undelivered, found.wrong) == (2.0, 7, ("note of writer 1",))


def test_late_or_saturated_generator_makes_a_run_unfair() -> None:
    """A figure of a run in which the generator could not keep up is none."""
    assert FAIR.unfair() is None
    assert replace(FAIR, generator_share=0.95).unfair()
    assert replace(FAIR, lag_ms=40.0).unfair()


def test_server_that_loses_much_is_not_run_again() -> None:
    assert not has_collapsed([FAIR, replace(FAIR, undelivered=20)])
    assert has_collapsed([FAIR, replace(FAIR, undelivered=200)])


def test_chart_shows_every_fair_run_and_no_other() -> None:
    """The chart is well formed, names halls and servers, and says what is not to be said."""
    drawn = texts(chart({TABLE[0]: {"ours": FAIR, "<other>": replace(FAIR, us=8.25, lag_ms=40.0)}}))

    assert TABLE[0].name in drawn
    assert "1.50 (p99 30 ms)" in drawn
    assert "<other>" in drawn
    assert not any("8.25" in text for text in drawn)


def test_hall_grows_until_it_does_not_hold() -> None:
    """The largest hall that held is told, with what ended the search."""
    found = capacity(lambda writers: replace(FAIR, p99=30.0 if writers <= 150 else 250.0))

    assert found.writers == 150
    assert "250 ms" in found.end


def test_hall_that_the_generator_cannot_fill_is_not_called_too_large() -> None:
    found = capacity(lambda writers: replace(FAIR, generator_share=0.99 if writers > 100 else 0.5))

    assert found.writers == 100
    assert "cannot be judged" in found.end


def test_report_says_of_an_unfair_run_that_nothing_can_be_said() -> None:
    """Tables hold fair figures, ratios to them, and what was lost or wrong."""
    found = {
        "ours": FAIR,
        "lossy": replace(FAIR, us=3.0, undelivered=1_234, wrong=("a note",)),
        "late": replace(FAIR, us=8.25, lag_ms=40.0),
    }
    told = report(Whole(halls={TABLE[0]: found}), "command", date(2026, 1, 2))

    assert "| lossy | 3.00 | 0.50 |" in told
    assert "| 1,234 | wrong |" in told
    assert "8.25" not in told
    assert "nothing can be said" in told


def test_memory_is_what_each_adds_to_an_empty_server() -> None:
    idle = {EMPTY: FAIR, SEATED: replace(FAIR, memory_kb=4_000 + 499 * 20), ROOMS: replace(FAIR, memory_kb=4_000 + 199 * 70)}

    assert per_idle_kb(idle) == (20, 70)
