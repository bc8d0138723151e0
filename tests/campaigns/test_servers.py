"""The short form of many servers: every kind of fault once, on two of them; and a server that must not pass."""

from __future__ import annotations

import pytest

from tests.campaigns.faults import Faults
from tests.campaigns.report import SEED, CampaignFailed, Report
from tests.campaigns.servers import ALL, run

LONGEST_S = 1.0
LEAST_ACKNOWLEDGED = 200


async def test_servers_that_share_a_table_lose_nothing_and_end_as_one() -> None:
    """[S8, E2] Whatever fails, what was told is in the log, and everyone has the same case within seconds of the end of it."""
    report = Report("servers", None, seed=SEED)
    campaign = await run(2, len(ALL), SEED, report, longest_s=LONGEST_S)

    assert set(campaign.done) == set(ALL)
    assert report.total("acknowledged") >= LEAST_ACKNOWLEDGED


async def test_a_server_that_trusts_redis_alone_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that goes on after a gap, as if it had heard what lies in it, ends with another case than the log."""
    monkeypatch.setattr("tests.campaigns.servers.GIVE_UP_S", 6.0)
    faults, kinds = Faults(plant="trust-redis-alone"), ["redis-restart", "redis-refuse"]
    with pytest.raises(CampaignFailed, match=r"same|log makes|sent away"):
        await run(2, 6, SEED, Report("servers", None), longest_s=LONGEST_S, faults=faults, kinds=kinds)
