"""One run: a server on one core, the generator on the other, and what was found. Whether that may be reported is decided here as well."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from tests.bench.hall.scenarios import Scenario
from tests.bench.hall.servers import GENERATOR_CORE, Server, pinned

GENERATOR: Final = Path(__file__).parent / "generator.mjs"
MOST_GENERATOR_SHARE: Final = 0.9
MOST_LAG_MS: Final = 15.0
MOST_LOST: Final = 0.1
"""Of what should be delivered; who loses more has collapsed."""

_TIMEOUT_S: Final = 120


@dataclass(frozen=True, slots=True)
class Found:
    """What one run found; times in ms (not a number when nothing came), shares of one core. `us` is server CPU per update delivered."""

    us: float
    p50: float
    p95: float
    p99: float
    server_share: float
    generator_share: float
    lag_ms: float
    delivered: int
    undelivered: int
    frames: int
    ended: int
    wrong: tuple[str, ...]
    memory_kb: int
    join_s: float = 0.0
    join_ms: float = 0.0
    join_bytes: int = 0
    turned_away: int = 0

    def unfair(self) -> str | None:
        """Say why nothing may be concluded from this run: the generator itself could not keep up."""
        if self.generator_share > MOST_GENERATOR_SHARE:
            return f"the generator was saturated ({self.generator_share:.0%} of its core)"
        if self.lag_ms > MOST_LAG_MS:
            return f"the generator was late (p99 {self.lag_ms:.0f} ms)"
        return None


def measure(server: Server, scenario: Scenario, seconds: float, seed: int = 0) -> Found:
    """Run a scenario once against a fresh server; of a seed follow the moments of letters and signs of life."""
    with server.run(scenario) as running:
        asked = asdict(scenario) | {
            "port": running.port,
            "pid": running.pid,
            "flavour": server.flavour,
            "rooms": running.rooms,
            "seconds": seconds,
            "seed": seed,
        }
        done = subprocess.run(
            [*pinned(GENERATOR_CORE), "node", "--max-semi-space-size=64", str(GENERATOR)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        if done.returncode != 0 or not done.stdout:
            raise RuntimeError(f"the generator failed with {server.name}: {done.stderr.decode()[-2_000:]}")
        return _found(json.loads(done.stdout))


def _found(raw: dict[str, Any]) -> Found:
    return Found(
        us=raw["serverS"] / max(1, raw["delivered"]) * 1e6,
        p50=math.nan if raw["p50"] is None else raw["p50"],
        p95=math.nan if raw["p95"] is None else raw["p95"],
        p99=math.nan if raw["p99"] is None else raw["p99"],
        server_share=raw["serverShare"],
        generator_share=raw["generatorShare"],
        lag_ms=raw["lagP99"],
        delivered=raw["delivered"],
        undelivered=raw["undelivered"],
        frames=raw["frames"] + raw["others"],
        ended=raw["endedCount"],
        wrong=tuple(raw["wrong"] + raw["ended"]),
        memory_kb=raw["memoryKb"],
        join_s=raw["joinS"],
        join_ms=raw["joinMs"],
        join_bytes=raw["joinBytes"],
        turned_away=raw["turnedAway"],
    )


def median_of(runs: Sequence[Found]) -> Found:
    """Return the medians of several runs; of what must not be, the worst."""
    values: dict[str, Any] = {}
    for each in fields(Found):
        found = [getattr(run, each.name) for run in runs]
        if each.name in ("undelivered", "ended", "turned_away"):
            values[each.name] = max(found)
        elif each.name == "wrong":
            values[each.name] = tuple(wrong for run in found for wrong in run)
        else:
            values[each.name] = statistics.median(found)
    return Found(**values)
