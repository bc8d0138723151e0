"""Everyone comes back at once: after a restart, with changes that were not saved; and into a case where others are at work.

The crowd is a process of its own (`crowd.py`) and comes back as the shipped client does. Says how long it took until all were synced
and all was saved, how late the server's event loop was meanwhile, and how long those who stayed waited for `saved`. What was called
saved must be on disk; how fast it goes is only bounded so that a standstill fails.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from server.folder import DATABASE
from tests.campaigns.crowd import Crowd
from tests.campaigns.faults import LAUNCHER, Faults
from tests.campaigns.ledger import TOKEN
from tests.campaigns.oracle import read
from tests.campaigns.report import CampaignFailed, Report, arguments, fail, percentiles
from tests.campaigns.sitting import EMPTY_CASE, ask
from tests.process import ServerProcess
from tests.support import PROJECT

STAYERS: Final = 10
STAYERS_PAUSE_S: Final = 0.2
BEFORE_S: Final = 2.0
MOST_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Size:
    """How many come back after a restart, and how many into a case where others stayed."""

    after_restart: int
    among_others: int


FULL: Final = Size(300, 500)
SHORT: Final = Size(60, 80)


class CrowdProcess:
    """A running crowd: tell it a word, hear its answer."""

    def __init__(self, crowd: Crowd) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.campaigns.crowd"], cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._write(crowd.line())

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def tell(self, word: str) -> None:
        self._write(word)

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the crowd has ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> dict[str, Any]:
        """Let everyone leave; return what was called saved, and what went wrong."""
        self._write("")
        closing = self.hear()
        self._process.wait(timeout=30)
        return closing

    def kill(self) -> None:
        """End it if it has not ended; it is waited for, and its pipes are closed."""
        with self._process:
            self._process.kill()


@contextmanager
def crowds(*given: Crowd) -> Iterator[list[CrowdProcess]]:
    """Start crowds, and leave none behind."""
    started: list[CrowdProcess] = []
    try:
        started += [CrowdProcess(crowd) for crowd in given]
        yield started
    finally:
        for crowd in started:
            crowd.kill()


class Storm:
    """A server with one case, and people to come."""

    def __init__(self, folder: Path, seed: int, **settings: str) -> None:
        self._probe = folder / "lag.jsonl"
        self._seed = seed
        self.server = ServerProcess(folder / "data", module=LAUNCHER, **settings)
        self.server.environment = Faults(probe=str(self._probe)).environment()

    def begin(self, file: str = EMPTY_CASE) -> None:
        self.case = str(ask(self.server, command="import", file=file, name=None, partner=None)["case"])

    def crowd(self, people: int, first: int = 0, pause_s: float = 0.0) -> Crowd:
        address = f"ws://127.0.0.1:{self.server.port}/ws/{self.case}?token="
        words = {"command": "token", "case": self.case, "role": "partner", "name": "Gast", "partner": None}
        return Crowd([address + ask(self.server, **words) for _ in range(people)], first, self._seed, pause_s)

    def forget_lag(self) -> None:
        self._probe.unlink(missing_ok=True)

    def lag_ms(self) -> dict[str, float]:
        lines = self._probe.read_text("utf-8").splitlines() if self._probe.exists() else []
        return percentiles([lag for line in lines for lag in json.loads(line)])

    def judge(self, *closings: dict[str, Any]) -> list[str]:
        """Say which changes that were called saved are not in the case, once."""
        notes = read(self.server.data_dir / DATABASE, self.case).replay()["notes"]
        problems = [problem for closing in closings for problem in closing["problems"]]
        saved = [change for closing in closings for change in closing["saved"]]
        deleted = {subject for _, kind, subject in saved if kind == "DELETE"}
        counts = Counter(token for note in notes.values() for token in TOKEN.findall(note["text"]))
        wanted = [token for token, kind, subject in saved if kind in ("ADD", "TYPE") and subject not in deleted]
        problems += [f"{token} is {counts[token]} times in the case, and was called saved" for token in wanted if counts[token] != 1]
        return problems + [f"note {subject} is there though its deletion was called saved" for subject in deleted & set(notes)]


def after_a_restart(seed: int, people: int) -> tuple[list[str], dict[str, Any]]:
    """Kill and restart a server under people with changes that are not saved."""
    with tempfile.TemporaryDirectory(prefix="storm-") as name:
        storm = Storm(Path(name), seed)
        with storm.server:
            storm.begin()
            with crowds(storm.crowd(people)) as [crowd]:
                crowd.tell("enter")
                crowd.hear()
                storm.server.kill()
                storm.forget_lag()
                crowd.tell("await")
                storm.server.start()
                ready = time.monotonic()
                back = crowd.hear()
                closing = crowd.end()
            figures = {
                "synced_s": percentiles([at - ready for at in back["synced_at"]], 2),
                "all_saved_s": round(max(back["saved_at"]) - ready, 2),
                "loop_lag_ms": storm.lag_ms(),
                "crowd_busy": back["busy"],
                "lost_again": back["lost_again"],
            }
            return storm.judge(closing), {"what": "restart", "people": people, **figures}


def among_others(seed: int, people: int) -> tuple[list[str], dict[str, Any]]:
    """Cut people off who then return at once, into a case where others keep writing."""
    with tempfile.TemporaryDirectory(prefix="storm-") as name:
        storm = Storm(Path(name), seed)
        with storm.server:
            storm.begin()
            with crowds(storm.crowd(STAYERS, pause_s=STAYERS_PAUSE_S), storm.crowd(people, first=STAYERS)) as [stayers, returning]:
                for crowd in (stayers, returning):
                    crowd.tell("enter")
                    crowd.hear()
                stayers.tell("write")
                time.sleep(BEFORE_S)  # the calm that the storm is compared with
                storm.forget_lag()
                lost = time.monotonic()
                returning.tell("lose")
                back = returning.hear()
                stayers.tell("enter")
                latencies = stayers.hear()["latencies"]
                stayers.hear()
                closings = [stayers.end(), returning.end()]
            over = max(back["saved_at"])
            figures = {
                "synced_s": percentiles([at - lost for at in back["synced_at"]], 2),
                "all_saved_s": round(over - lost, 2),
                "loop_lag_ms": storm.lag_ms(),
                "crowd_busy": back["busy"],
                "lost_again": back["lost_again"],
                "stayers_before_ms": percentiles([took * 1000 for sent, took in latencies if lost - BEFORE_S <= sent < lost]),
                "stayers_during_ms": percentiles([took * 1000 for sent, took in latencies if lost <= sent <= over]),
            }
            return storm.judge(*closings), {"what": "return", "people": people, **figures}


def run(size: Size, seed: int, report: Report) -> None:
    """Raises CampaignFailed when something saved is lost, or all is not well within a generous time."""
    for problems, figures in (after_a_restart(seed, size.after_restart), among_others(seed, size.among_others)):
        late = [f"all was saved only after {figures['all_saved_s']} s"] if figures["all_saved_s"] > MOST_S else []
        report.round(problems + late, **figures)


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("storm", "Everyone comes back at once.", 1, given)
    report = Report("storm", words.out, seed=words.seed, rounds=words.rounds)
    try:
        for number in range(words.rounds):
            run(FULL, words.seed + number, report)
    except CampaignFailed as error:
        return fail(error)
    for entry in report.rounds:
        print(json.dumps(entry))
    report.summary()
    return 0


if __name__ == "__main__":
    sys.exit(main())
