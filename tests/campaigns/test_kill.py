"""The short form of kill -9: every aimed point once, random moments between them."""

from __future__ import annotations

from tests.campaigns.kill import POINTS, KillCampaign
from tests.campaigns.report import SEED, Report

ROUNDS = 16
LEAST_ACKNOWLEDGED = 300


async def test_nothing_told_is_lost_when_the_server_is_killed() -> None:
    """[S8, E2] What was called saved or seen by another is there, once and whole, wherever the server was killed."""
    report = Report("kill", None, seed=SEED, rounds=ROUNDS)
    campaign = KillCampaign(SEED, report)

    await campaign.run(ROUNDS)

    assert set(campaign.hit) == set(POINTS), f"never killed at {set(POINTS) - set(campaign.hit)}"
    assert report.total("acknowledged") >= LEAST_ACKNOWLEDGED
