"""`python -m tests.bench.hall`: all scenarios, all servers in turn, several times; prints medians and ratios.

--runs 3 --seconds 5 --only 200 --servers ours,Hocuspocus
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.hall.chart import chart
from tests.bench.hall.measure import Found, measure, median_of
from tests.bench.hall.scenarios import ALONE, PRESENCE, TABLE, Scenario
from tests.bench.hall.servers import ALL, HOCUSPOCUS, OURS, Server

MOST_LOST: Final = 0.1
"""Of what should be delivered."""

Results = dict[Scenario, dict[str, Found]]


def run(scenarios: Sequence[Scenario], servers: Sequence[Server], runs: int, seconds: float) -> Results:
    """Measure each scenario with each server in turn, so that whatever else the machine does hits all alike."""
    results: Results = {}
    for scenario in scenarios:
        print(f"\n{scenario.name}  ({scenario.deliveries_per_second:,.0f} deliveries a second)", flush=True)
        found: dict[str, list[Found]] = defaultdict(list)
        for _ in range(runs):
            for server in servers:
                if not has_collapsed(found[server.name]) and (scenario in TABLE or server in (OURS, HOCUSPOCUS)):
                    found[server.name].append(measure(server, scenario, seconds))
        found = {name: runs_of for name, runs_of in found.items() if runs_of}
        results[scenario] = {name: median_of(runs_of) for name, runs_of in found.items()}
        _print(results[scenario])
    return results


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
        ratio = f"{ours.us / each.us:.2f}" if ours and not ours.unfair() else ""
        print(
            f"{name:<24}{each.us:>12.2f}{ratio:>12}{each.p50:>9.1f}{each.p99:>9.1f}"
            f"{each.server_share:>11.0%}{each.undelivered:>13,}{each.generator_share:>11.0%}"
        )
        for wrong in each.wrong[:3]:
            print(f"    wrong: {wrong}")


def main() -> None:
    reading = argparse.ArgumentParser(prog="python -m tests.bench.hall", description=__doc__)
    reading.add_argument("--runs", type=int, default=3)
    reading.add_argument("--seconds", type=float, default=2.5)
    reading.add_argument("--only", default="", help="scenarios whose name holds this")
    reading.add_argument("--servers", default="", help="servers whose name begins with one of these, with commas between")
    reading.add_argument("--chart", type=Path, help="write the chart to this SVG")
    given = reading.parse_args()
    scenarios = [each for each in (*TABLE, PRESENCE, ALONE) if given.only in each.name]
    servers = [each for each in ALL if each.name.startswith(tuple(given.servers.split(",")))]
    results = run(scenarios, servers, given.runs, given.seconds)
    if given.chart:
        given.chart.write_text(chart(results), "utf-8")


if __name__ == "__main__":
    main()
