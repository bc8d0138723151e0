"""Bugs planted on purpose: a campaign that does not catch one of them is not worth running.

Each plant is run through the campaign that should catch it; fails when one is not caught.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.campaigns import spoofing
from tests.campaigns.faults import Faults, Plant
from tests.campaigns.fsync import trace_round
from tests.campaigns.kill import KEYFRAME_ROWS, Aim, KillCampaign
from tests.campaigns.report import CampaignFailed, Report, arguments, fail

SLOW_DISK_S: Final = 0.02
DROPS_ONE_IN: Final = 1_000
DROPS_ONE_IN_SHORT: Final = 50
BY_KILLING: Final[tuple[Plant, ...]] = (
    "acknowledge-before-commit",
    "broadcast-before-commit",
    "drop-changes",
    "compact-through-document",
    "compact-and-drop",
)
BY_TRACING: Final[tuple[Plant, ...]] = ("skip-fsync",)
BY_SPOOFING: Final[tuple[Plant, ...]] = ("trust-authors", "trust-client-ids", "trust-presence", "trust-awareness-ids")
FORGED: Final = 60


def aim_for(plant: Plant, every: int) -> Aim:
    """Return the rounds that give a bug its chance: a slow disk for those that do not wait for it, compaction for those in it."""
    waits = 0.0 if plant == "drop-changes" or plant.startswith("compact") else SLOW_DISK_S
    faults = Faults(plant=plant, every=every, slow_append_s=waits, keyframe_rows=KEYFRAME_ROWS)
    return Aim(points=(), compacting_share=1.0 if plant.startswith("compact") else 0.0, faults=faults)


def catch(plant: Plant, seed: int, rounds: int, every: int, out: Path | None = None) -> str | None:
    """Run a campaign with a bug in the server until it is caught; return what was found, or None when nothing ever was."""
    if plant in BY_TRACING:
        problems, _ = asyncio.run(trace_round(seed, Faults(plant=plant)))
        return problems[0] if problems else None
    report = Report(f"planted-{plant}", out, plant=plant, seed=seed, rounds=rounds)
    try:
        if plant in BY_SPOOFING:
            spoofing.run(rounds, seed, report, FORGED, Faults(plant=plant))
            return None
        asyncio.run(KillCampaign(seed, report, aim_for(plant, every)).run(rounds))
    except CampaignFailed:
        return str(report.rounds[-1]["problems"][0])
    return None


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("planted", "Bugs planted on purpose must be caught; rounds are the most each may take.", 120, given)
    report = Report("planted", words.out, seed=words.seed, rounds=words.rounds)
    try:
        for plant in (*BY_KILLING, *BY_TRACING, *BY_SPOOFING):
            found = catch(plant, words.seed, words.rounds, DROPS_ONE_IN, words.out)
            report.round([] if found else [f"{plant} was not caught"], plant=plant, found=found)
    except CampaignFailed as error:
        return fail(error)
    report.summary(caught=len(report.rounds), of=len(BY_KILLING) + len(BY_TRACING) + len(BY_SPOOFING))
    return 0


if __name__ == "__main__":
    sys.exit(main())
