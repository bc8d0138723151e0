"""What the benchmark of a full hall says of its runs: nothing of one that was not fair, and the worst of what must not be."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from tests.bench.hall.__main__ import has_collapsed
from tests.bench.hall.chart import chart
from tests.bench.hall.measure import Found, median_of
from tests.bench.hall.scenarios import TABLE

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
