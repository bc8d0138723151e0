"""What every campaign says: its seed and settings first, a JSON line per round in a folder, a summary last."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path("campaign-results")
SEED: Final = 20_260_101


class CampaignFailed(AssertionError):
    """A campaign found something; the message says what, and how to run it again."""


class Report:
    """The record of one run of a campaign. `out` is the folder of its JSON lines, or None to keep them in memory alone."""

    def __init__(self, name: str, out: Path | None, **settings: Any) -> None:
        self.name = name
        self.rounds: list[dict[str, Any]] = []
        self._settings = settings
        self._began = time.monotonic()
        self._file: Path | None = None
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            self._file = out / f"{name}.jsonl"
            self._file.write_text(json.dumps({"campaign": name, **settings}) + "\n", "utf-8")
        self._say(settings)

    def round(self, problems: Sequence[str], **facts: Any) -> None:
        """Keep what one round did. Raises CampaignFailed when it found problems."""
        entry = {"round": len(self.rounds), **facts, "problems": list(problems)}
        self.rounds.append(entry)
        self._write(entry)
        if problems:
            raise CampaignFailed(self._failure(problems))

    def keep(self, folder: Path) -> None:
        """Keep what a failed round left on disk beside the JSON lines, to look into."""
        if self._file is not None:
            shutil.copytree(folder, self._file.with_suffix(".failed"), ignore=shutil.ignore_patterns("*.sock"), dirs_exist_ok=True)

    def total(self, key: str) -> int:
        return sum(int(entry.get(key, 0)) for entry in self.rounds)

    def summary(self, **facts: Any) -> None:
        """Say what the run came to, and keep it as the last line."""
        told = {"rounds": len(self.rounds), **facts, "seconds": round(time.monotonic() - self._began, 1)}
        self._write({"summary": told})
        self._say(told)

    def _failure(self, problems: Sequence[str]) -> str:
        steps = "\n".join(f"  {json.dumps(entry)}" for entry in self.rounds[-6:])
        settings = " ".join(f"{key}={value}" for key, value in self._settings.items())
        return "\n".join([f"{self.name} failed ({settings}):", *(f"- {problem}" for problem in problems), "the last rounds:", steps])

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")

    def _say(self, facts: dict[str, Any]) -> None:
        print(f"{self.name}: " + ", ".join(f"{key} {value}" for key, value in facts.items()), flush=True)


def arguments(name: str, what: str, rounds: int, given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the words every campaign takes."""
    return arguments_parser(name, what, rounds).parse_args(given)


def arguments_parser(name: str, what: str, rounds: int) -> argparse.ArgumentParser:
    """Return what reads the words every campaign takes, for one that takes more."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.campaigns.{name}", description=what)
    parser.add_argument("--rounds", type=int, default=rounds, help=f"how many rounds (default: {rounds})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"where all chance comes from (default: {SEED})")
    parser.add_argument("--out", type=Path, default=RESULTS, help=f"the folder for the JSON lines (default: {RESULTS})")
    return parser


def percentiles(values: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Return p50, p95, p99 and the largest of some values; nothing for no values."""
    if not values:
        return {}
    ordered = sorted(values)
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}
    return {name: round(value, digits) for name, value in {**at, "max": ordered[-1]}.items()}


def fail(error: CampaignFailed) -> int:
    """Say what was found; return the exit code of a campaign that failed."""
    print(error, file=sys.stderr)
    return 1
