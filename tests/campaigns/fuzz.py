"""Whatever strangers send, the server stands: a million frames no honest client sends, thrown at rooms in processes with little memory.

    python -m tests.campaigns.fuzz --rounds 50 --seed 7

Each round is 20,000 frames into the walker, and on from there into a room when it lets them pass. No child may die, no exception escape, no
frame take more than 50 ms of CPU, and memory may not grow by more than 64 MB. A frame that did harm is made again by its number:
`tests.campaigns.fuzz_frames.frame(SEED, NUMBER)`. Over sockets: `fuzz_sockets`. That honest clients are never refused: `fuzz_honest`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.support import PROJECT

NAME: Final = "fuzz"
FRAMES_A_ROUND: Final = 20_000
MOST_GROWTH_BYTES: Final = 64 * 2**20
MOST_CPU_MS: Final = 50.0
DEADLINE_S: Final = 600
CHILD = "tests.campaigns.fuzz_child"


def run_child(seed: int, first: int, count: int) -> tuple[dict[str, Any], list[str]]:
    """Throw frames at a room in a process of its own; return what became of them, and what is wrong."""
    with tempfile.NamedTemporaryFile() as mark:
        mark.write(bytes(8))
        mark.flush()
        command = [sys.executable, "-m", CHILD, str(seed), str(first), str(count), mark.name]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=DEADLINE_S, check=False)
        at = int.from_bytes(Path(mark.name).read_bytes(), "little")
    if done.returncode != 0:
        return {}, [f"the process ended with {done.returncode} at frame {at} of seed {seed}: {done.stderr[-500:]}"]
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome, problems(outcome)


def problems(outcome: dict[str, Any]) -> list[str]:
    """Say what a run of frames did that it must not do."""
    found = list(outcome["escaped"][:5])
    if outcome["grown_bytes"] > MOST_GROWTH_BYTES:
        found.append(f"memory grew by {outcome['grown_bytes']:,} bytes, limit is {MOST_GROWTH_BYTES:,}")
    return found


def too_dear(report: Report) -> list[str]:
    """Say which frames take too much CPU, also when they are tried again alone: a busy machine can make any frame look dear once."""
    return [
        f"frame {number} of seed {entry['seed']} ({kind}, {became}) took {took} ms of CPU, limit is {MOST_CPU_MS}"
        for entry in report.rounds
        for took, number, kind, became in entry["dearest"]
        if took > MOST_CPU_MS and _again(entry["seed"], number) > MOST_CPU_MS
    ]


def _again(seed: int, number: int) -> float:
    """Return the least CPU time, in ms, of a frame in three fresh rooms."""
    from tests.campaigns.fuzz_child import run

    return min(run(seed, number, 1).dearest[0][0] for _ in range(3))


def run(rounds: int, seed: int, report: Report, frames_a_round: int = FRAMES_A_ROUND) -> None:
    """Run so many rounds. Raises CampaignFailed at the first that does harm."""
    for number in range(rounds):
        outcome, found = run_child(seed, number * frames_a_round, frames_a_round)
        report.round(found, seed=seed, **outcome)
    dear = too_dear(report)
    if dear:
        raise CampaignFailed("\n".join(dear))


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Whatever strangers send, the server stands.", 50, given)
    report = Report(NAME, asked.out, seed=asked.seed, rounds=asked.rounds)
    try:
        run(asked.rounds, asked.seed, report)
    except CampaignFailed as error:
        return fail(error)
    dearest = max(tuple(frame) for entry in report.rounds for frame in entry["dearest"])
    totals = {key: report.total(key) for key in ("frames", "unreadable", "refused", "taken")}
    most = max(entry["grown_bytes"] for entry in report.rounds)
    report.summary(**totals, deaths=0, escaped=0, most_grown_mb=round(most / 2**20, 1), dearest_ms=dearest[0], dearest_frame=dearest[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
