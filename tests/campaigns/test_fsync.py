"""The short form of the order on the way to the disk."""

from __future__ import annotations

from tests.campaigns.faults import Faults
from tests.campaigns.fsync import trace_round
from tests.campaigns.report import SEED

LEAST_CHECKED = 40


async def test_nothing_is_told_before_it_is_on_disk() -> None:
    """[S8] Write, sync, and only then the word: for each change, by its own token in the trace."""
    problems, looked = await trace_round(SEED, Faults())

    assert problems == []
    assert min(looked.values()) >= LEAST_CHECKED, looked
