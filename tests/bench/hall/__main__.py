"""`python -m tests.bench.hall`: all scenarios, all servers in turn, several times; prints medians and ratios.

--runs 3 --seconds 5 --only 200 --servers ours,Hocuspocus
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

from tests.bench.hall.measure import Found, measure, median_of
from tests.bench.hall.scenarios import ALONE, PRESENCE, TABLE, Scenario
from tests.bench.hall.servers import ALL, Server

Results = dict[Scenario, dict[str, Found]]


def run(scenarios: Sequence[Scenario], servers: Sequence[Server], runs: int, seconds: float) -> Results:
    """Measure each scenario with each server in turn, so that whatever else the machine does hits all alike."""
    results: Results = {}
    for scenario in scenarios:
        print(f"\n{scenario.name}  ({scenario.deliveries_per_second:,.0f} deliveries a second)", flush=True)
        found: dict[str, list[Found]] = defaultdict(list)
        for _ in range(runs):
            for server in servers:
                found[server.name].append(measure(server, scenario, seconds))
        results[scenario] = {name: median_of(runs_of) for name, runs_of in found.items()}
        _print(results[scenario])
    return results


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
    reading.add_argument("--seconds", type=float, default=5.0)
    reading.add_argument("--only", default="", help="scenarios whose name holds this")
    reading.add_argument("--servers", default="", help="servers whose name begins with one of these, with commas between")
    given = reading.parse_args()
    scenarios = [each for each in (*TABLE, PRESENCE, ALONE) if given.only in each.name]
    servers = [each for each in ALL if each.name.startswith(tuple(given.servers.split(",")))]
    run(scenarios, servers, given.runs, given.seconds)


if __name__ == "__main__":
    main()
