"""Many servers, one table, while what they depend on fails: nothing told is lost, and everyone ends with the same case, soon.

Each round lets one thing fail under people who write on two or three servers, heals it, and stops the writing: then everyone's copy must be
the same, without being asked for, within the limit, and what the oracle reads in the database must hold all that anyone was told. While
Redis alone is away what one server's people write must reach the other's. Whoever wrote what never reached the database brings it again
afterwards; so while PostgreSQL is away, and when a server was killed, what others were shown is held against the database there and then.

    write ──a fault for a while──► oracle ──► healed ──stop writing──► level? ──oracle──► write …
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.campaigns.cluster import Cluster, Member
from tests.campaigns.faults import Faults, Plant
from tests.campaigns.report import RESULTS, SEED, CampaignFailed, Report, fail, percentiles

PEOPLE: Final = 6
PAUSE_S: Final = 0.12
LEVEL_S: Final = 5.0
CROSS_S: Final = 5.0
GIVE_UP_S: Final = 30.0
SHORTEST_S: Final = 0.1
OUTAGE_S: Final = 60.0
OUTAGE_POSTGRES_S: Final = 10.0
STEEPNESS: Final = 4
"""Outages last from SHORTEST_S to the longest, most of them under a second: one of 60 s costs as much as a hundred of those."""

ROUNDS_A_CASE: Final = 25
"""After so many rounds a new case is begun on new servers: the oracle reads the whole log after each."""

REDIS: Final = tuple(
    f"redis-{what}" for what in ("restart", "black-hole", "refuse", "reset", "half-open", "delay", "throttle", "kill", "flush")
)
POSTGRES: Final = ("postgres-restart",)
KILLS: Final = ("server-kill",)
OTHERS: Final = (*(f"postgres-{what}" for what in ("black-hole", "reset", "half-open", "delay", "throttle")), "server-stop")
ALL: Final = (*REDIS, *POSTGRES, *KILLS, *OTHERS)
AT_ONCE: Final = ("redis-kill", "redis-flush", *KILLS, "server-stop")


class Outage(NamedTuple):
    """What fails, and for how many seconds where it lasts."""

    kind: str
    lasts_s: float


class Part(NamedTuple):
    """A part of the full form: which kinds of fault, how often in all, how long at most."""

    kinds: tuple[str, ...]
    rounds: int
    longest_s: float


PARTS: Final = {
    "redis": Part(REDIS, 200, OUTAGE_S),
    "postgres": Part(POSTGRES, 50, OUTAGE_POSTGRES_S),
    "kills": Part(KILLS, 100, SHORTEST_S),
    "others": Part(OTHERS, 30, OUTAGE_POSTGRES_S),
}
PLANTED: Final[Mapping[Plant, tuple[str, ...]]] = {
    "trust-redis-alone": ("redis-restart", "redis-refuse"),
    "acknowledge-before-commit": POSTGRES,
    "broadcast-before-commit": (*POSTGRES, *KILLS),
    "drop-changes": ("redis-reset",),
}
"""Bugs put into every server, and faults under which they show."""

ROUNDS_TO_CATCH: Final = 20


def outages(part: Part, rng: random.Random) -> list[Outage]:
    """Return the outages of a part in random order: every kind as often, and lengths that reach from the shortest to the longest."""
    kinds = [part.kinds[number % len(part.kinds)] for number in range(part.rounds)]
    lasting = [kind for kind in kinds if kind not in AT_ONCE]
    steps = [(number / max(1, len(lasting) - 1)) ** STEEPNESS for number in range(len(lasting))]
    lengths = [SHORTEST_S * (part.longest_s / SHORTEST_S) ** step for step in steps]
    rng.shuffle(lengths)
    plan = [Outage(kind, 0.0 if kind in AT_ONCE else lengths.pop()) for kind in kinds]
    rng.shuffle(plan)
    return plan


class ServersCampaign:
    """Rounds on one cluster."""

    def __init__(self, cluster: Cluster, seed: int, report: Report) -> None:
        self.done: Counter[str] = Counter()
        self.level_s: list[float] = []
        self.cross_s: list[float] = []
        self.back_s: list[float] = []
        self._cluster = cluster
        self._rng = random.Random(seed)
        self._report = report

    async def run(self, plan: Sequence[Outage]) -> None:
        """Raises CampaignFailed."""
        for outage in plan:
            await self._round(outage.kind, outage.lasts_s)

    async def _round(self, kind: str, lasts_s: float) -> None:
        cluster = self._cluster
        before = sum(writer.acknowledgements for writer in cluster.writers)
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
            await self._end_server(member, what, problems)
        elif kind == "redis-restart":
            await asyncio.to_thread(cluster.redis.stop)
            await self._wait(area, lasts_s, problems)
            await asyncio.to_thread(cluster.redis.start)
        elif kind == "postgres-restart":
            await self._restart_postgres(lasts_s, problems)
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
                "throttle": lambda: proxy.throttle(self._rng.uniform(500, 20_000)),
            }
            waiting = begin[what]()
            if waiting is not None:
                await waiting
            await self._wait(area, lasts_s, problems)
            await proxy.heal()

    async def _wait(self, area: str, lasts_s: float, problems: list[str]) -> None:
        """Let a fault last. While it is Redis that fails, and for long enough, measure how long changes take across servers; while it is
        the way to PostgreSQL, hold what people saw against what is there."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + lasts_s
        if area == "redis" and lasts_s > 1.5:
            crossed = await self._cross(CROSS_S)
            if crossed is None:
                problems.append(f"without Redis a change did not cross within {CROSS_S} s")
            else:
                self.cross_s.append(crossed)
        await asyncio.sleep(max(0.0, ends - loop.time()))
        if area == "postgres":
            problems += await self._cluster.judge_early()

    async def _restart_postgres(self, lasts_s: float, problems: list[str]) -> None:
        """Kill it and start it again; the servers reach it only when it has been read."""
        cluster = self._cluster
        await asyncio.to_thread(cluster.postgres.stop)
        for member in cluster.members:
            await member.postgres.refuse()
        await asyncio.sleep(lasts_s)
        await asyncio.to_thread(cluster.postgres.start)
        problems += await cluster.judge_early()
        for member in cluster.members:
            await member.postgres.heal()

    async def _cross(self, within_s: float) -> float | None:
        """Measure until the newest saved change of one server's people is in a copy on another.

        Its clock tells, not its words: someone may have typed between those, or deleted them, before they were there.
        """
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
        client = here[0].document.doc.client_id
        while loop.time() - began_saved < within_s:
            if there[0].document.clocks().get(client, 0) >= new[0].clock:
                return loop.time() - began_saved
            await asyncio.sleep(0.02)
        return None

    async def _end_server(self, member: Member, how: str, problems: list[str]) -> None:
        cluster = self._cluster
        member.is_up = False
        await asyncio.to_thread(member.server.kill if how == "kill" else member.server.stop)
        began = asyncio.get_running_loop().time()
        problems += await cluster.judge_early()
        await asyncio.gather(*(writer.be_streaming(GIVE_UP_S) for writer in cluster.writers))
        self.back_s.append(asyncio.get_running_loop().time() - began)
        await asyncio.to_thread(member.server.start)
        member.is_up = True


async def run(servers: int, plan: Sequence[Outage], seed: int, report: Report, faults: Faults | None = None) -> ServersCampaign:
    """Run a campaign on so many servers. Raises CampaignFailed."""
    async with Cluster.open(servers, PEOPLE, seed, faults) as cluster:
        campaign = ServersCampaign(cluster, seed, report)
        await campaign.run(plan)
        return campaign


def run_part(part: Part, seed: int, report: Report) -> None:
    """Run a part on two and on three servers in turn. Raises CampaignFailed."""
    plan = outages(part, random.Random(seed))
    for number, start in enumerate(range(0, len(plan), ROUNDS_A_CASE)):
        servers = 2 + number % 2
        done = asyncio.run(run(servers, plan[start : start + ROUNDS_A_CASE], seed + number, report))
        seconds = {"level_s": done.level_s, "cross_s": done.cross_s, "back_s": done.back_s}
        told = {name: percentiles(values, 2) for name, values in seconds.items() if values}
        report.summary(servers=servers, faults=dict(done.done), acknowledged=report.total("acknowledged"), **told)


def catch(plant: Plant, seed: int) -> bool:
    """Tell whether a bug in every server is found."""
    part = Part(PLANTED[plant], ROUNDS_TO_CATCH, 1.0)
    report = Report(f"servers with {plant}", None, seed=seed)
    try:
        asyncio.run(run(2, outages(part, random.Random(seed)), seed, report, Faults(plant=plant)))
    except CampaignFailed as found:
        print(f"caught {plant} in round {len(report.rounds)}: {str(found).splitlines()[1]}", flush=True)
        return True
    print(f"NOT caught: {plant} in {ROUNDS_TO_CATCH} rounds", flush=True)
    return False


def main(given: Sequence[str] | None = None) -> int:
    """All parts and all planted bugs; or, when any is named, only what is named."""
    reading = argparse.ArgumentParser(prog="python -m tests.campaigns.servers", description=__doc__)
    for name, part in PARTS.items():
        reading.add_argument(f"--{name}", type=int, metavar="ROUNDS", help=f"this part (in the full form {part.rounds} rounds)")
    reading.add_argument("--planted", action="store_true", help="bugs put in on purpose, which must be caught")
    reading.add_argument("--seed", type=int, default=SEED, help=f"where all chance comes from (default: {SEED})")
    reading.add_argument("--out", type=Path, default=RESULTS, help=f"the folder for the JSON lines (default: {RESULTS})")
    options = reading.parse_args(given)
    counts = {name: getattr(options, name) for name in PARTS}
    is_full = not options.planted and not any(counts.values())
    try:
        for name, part in PARTS.items():
            if count := part.rounds if is_full else counts[name]:
                run_part(part._replace(rounds=count), options.seed, Report(f"servers-{name}", options.out, seed=options.seed, rounds=count))
    except CampaignFailed as failure:
        return fail(failure)
    is_caught = [catch(plant, options.seed) for plant in PLANTED] if is_full or options.planted else []
    return 0 if all(is_caught) else 1


if __name__ == "__main__":
    sys.exit(main())
