"""What the benchmark of several servers says of a run: costs for each edit, and nothing of one that was not fair."""

from __future__ import annotations

from typing import Any

from tests.bench.several import Cost, _cost, _line

RAW: dict[str, Any] = {
    "p50": 3.0,
    "p99": 15.0,
    "serverS": 0.5,
    "serverShare": 0.1,
    "delivered": 10_000,
    "undelivered": 0,
    "edits": 200,
    "redis": {"publishes": 190, "bytesIn": 50_000, "bytesOut": 100_000},
    "lagP99": 1.0,
    "generatorShare": 0.2,
    "wrong": [],
    "ended": [],
}


def test_costs_are_for_one_edit_and_one_delivery() -> None:
    assert _cost(RAW) == Cost(3.0, 15.0, 50.0, 0.1, 0.95, 250.0, 500.0, 0, "")


def test_late_generator_or_wrong_copy_makes_a_run_unfair() -> None:
    """Such a run is left out of the medians; when all are, the line says why."""
    late, wrong = _cost(RAW | {"lagP99": 40.0}), _cost(RAW | {"wrong": ["note of writer 1: 3 letters, 4 wanted"]})

    assert late.unfair
    assert "nothing can be said: note of writer 1" in _line("2 x ours", [wrong])
    assert _line("2 x ours", [late, _cost(RAW)]).endswith("1/2")
