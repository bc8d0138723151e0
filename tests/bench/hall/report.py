"""Writes what was found as tables in Markdown, for `docs/performance.md`. Says of a run only what may be said."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.bench.hall.capacity import Capacity
from tests.bench.hall.measure import Found
from tests.bench.hall.scenarios import EMPTY, JOINING, ROOMS, SEATED, Scenario

Results = Mapping[Scenario, Mapping[str, Found]]


@dataclass(slots=True)
class Whole:
    """All that a whole run finds. Empty is what was not measured."""

    halls: Results = field(default_factory=dict)
    growth: Mapping[Scenario, Found] = field(default_factory=dict)
    joining: Mapping[str, Found] = field(default_factory=dict)
    idle: Mapping[Scenario, Found] = field(default_factory=dict)
    capacities: Mapping[str, Capacity] = field(default_factory=dict)
    opening_ms: float | None = None


def report(whole: Whole, command: str, today: date) -> str:
    """Return the report. `command` is what made it."""
    head = [f"{today}, {_processor()}, Linux {platform.release()}, Python {platform.python_version()}. `{command}`", ""]
    parts = (_halls(whole.halls), _growth(whole.growth), _joining(whole.joining), _others(whole))
    return "\n".join([*head, *(line for part in parts for line in part)])


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.machine()


def _halls(results: Results) -> Iterable[str]:
    if not results:
        return
    yield "| hall | server | µs per delivery | ours to it | p50 ms | p99 ms | of a core | not delivered | probes |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for scenario, found in results.items():
        ours = found.get("ours")
        for name, each in found.items():
            yield f"| {scenario.name} | {name} | {_figures(each, ours)} |"
    yield ""


def _figures(each: Found, ours: Found | None) -> str:
    if unfair := each.unfair():
        return f"nothing can be said: {unfair} | | | | | |"
    ratio = f"{ours.us / each.us:.2f}" if ours is not None and each.us and not ours.unfair() else ""
    probes = "wrong" if each.wrong else "right"
    return f"{each.us:.2f} | {ratio} | {each.p50:.1f} | {each.p99:.0f} | {each.server_share:.0%} | {each.undelivered:,} | {probes}"


def _growth(results: Mapping[Scenario, Found]) -> Iterable[str]:
    if not results:
        return
    yield "| how the cost grows (ours) | µs per delivery | µs per letter | p99 ms | of a core |"
    yield "|---|---|---|---|---|"
    for scenario, each in results.items():
        per_letter = each.us * (scenario.clients - 1)
        told = f"{each.us:.2f} | {per_letter:.0f} | {each.p99:.0f} | {each.server_share:.0%}"
        yield f"| {scenario.name} | {f'nothing can be said: {each.unfair()} | | |' if each.unfair() else told} |"
    yield ""


def _joining(found: Mapping[str, Found]) -> Iterable[str]:
    if not found:
        return
    yield f"| {JOINING.joiners} come at once | CPU ms per joiner | kB each | all in after, ms | p99 of those seated, ms | turned away |"
    yield "|---|---|---|---|---|---|"
    for name, each in found.items():
        seated = f"{each.p99:.0f}" if each.delivered else "nobody is"
        cpu_ms, size = each.join_s * 1_000 / JOINING.joiners, each.join_bytes / JOINING.joiners / 1_000
        yield f"| {name} | {cpu_ms:.2f} | {size:.0f} | {each.join_ms:.0f} | {seated} | {each.turned_away} |"
    yield ""


def _others(whole: Whole) -> Iterable[str]:
    if whole.idle:
        each = per_idle_kb(whole.idle)
        yield f"- Memory: {each[0]:.0f} kB for an idle connection, {each[1]:.0f} kB for an open room with one client in it."
    if whole.opening_ms is not None:
        yield f"- Opening a case of 50,000 updates that nobody has open: {whole.opening_ms:.0f} ms."
    for name, found in whole.capacities.items():
        yield f"- Most who can write in one canvas, 2 letters a second each, with p99 at most 100 ms: {name} {found.writers} ({found.end})."


def per_idle_kb(idle: Mapping[Scenario, Found]) -> tuple[float, float]:
    """Return how much memory a connection takes, and a room, beyond a server with one room and one client."""
    empty = idle[EMPTY].memory_kb
    return (idle[SEATED].memory_kb - empty) / (SEATED.clients - 1), (idle[ROOMS].memory_kb - empty) / (ROOMS.rooms - 1)
