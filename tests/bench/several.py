"""`python -m tests.bench.several`: one case on several servers through Redis, beside Hocuspocus with its Redis extension.

Prints the time from a letter on one server to a screen on another, server CPU per delivery over all servers, and what an edit costs Redis:
messages published, bytes in and out, by its own count. All servers, Redis and PostgreSQL are kept to one core, the generator to the other;
ours commits to PostgreSQL with fsync on, Hocuspocus keeps nothing. Each server is one process.

--servers 2,3,4 --runs 3 --seconds 5 --clients 50 --writers 10 --rate 5
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from tests.bench.hall.measure import GENERATOR, MOST_GENERATOR_SHARE, MOST_LAG_MS
from tests.bench.hall.scenarios import Scenario
from tests.bench.hall.servers import GENERATOR_CORE, PEERS, SERVER_CORE, Room, our_rooms, pinned, wait_for
from tests.postgres import PostgresProcess
from tests.process import free_port
from tests.redis_process import RedisProcess
from tests.support import PROJECT

OURS: Final = "ours"
HOCUSPOCUS: Final = "hocuspocus"
_TIMEOUT_S: Final = 120
_STOP_S: Final = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run found: times in ms from one server to another, CPU of all servers, and what one edit cost Redis."""

    p50: float
    p99: float
    us: float
    share: float
    messages: float
    bytes_in: float
    bytes_out: float
    undelivered: int
    unfair: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Servers that run, and the Redis between them."""

    ports: list[int]
    pids: list[int]
    redis_port: int
    rooms: list[Room]


@contextmanager
def cluster(flavour: str, count: int, scenario: Scenario) -> Iterator[Cluster]:
    """Start so many servers of a kind, with all they share."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="several-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        redis = stack.enter_context(RedisProcess())
        os.sched_setaffinity(redis.pid, {int(SERVER_CORE)})
        environment = dict(os.environ) | {"NODE_ENV": "production"}
        if flavour == OURS:
            postgres = stack.enter_context(PostgresProcess(fsync="on"))
            os.sched_setaffinity(postgres.pid, {int(SERVER_CORE)})  # and with it every connection to come
            url = postgres.database()
            rooms = asyncio.run(our_rooms(folder, scenario, url))
            environment |= {"PUZZELTAFEL_DATABASE_URL": url, "PUZZELTAFEL_REDIS_URL": redis.url, "PUZZELTAFEL_DRAIN_S": "0"}
        else:
            rooms = [{"name": f"room{number}", "paths": ["/"] * scenario.clients} for number in range(scenario.rooms)]
        ports = [free_port() for _ in range(count)]
        commands = [_command(flavour, port, redis.port, folder / str(port)) for port in ports]
        pids = [stack.enter_context(_running(command, port, folder, environment)) for command, port in zip(commands, ports, strict=True)]
        yield Cluster(ports, pids, redis.port, rooms)


def _command(flavour: str, port: int, redis_port: int, folder: Path) -> Sequence[str]:
    if flavour == OURS:
        return (sys.executable, "-m", "server", "serve", "--port", str(port), "--data", str(folder))
    return ("node", str(PEERS / "hocuspocus.mjs"), str(port), str(redis_port))


@contextmanager
def _running(command: Sequence[str], port: int, folder: Path, environment: dict[str, str]) -> Iterator[int]:
    with (folder / "log").open("ab") as log:
        kept = ["taskset", "-c", SERVER_CORE, *command]
        process = subprocess.Popen(kept, cwd=PROJECT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, process, folder)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def measure(flavour: str, count: int, scenario: Scenario, seconds: float, seed: int = 0) -> Cost:
    """Run a scenario once on fresh servers; of a seed follow the moments of letters and signs of life."""
    with cluster(flavour, count, scenario) as running:
        asked = asdict(scenario) | {"flavour": flavour, "rooms": running.rooms, "seconds": seconds, "seed": seed}
        asked |= {"ports": running.ports, "pids": running.pids, "redis": running.redis_port}
        command = [*pinned(GENERATOR_CORE), "node", "--max-semi-space-size=64", str(GENERATOR)]
        done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=_TIMEOUT_S, check=False)
    if done.returncode != 0 or not done.stdout:
        raise RuntimeError(f"the generator failed with {count} × {flavour}: {done.stderr.decode()[-2_000:]}")
    return _cost(json.loads(done.stdout))


def _cost(raw: dict[str, Any]) -> Cost:
    edits, redis = max(1, raw["edits"]), raw["redis"]
    late = raw["lagP99"] > MOST_LAG_MS or raw["generatorShare"] > MOST_GENERATOR_SHARE
    wrong = [*raw["wrong"], *raw["ended"]]
    return Cost(
        p50=raw["p50"] or 0.0,
        p99=raw["p99"] or 0.0,
        us=raw["serverS"] / max(1, raw["delivered"]) * 1e6,
        share=raw["serverShare"],
        messages=redis["publishes"] / edits,
        bytes_in=redis["bytesIn"] / edits,
        bytes_out=redis["bytesOut"] / edits,
        undelivered=raw["undelivered"],
        unfair="generator late" if late else str(wrong[0]) if wrong else "",
    )


def _line(name: str, runs: Sequence[Cost]) -> str:
    fair = [run for run in runs if not run.unfair]
    if not fair:
        return f"{name:<26}nothing can be said: {runs[0].unfair}"
    numbers = ("p50", "p99", "us", "share", "messages", "bytes_in", "bytes_out")
    middle = {number: statistics.median(getattr(run, number) for run in fair) for number in numbers}
    return (
        f"{name:<26}{middle['p50']:>9.1f}{middle['p99']:>9.1f}{middle['us']:>13.1f}{middle['share']:>9.0%}{middle['messages']:>12.2f}"
        f"{middle['bytes_in']:>10.0f}{middle['bytes_out']:>10.0f}{max(run.undelivered for run in runs):>13,}{len(fair):>5}/{len(runs)}"
    )


def main(given: Sequence[str] | None = None) -> None:
    reading = argparse.ArgumentParser(prog="python -m tests.bench.several", description=__doc__)
    reading.add_argument("--servers", default="2,3,4", help="how many, with commas between")
    reading.add_argument("--runs", type=int, default=3)
    reading.add_argument("--seconds", type=float, default=5.0)
    reading.add_argument("--clients", type=int, default=50)
    reading.add_argument("--writers", type=int, default=10)
    reading.add_argument("--rate", type=float, default=5.0)
    options = reading.parse_args(given)
    scenario = Scenario("one case", 1, options.clients, options.writers, options.rate)
    print(f"1 canvas, {scenario.clients} clients, {scenario.writers} writers x {scenario.rate:g}/s; medians of {options.runs} runs")
    print(f"{'':<26}{'p50 ms':>9}{'p99 ms':>9}{'µs/delivery':>13}{'CPU':>9}{'msgs/edit':>12}{'B in':>10}{'B out':>10}{'undelivered':>13}")
    for count in map(int, options.servers.split(",")):
        found: dict[str, list[Cost]] = {OURS: [], HOCUSPOCUS: []}
        for seed in range(options.runs):
            for flavour, runs in found.items():
                runs.append(measure(flavour, count, scenario, options.seconds, seed))
        for flavour, runs in found.items():
            print(_line(f"{count} x {flavour}", runs), flush=True)


if __name__ == "__main__":
    main()
