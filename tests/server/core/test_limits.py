"""Rates: by delay first."""

from __future__ import annotations

import pytest

from server.core.limits import Bucket


def test_a_burst_is_free_and_then_it_takes_time() -> None:
    """Within the burst nobody waits; beyond it, one waits as long as the excess takes."""
    bucket = Bucket(per_second=10, burst=3)
    waits = [bucket.wait(0.0) for _ in range(5)]

    assert waits == pytest.approx([0, 0, 0, 0.1, 0.2])


def test_time_empties_the_bucket() -> None:
    """Whoever pauses may burst again; a clock that stands still gives nothing."""
    bucket = Bucket(per_second=10, burst=1)
    bucket.wait(0.0)
    bucket.wait(0.0)

    assert bucket.wait(10.0) == 0
