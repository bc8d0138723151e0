"""Whatever strangers send over sockets, a real server serves on: the frames of `fuzz_frames.py`, from every role, beside someone at work.

    python -m tests.campaigns.fuzz_sockets --rounds 51 --seed 7

Each round is 2,000 frames at a new case. The server may not end, break a room or a connection, nor grow by more than 64 MB in the whole
run; who works there is saved every time, and sees what a newcomer sees. What one frame costs is measured without sockets, by `fuzz`.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from crdt.gate import ROLES
from tests.campaigns.fuzz import MOST_GROWTH_BYTES
from tests.campaigns.fuzz_child import letters
from tests.campaigns.fuzz_frames import MINE, VICTIM, frame, start
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.stalls import memory_bytes
from tests.campaigns.strangers import Case, Guest, throw
from tests.process import ServerProcess

NAME: Final = "fuzz_sockets"
FRAMES_A_ROUND: Final = 2_000
AT_ONCE: Final = 4
"""More than so many refused changes in a row make the server read slowly."""

THROWERS: Final = 12
WARM_UP_ROUNDS: Final = 1
BROKEN: Final = ("room-broken", "connection-broken", "log-hole", "commit-conflict", "Traceback")


async def one_round(server: ServerProcess, seed: int, first: int, count: int) -> tuple[list[str], dict[str, Any]]:
    """Throw frames at a new case while someone works in it; return what is wrong, and what was done."""
    case = Case(server)
    problems: list[str] = []
    async with AsyncExitStack() as stack:
        victim = await Guest.enter(stack, case.url("partner", "Vera"), VICTIM)
        await victim.change(start(victim.participant))
        worker = await Guest.enter(stack, case.url("partner", "Wim"), VICTIM + 2)
        strangers = [case.url(role, f"Gast {role}") for role in ROLES]
        throwing = [asyncio.create_task(_throw(strangers, seed, first, count, number)) for number in range(THROWERS)]
        notes = 0
        while not all(task.done() for task in throwing) or not notes:
            notes += 1
            await worker.change(worker.copy.add_note(f"honest{notes}", "wie werkt, werkt door"))
            await asyncio.wait(throwing, timeout=0.2)
        connections = sum([await task for task in throwing])
        newcomer = await Guest.enter(stack, case.url("viewer", "Nico"), VICTIM + 3)
        await worker.catch_up()
        if letters(newcomer.copy.document) != letters(worker.copy.document):
            problems.append("who worked there sees another case than a newcomer")
        problems += [f"who worked there was refused: {reason}" for reason in worker.refused]
    return problems, {"frames": count, "connections": connections, "saved_meanwhile": notes}


async def _throw(strangers: Sequence[str], seed: int, first: int, count: int, number: int) -> int:
    """Throw every so-manieth frame, as one of the strangers, under a client id of their own."""
    which = number % len(strangers)
    frames = (frame(seed, at, mine=MINE + which).data for at in range(first + number, first + count, THROWERS))
    return await throw(strangers[which], frames, AT_ONCE)


def run(rounds: int, seed: int, report: Report, frames_a_round: int = FRAMES_A_ROUND) -> None:
    """Run so many rounds against one server. Raises CampaignFailed at the first that does harm."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, ServerProcess(Path(folder) / "data") as server:
        base = 0
        for number in range(rounds):
            problems, facts = _round(server, seed, number * frames_a_round, frames_a_round)
            grown = memory_bytes(server) - base if base else 0
            base = base or (memory_bytes(server) if number + 1 >= WARM_UP_ROUNDS else 0)
            if grown > MOST_GROWTH_BYTES:
                problems.append(f"memory grew by {grown:,} bytes, limit is {MOST_GROWTH_BYTES:,}")
            report.round(problems, seed=seed, first=number * frames_a_round, grown_bytes=grown, **facts)


def _round(server: ServerProcess, seed: int, first: int, count: int) -> tuple[list[str], dict[str, Any]]:
    try:
        problems, facts = asyncio.run(one_round(server, seed, first, count))
    except (OSError, TimeoutError) as fault:
        problems, facts = [f"frames {first} to {first + count}: {fault!r}"], {}
    if server.has_ended():
        problems.append("the server has ended")
    log = server.log_path.read_text("utf-8")
    problems += [line for line in log.splitlines() if any(word in line for word in BROKEN)][:5]
    return problems, facts


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Whatever strangers send over sockets, the server serves on.", 51, given)
    report = Report(NAME, asked.out, seed=asked.seed, rounds=asked.rounds)
    try:
        run(asked.rounds, asked.seed, report)
    except CampaignFailed as error:
        return fail(error)
    totals = {key: report.total(key) for key in ("frames", "connections", "saved_meanwhile")}
    most = max(entry["grown_bytes"] for entry in report.rounds)
    report.summary(**totals, deaths=0, broken=0, most_grown_mb=round(most / 2**20, 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
