"""The short form of no space left, in every way this machine allows."""

from __future__ import annotations

from tests.campaigns.disk_full import DiskFull
from tests.campaigns.report import SEED, Report
from tests.campaigns.space import spaces

CYCLES = 3


async def test_a_full_disk_costs_nothing_that_was_told() -> None:
    """[E5] No false word, everyone told, readers read on, and writing again by itself when there is space."""
    report = Report("disk_full", None, seed=SEED, cycles=CYCLES)
    with spaces() as found:
        for space in found:
            await DiskFull(space, SEED, report).run(CYCLES)

    assert len(report.rounds) == CYCLES * len(found)
