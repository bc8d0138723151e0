"""The short form of the campaign about looking back."""

from __future__ import annotations

from tests.campaigns.past import NAME, run
from tests.campaigns.report import Report

UPDATES = 1_200
SEED = 20_261_124


async def test_looking_back_tells_the_truth() -> None:
    """Moments, writers and differences of a believable history equal what the raw log says, before and after compaction."""
    await run(UPDATES, SEED, 60, Report(NAME, None, seed=SEED, updates=UPDATES))
