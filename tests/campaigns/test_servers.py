"""The short form of many servers: every kind of fault once, on two of them; and a server that must not pass."""

from __future__ import annotations

import random

import pytest

from tests.campaigns.faults import Faults
from tests.campaigns.report import SEED, CampaignFailed, Report
from tests.campaigns.servers import ALL, OUTAGE_S, PARTS, PLANTED, SHORTEST_S, Part, outages, run

LONGEST_S = 1.0
LEAST_ACKNOWLEDGED = 200


async def test_servers_that_share_a_table_lose_nothing_and_end_as_one() -> None:
    """[S8, E2] Whatever fails, what was told is in the log, and everyone has the same case within seconds of the end of it."""
    report = Report("servers", None, seed=SEED)
    campaign = await run(2, outages(Part(ALL, len(ALL), LONGEST_S), random.Random(SEED)), SEED, report)

    assert set(campaign.done) == set(ALL)
    assert report.total("acknowledged") >= LEAST_ACKNOWLEDGED


async def test_a_server_that_trusts_redis_alone_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that goes on after a gap, as if it had heard what lies in it, ends with another case than the log."""
    monkeypatch.setattr("tests.campaigns.servers.GIVE_UP_S", 6.0)
    plan = outages(Part(PLANTED["trust-redis-alone"], 6, LONGEST_S), random.Random(SEED))
    with pytest.raises(CampaignFailed, match=r"same|log makes|sent away"):
        await run(2, plan, SEED, Report("servers", None), Faults(plant="trust-redis-alone"))


async def test_a_server_that_shows_what_is_not_yet_in_the_log_is_caught() -> None:
    """Its writers live on and bring it again, so in the end nothing is amiss: it must be caught while PostgreSQL is away."""
    plan = outages(Part(("postgres-restart",), 3, LONGEST_S), random.Random(SEED))
    with pytest.raises(CampaignFailed, match="before they were in the log"):
        await run(2, plan, SEED, Report("servers", None), Faults(plant="broadcast-before-commit"))


def test_outages_reach_from_the_shortest_to_the_longest() -> None:
    """Every kind in equal shares, and a sum that can be waited for."""
    plan = outages(PARTS["redis"], random.Random(SEED))
    lengths = [outage.lasts_s for outage in plan if outage.lasts_s]

    assert len(plan) == 200
    assert {outage.kind for outage in plan} == set(PARTS["redis"].kinds)
    assert min(lengths) == pytest.approx(SHORTEST_S)
    assert max(lengths) == pytest.approx(OUTAGE_S)
    assert sum(lengths) < 15 * 60
