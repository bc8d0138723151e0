"""Clients that hold things back: heads and bodies drop by drop, crumbs of messages, nothing read, no ping answered, beside people at work.

    python -m tests.campaigns.stalls --rounds 3
    python -m tests.campaigns.stalls --only sends_crumbs --only says_nothing

Each round is a real server with short deadlines. Every such client must be let go in time, the server's memory may not grow by more than
its bound, and the 95th percentile of `saved` for the people at work, in calm and under attack by turns, may not rise by more than a fifth.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crdt import wire
from tests.campaigns.raw_socket import BINARY, PING, RawSocket, frame
from tests.campaigns.report import CampaignFailed, Report, arguments_parser, fail, percentiles
from tests.campaigns.sitting import ask
from tests.campaigns.storm import CrowdProcess, Storm, crowds
from tests.process import ServerProcess

SETTINGS: Final = {"head_s": "2", "body_s": "3", "stall_s": "2", "ping_every_s": "2", "max_waiting": "200"}
PATIENCE_S: Final = 12.0
"""By then the longest of these deadlines has passed: two pings, and a goodbye that nobody reads."""
EDITORS: Final = 10
EDITORS_PAUSE_S: Final = 0.1
CALM_S: Final = 8.0
RETURN_S: Final = 1.0
MOST_GROWTH_BYTES: Final = 64 * 2**20
MOST_RATIO: Final = 1.2
TURNS: Final = 5
_NOTES: Final = {"value": ["een notitie van gewone lengte, om niet te lezen. " * 4] * 300}
FULL_CASE: Final = json.dumps({"format": "purpose-case/1", "title": "Proef", "language": "nl", "notes": _NOTES})


@dataclass(frozen=True, slots=True)
class Target:
    """Where to attack: a port, a case, and tokens for it."""

    port: int
    case: str
    tokens: tuple[str, ...]


Attack = Callable[[RawSocket], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Effort:
    """Which attacks are made, how many times, and with what share of their attackers and of the time."""

    kinds: tuple[Attack, ...]
    turns: int = TURNS
    share: float = 1.0


Span = tuple[float, float, bool]
"""From when until when, and whether under attack."""


async def _drip(raw: RawSocket, data: bytes, every_s: float = 0.3) -> bool:
    """Send byte by byte; tell whether the server ends it."""
    ends = time.monotonic() + PATIENCE_S
    for octet in data:
        if time.monotonic() > ends:
            return False
        if not await raw.send(bytes((octet,))) or await raw.is_ended_within(every_s):
            return True
    return await raw.is_ended_within(PATIENCE_S)


async def says_nothing(raw: RawSocket) -> bool:
    return await raw.is_ended_within(PATIENCE_S)


async def drips_a_head(raw: RawSocket) -> bool:
    return await _drip(raw, b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 200)


async def drips_a_body(raw: RawSocket) -> bool:
    await raw.send(b"POST /api/cases HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
    return await _drip(raw, b"{" + b" " * 200)


async def sends_an_endless_head(raw: RawSocket) -> bool:
    await raw.send(b"GET / HTTP/1.1\r\nHost: here\r\n")
    return any([not await raw.send(b"X-More: " + b"x" * 8_000 + b"\r\n") for _ in range(100)]) or await raw.is_ended_within(1.0)


async def sends_crumbs(raw: RawSocket) -> bool:
    await raw.send(frame(BINARY, b"\x00", fin=False))
    for _ in range(200):
        if not await raw.send(frame(0, b"", fin=False) * 50):
            return True
    return await raw.is_ended_within(PATIENCE_S)


async def holds_a_message_back(raw: RawSocket) -> bool:
    await raw.send(frame(BINARY, b"\x00\x02", announced=1_000_000))
    return await _drip(raw, b"\x00" * 200)


async def answers_no_ping(raw: RawSocket) -> bool:
    return await raw.is_ended_within(PATIENCE_S)


async def reads_nothing(raw: RawSocket) -> bool:
    """Ask for the whole case, again and again, and read none of it."""
    await raw.send(frame(BINARY, wire.vector_frame(b"\x00")) * 20)
    return await raw.is_ended_within(PATIENCE_S, reads=False)


async def pings_and_reads_nothing(raw: RawSocket) -> bool:
    for _ in range(2_000):
        if not await raw.send(frame(PING, b"x" * 125) * 200):
            return True
    return await raw.is_ended_within(PATIENCE_S, reads=False)


ATTACKS: Final[dict[Attack, int]] = {
    says_nothing: 300,
    drips_a_head: 60,
    drips_a_body: 30,
    sends_an_endless_head: 20,
    sends_crumbs: 20,
    holds_a_message_back: 20,
    answers_no_ping: 20,
    reads_nothing: 20,
    pings_and_reads_nothing: 5,
}


BEFORE_THE_SOCKET: Final = (says_nothing, drips_a_head, drips_a_body, sends_an_endless_head)
DEAF: Final = (reads_nothing, pings_and_reads_nothing)


async def attack(target: Target, effort: Effort) -> dict[str, int]:
    """Make all these attacks at once, each again and again until the time is over; return how many of each the server did not end."""
    ends = time.monotonic() + CALM_S * effort.share

    async def of_one(kind: Attack, number: int) -> int:
        chance, left = random.Random(f"{kind.__name__}/{number}"), 0
        while True:
            left += not await _ended(kind, target, number)
            if time.monotonic() >= ends:
                return left
            await asyncio.sleep(RETURN_S * chance.uniform(0.5, 1.5))

    async def of_all(kind: Attack) -> int:
        return sum(await asyncio.gather(*(of_one(kind, number) for number in range(max(1, round(ATTACKS[kind] * effort.share))))))

    left = await asyncio.gather(*map(of_all, effort.kinds))
    return {kind.__name__: number for kind, number in zip(effort.kinds, left, strict=True)}


async def _ended(kind: Attack, target: Target, number: int) -> bool:
    raw = RawSocket(target.port, reads=kind not in DEAF)
    try:
        await raw.connect()
        if kind not in BEFORE_THE_SOCKET:
            await raw.upgrade(target.case, target.tokens[number % len(target.tokens)])
        return await kind(raw)
    except (OSError, AssertionError, TimeoutError):
        return True  # the server did not even let it begin
    finally:
        raw.close()


def memory_bytes(server: ServerProcess) -> int:
    pages = Path(f"/proc/{server.server_pid()}/statm").read_text("ascii").split()[1]
    return int(pages) * 4_096


def measure(seed: int, effort: Effort) -> tuple[list[str], dict[str, Any]]:
    """Attack by turns beside people at work; return what is wrong, and the figures."""
    with tempfile.TemporaryDirectory(prefix="stalls-") as name:
        storm = Storm(Path(name), seed, **SETTINGS)
        with storm.server:
            storm.begin(FULL_CASE)
            target = aim(storm)
            with crowds(storm.crowd(EDITORS, pause_s=EDITORS_PAUSE_S)) as [crowd]:
                crowd.tell("enter")
                crowd.hear()
                before = memory_bytes(storm.server)
                spans, left, most = _by_turns(crowd, storm.server, target, effort)
                crowd.tell("enter")
                latencies = crowd.hear()["latencies"]
                crowd.hear()
                closing = crowd.end()
            return _judge(storm.judge(closing), latencies, spans, left, most - before)


def aim(storm: Storm) -> Target:
    """Let participants in whose connections then misbehave."""
    words = {"command": "token", "case": storm.case, "role": "partner", "name": "Gast", "partner": None}
    tokens = tuple(str(ask(storm.server, **words)) for _ in range(10))
    return Target(storm.server.port, storm.case, tokens)


def _by_turns(crowd: CrowdProcess, server: ServerProcess, target: Target, effort: Effort) -> tuple[list[Span], list[dict[str, int]], int]:
    """Let people work, in calm and under attack by turns; return when each was, what was left of each attack, and the most memory."""
    spans, left, most = [], [], 0
    crowd.tell("write")
    for _ in range(effort.turns):
        began = time.monotonic()
        time.sleep(CALM_S * effort.share)
        spans.append((began, time.monotonic(), False))
        began = time.monotonic()
        left.append(asyncio.run(attack(target, effort)))
        spans.append((began, time.monotonic(), True))
        most = max(most, memory_bytes(server))
    return spans, left, most


def _judge(
    problems: list[str],
    latencies: list[tuple[float, float]],
    spans: list[tuple[float, float, bool]],
    left: list[dict[str, int]],
    grown: int,
) -> tuple[list[str], dict[str, Any]]:
    p95s: dict[bool, list[float]] = {False: [], True: []}
    for begins, ends, is_attack in spans:
        told = [took * 1000 for sent, took in latencies if begins <= sent <= ends]
        p95s[is_attack].append(percentiles(told)["p95"])
    ratio = statistics.median(p95s[True]) / statistics.median(p95s[False])
    problems += [f"{count} that {kind} were still there after {PATIENCE_S} s" for one in left for kind, count in one.items() if count]
    if grown > MOST_GROWTH_BYTES:
        problems.append(f"the server grew by {grown:,} bytes, limit is {MOST_GROWTH_BYTES:,}")
    calm, attacked = (statistics.median(p95s[is_attack]) for is_attack in (False, True))
    return problems, {"saved_p95_calm_ms": calm, "saved_p95_attacked_ms": attacked, "ratio": round(ratio, 2), "grown_bytes": grown}


def main(given: Sequence[str] | None = None) -> int:
    by_name = {kind.__name__: kind for kind in ATTACKS}
    parser = arguments_parser("stalls", "Clients that hold things back, beside people at work.", 1)
    parser.add_argument("--only", action="append", choices=by_name, help="make this attack alone; may be given again")
    words = parser.parse_args(given)
    effort = Effort(tuple(by_name[name] for name in words.only or by_name))
    attackers = {kind.__name__: ATTACKS[kind] for kind in effort.kinds}
    report = Report("stalls", words.out, seed=words.seed, rounds=words.rounds, attackers=attackers, **SETTINGS)
    try:
        for number in range(words.rounds):
            problems, figures = measure(words.seed + number, effort)
            slow = [f"p95 rose to {figures['ratio']} times, limit is {MOST_RATIO}"] if figures["ratio"] > MOST_RATIO else []
            report.round(problems + slow, **figures)
            report.summary(**figures)
    except CampaignFailed as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
