"""Many servers, one table, while what they depend on fails: nothing told is lost, and everyone ends with the same case, soon.

Each round lets one thing fail under people who write on two or three servers, heals it, and stops the writing: then everyone's copy must be
the same, without being asked for, within the limit, and what the oracle reads in the database must hold all that anyone was told. While
Redis alone is away what one server's people write must reach the other's.

    write ──a fault for a while──► healed ──stop writing──► level? ──oracle──► write …
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from tests.campaigns.cluster import Cluster, Member
from tests.campaigns.faults import Faults
from tests.campaigns.report import CampaignFailed, Report, arguments, fail, percentiles

PEOPLE: Final = 6
PAUSE_S: Final = 0.12
LEVEL_S: Final = 5.0
CROSS_S: Final = 5.0
GIVE_UP_S: Final = 30.0
SHORTEST_S: Final = 0.1
OUTAGE_S: Final = 60.0
ROUNDS: Final = 350

REDIS: Final = tuple(f"redis-{what}" for what in ("restart", "black-hole", "refuse", "reset", "half-open", "delay", "kill", "flush"))
POSTGRES: Final = tuple(f"postgres-{what}" for what in ("restart", "black-hole", "reset", "half-open"))
SERVERS: Final = ("server-kill", "server-stop")
ALL: Final = (*REDIS, *POSTGRES, *SERVERS)
WEIGHTS: Final = {**dict.fromkeys(REDIS, 25), **dict.fromkeys(POSTGRES, 13), "server-kill": 90, "server-stop": 10}


class ServersCampaign:
    """Rounds on one cluster. Each kind of fault is tried once before chance decides."""

    def __init__(self, cluster: Cluster, seed: int, report: Report, longest_s: float, kinds: Sequence[str] = ALL) -> None:
        self.done: Counter[str] = Counter()
        self.level_s: list[float] = []
        self.cross_s: list[float] = []
        self.back_s: list[float] = []
        self._cluster = cluster
        self._rng = random.Random(seed)
        self._report = report
        self._longest_s = longest_s
        self._kinds = list(kinds)
        self._planned = list(kinds)
        self._rng.shuffle(self._planned)

    async def run(self, rounds: int) -> None:
        """Raises CampaignFailed."""
        for _ in range(rounds):
            await self._round(self._planned.pop() if self._planned else self._drawn())

    def _drawn(self) -> str:
        return self._rng.choices(self._kinds, [WEIGHTS[kind] for kind in self._kinds])[0]

    async def _round(self, kind: str) -> None:
        cluster = self._cluster
        before = sum(writer.acknowledgements for writer in cluster.writers)
        lasts_s = SHORTEST_S * (self._longest_s / SHORTEST_S) ** self._rng.random()
        problems: list[str] = []
        async with cluster.people(PAUSE_S):
            await asyncio.gather(*(writer.be_streaming(GIVE_UP_S) for writer in cluster.writers))
            await asyncio.sleep(0.3)
            await self._fail(kind, lasts_s, problems)
            await asyncio.sleep(0.2)
            cluster.note_what_is_seen()
            for writer in cluster.writers:
                writer.rests = True
            level = await cluster.until_level(GIVE_UP_S)
            cluster.note_what_is_seen()
            problems += await cluster.judge()
            for writer in cluster.writers:
                writer.rests = False
        if level is None:
            problems.append(f"not everyone had the same, all saved, within {GIVE_UP_S} s of {kind}")
        elif level > LEVEL_S:
            problems.append(f"it took {level:.1f} s after {kind} until everyone had the same, limit is {LEVEL_S}")
        else:
            self.level_s.append(level)
        self.done[kind] += 1
        acknowledged = sum(writer.acknowledgements for writer in cluster.writers) - before
        told = None if level is None else round(level, 2)
        self._report.round(problems, fault=kind, lasted_s=round(lasts_s, 1), acknowledged=acknowledged, level_s=told)

    # Faults

    async def _fail(self, kind: str, lasts_s: float, problems: list[str]) -> None:
        cluster, member = self._cluster, self._rng.choice(self._cluster.members)
        area, _, what = kind.partition("-")
        if area == "server":
            await self._end_server(member, what)
        elif what == "restart":
            process = cluster.redis if area == "redis" else cluster.postgres
            await asyncio.to_thread(process.stop)
            await self._wait(area, lasts_s, problems)
            await asyncio.to_thread(process.start)
        elif what == "kill":
            cluster.redis.ask("CLIENT", "KILL", "TYPE", self._rng.choice(["pubsub", "normal"]))
        elif what == "flush":
            cluster.redis.ask("FLUSHALL")
        else:
            proxy = member.redis if area == "redis" else member.postgres
            begin: dict[str, Callable[[], Awaitable[None] | None]] = {
                "black-hole": proxy.black_hole,
                "refuse": proxy.refuse,
                "reset": proxy.reset,
                "half-open": proxy.half_open,
                "delay": lambda: proxy.delay(self._rng.uniform(0.01, 0.3)),
            }
            waiting = begin[what]()
            if waiting is not None:
                await waiting
            await self._wait(area, lasts_s, problems)
            await proxy.heal()

    async def _wait(self, area: str, lasts_s: float, problems: list[str]) -> None:
        """Let a fault last; while it is Redis that fails, and for long enough, measure how long changes take across servers."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + lasts_s
        if area == "redis" and lasts_s > 1.5:
            crossed = await self._cross(CROSS_S)
            if crossed is None:
                problems.append(f"without Redis a change did not cross within {CROSS_S} s")
            else:
                self.cross_s.append(crossed)
        await asyncio.sleep(max(0.0, ends - loop.time()))

    async def _cross(self, within_s: float) -> float | None:
        """Measure until the newest saved change of one server's people is in a copy on another."""
        here, there = (self._cluster.at(member) for member in self._cluster.members[:2])
        if not here or not there:
            return 0.0
        loop = asyncio.get_running_loop()
        before = {change.token for change in here[0].ledger.changes}
        began = began_saved = loop.time()
        while loop.time() - began < within_s + 1:
            new = [it for it in here[0].ledger.changes if it.is_saved and it.token not in before and it.kind.name in ("ADD", "TYPE", "SAY")]
            if new:
                break
            began_saved = loop.time()
            await asyncio.sleep(0.01)
        else:
            return 0.0
        token = new[0].token.encode()
        while loop.time() - began_saved < within_s:
            if token in there[0].document.keyframe():
                return loop.time() - began_saved
            await asyncio.sleep(0.02)
        return None

    async def _end_server(self, member: Member, how: str) -> None:
        member.is_up = False
        await asyncio.to_thread(member.server.kill if how == "kill" else member.server.stop)
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(writer.be_streaming(GIVE_UP_S) for writer in self._cluster.writers))
        self.back_s.append(asyncio.get_running_loop().time() - began)
        await asyncio.to_thread(member.server.start)
        member.is_up = True


async def run(
    servers: int, rounds: int, seed: int, report: Report, *, longest_s: float, faults: Faults | None = None, kinds: Sequence[str] = ALL
) -> ServersCampaign:
    """Run a campaign on so many servers. Raises CampaignFailed."""
    async with Cluster.open(servers, PEOPLE, seed, faults) as cluster:
        campaign = ServersCampaign(cluster, seed, report, longest_s, kinds)
        await campaign.run(rounds)
        return campaign


def main(given: Sequence[str] | None = None) -> int:
    options = arguments("servers", "Many servers, one table, while Redis, PostgreSQL and servers fail.", ROUNDS, given)
    report = Report("servers", options.out, seed=options.seed, rounds=options.rounds)
    try:
        for servers in (2, 3):
            done = asyncio.run(run(servers, options.rounds // 2, options.seed + servers, report, longest_s=OUTAGE_S))
            seconds = {"level_s": done.level_s, "cross_s": done.cross_s, "back_s": done.back_s}
            told = {name: percentiles(values, 2) for name, values in seconds.items()}
            report.summary(servers=servers, faults=dict(done.done), **told)
    except CampaignFailed as failure:
        return fail(failure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
