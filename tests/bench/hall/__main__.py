"""`python -m tests.bench.hall`: all scenarios, all servers in turn, several times; prints medians and ratios.

--runs 3 --seconds 2.5 --only 200 --servers ours,Hocuspocus
--whole FOLDER     everything there is, in some 20 minutes: also joining, idle cost, growth, capacity; writes hall.svg and hall.md
"""

from __future__ import annotations

import argparse
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from tests.bench.hall.capacity import Capacity, capacity
from tests.bench.hall.chart import chart
from tests.bench.hall.measure import MOST_LOST, Found, measure, median_of
from tests.bench.hall.opening import opening_ms
from tests.bench.hall.report import Whole, report
from tests.bench.hall.scenarios import ALONE, EMPTY, GROWTH, JOINING, PRESENCE, ROOMS, SEATED, TABLE, Scenario, crowd
from tests.bench.hall.servers import ALL, HOCUSPOCUS, OURS, RAW, Server

Results = dict[Scenario, dict[str, Found]]


def run(scenarios: Sequence[Scenario], servers: Sequence[Server], runs: int, seconds: float) -> Results:
    """Measure each scenario with each server in turn, so that whatever else the machine does hits all alike."""
    results: Results = {}
    for scenario in scenarios:
        print(f"\n{scenario.name}  ({scenario.deliveries_per_second:,.0f} deliveries a second)", flush=True)
        found: dict[str, list[Found]] = defaultdict(list)
        for seed in range(runs):
            for server in servers:
                if not has_collapsed(found[server.name]) and (scenario in TABLE or server in (OURS, HOCUSPOCUS)):
                    found[server.name] += _tried(server, scenario, seconds, seed)
        found = {name: runs_of for name, runs_of in found.items() if runs_of}
        results[scenario] = {name: median_of(runs_of) for name, runs_of in found.items()}
        _print(results[scenario])
    return results


def _tried(server: Server, scenario: Scenario, seconds: float, seed: int) -> list[Found]:
    """Measure once; a server that fails is told of and left out, so that the others are not lost with it."""
    try:
        return [measure(server, scenario, seconds, seed)]
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as fault:
        print(f"{server.name:<24}failed: {str(fault)[:200]}", flush=True)
        return []


def has_collapsed(runs: Sequence[Found]) -> bool:
    """Tell whether a server lost so much that once is enough."""
    return any(run.undelivered > run.delivered * MOST_LOST for run in runs)


def _print(found: dict[str, Found]) -> None:
    ours = found.get("ours")
    print(f"{'':<24}{'µs/delivery':>12}{'ours to it':>12}{'p50 ms':>9}{'p99 ms':>9}{'of a core':>11}{'undelivered':>13}{'generator':>11}")
    for name, each in found.items():
        if unfair := each.unfair():
            print(f"{name:<24}nothing can be said: {unfair}")
            continue
        ratio = f"{ours.us / each.us:.2f}" if ours and each.us and not ours.unfair() else ""
        print(
            f"{name:<24}{each.us:>12.2f}{ratio:>12}{each.p50:>9.1f}{each.p99:>9.1f}"
            f"{each.server_share:>11.0%}{each.undelivered:>13,}{each.generator_share:>11.0%}"
        )
        for wrong in each.wrong[:3]:
            print(f"    wrong: {wrong}")


def _medians(server: Server, scenarios: Sequence[Scenario], runs: int, seconds: float) -> dict[Scenario, Found]:
    found: dict[Scenario, Found] = {}
    for scenario in scenarios:
        print(f"{scenario.name}", flush=True)
        if tried := [each for seed in range(runs) for each in _tried(server, scenario, seconds, seed)]:
            found[scenario] = median_of(tried)
    return found


def _joining(runs: int, seconds: float) -> dict[str, Found]:
    bare = replace(JOINING, clients=0, writers=0, bytes=0)
    found = {server.name: _medians(server, [scenario], runs, seconds) for server, scenario in ((RAW, bare), (OURS, JOINING))}
    return {name: each for name, medians in found.items() for each in medians.values()}


def _crowd(server: Server, seconds: float, writers: int) -> Found:
    return measure(server, crowd(writers), seconds)


def _capacities(seconds: float) -> dict[str, Capacity]:
    found: dict[str, Capacity] = {}
    for server in (OURS, HOCUSPOCUS):
        print(f"how many can write: {server.name}", flush=True)
        found[server.name] = capacity(partial(_crowd, server, seconds))
    return found


def whole(folder: Path, runs: int, seconds: float) -> None:
    """Measure everything; write the chart and the tables after each part, so that a run cut short is not lost."""
    found = Whole()

    def keep() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "hall.svg").write_text(chart({hall: each for hall, each in found.halls.items() if hall is not ALONE}), "utf-8")
        (folder / "hall.md").write_text(report(found, f"python -m tests.bench.hall --whole {folder.name}", date.today()), "utf-8")

    found.halls = run((*TABLE, PRESENCE, ALONE), ALL, runs, seconds)
    keep()
    found.joining = _joining(runs, seconds)
    found.idle = _medians(OURS, (EMPTY, SEATED, ROOMS), 1, 0.5)
    found.opening_ms = opening_ms()
    keep()
    found.growth = _medians(OURS, GROWTH, 1, seconds)
    keep()
    found.capacities = _capacities(seconds)
    keep()
    print((folder / "hall.md").read_text("utf-8"))


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m tests.bench.hall", description=__doc__)
    reading.add_argument("--runs", type=int, default=3)
    reading.add_argument("--seconds", type=float, default=2.5)
    reading.add_argument("--only", default="", help="scenarios whose name holds this")
    reading.add_argument("--servers", default="", help="servers whose name begins with one of these, with commas between")
    reading.add_argument("--whole", type=Path, help="measure everything and write hall.svg and hall.md to this folder")
    given = reading.parse_args()
    if given.whole:
        whole(given.whole, given.runs, given.seconds)
        return
    scenarios = [each for each in (*TABLE, PRESENCE, ALONE) if given.only in each.name]
    servers = [each for each in ALL if each.name.startswith(tuple(given.servers.split(",")))]
    run(scenarios, servers, given.runs, given.seconds)


if __name__ == "__main__":
    main()
