"""The short form of a clock that steps."""

from __future__ import annotations

from tests.campaigns.clock import ClockCampaign
from tests.campaigns.report import SEED, Report

STEPS = 6


async def test_a_clock_that_steps_by_a_year_disturbs_nobody() -> None:
    """Order, acknowledgements, cookies, tokens and moments are right whatever the wall clock says."""
    report = Report("clock", None, seed=SEED, steps=STEPS)

    await ClockCampaign(SEED, report).run(STEPS)

    assert report.total("acknowledged") > 0
