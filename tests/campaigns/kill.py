"""Kill -9 under people who write: whatever was called saved, and whatever someone else saw, is on disk, once and whole.

Each round starts the server on the folder the last one left, lets the writers come back with what they hold, and kills it: at a random
moment, or by itself at an aimed one (`fail_points.py`). The oracle reads the dead server's folder before anything can mend it. Every so
often everyone settles and must have the same case as the log; then a new case begins, and sometimes a new folder.

    start ──writers come back, write──► killed ──judge the folder──► start …
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from server import control
from server.errors import SetupFault
from server.folder import DATABASE
from tests.campaigns.faults import LAUNCHER, Faults, Point
from tests.campaigns.old_database import can_go_back, go_back
from tests.campaigns.report import CampaignFailed, Report, arguments, fail, percentiles
from tests.campaigns.sitting import Sitting
from tests.process import ServerDied, ServerProcess

FEWEST, MOST = 4, 8
EARLIEST_S, LATEST_S = 0.005, 0.8
POINT_DEADLINE_S: Final = 4.0
ROUNDS_PER_CASE: Final = 8
ROUNDS_PER_FOLDER: Final = 64
PAUSE_S: Final = 0.006
KEYFRAME_ROWS: Final = 60
LOOK_EVERY_S: Final = 0.005
MIGRATION_STEPS: Final = 4
POINTS: Final[tuple[Point, ...]] = (
    "mid-migration",  # first: what is compacted cannot go back to the first tables
    "before-append",
    "before-commit",
    "after-commit",
    "mid-keyframe",
    "mid-compaction",
    "before-compaction-commit",
)
COMPACTING: Final = ("mid-compaction", "before-compaction-commit")


@dataclass(frozen=True, slots=True)
class Aim:
    """How rounds are drawn: at which points a server is killed and in what share of the rounds, in what share of the others
    the log is compacted, and what else is wrong with every server.
    """

    points: tuple[Point, ...] = POINTS
    share: float = 0.4
    compacting_share: float = 0.15
    faults: Faults = field(default_factory=lambda: Faults(keyframe_rows=KEYFRAME_ROWS))


class KillCampaign:
    """Rounds on one data folder after another."""

    def __init__(self, seed: int, report: Report, aim: Aim = Aim()) -> None:
        self.hit: Counter[Point] = Counter()
        self.missed: Counter[Point] = Counter()
        self._rng = random.Random(seed)
        self._report = report
        self._aim = aim
        self._planned: deque[Point | None] = deque(wanted for point in aim.points for wanted in (None, point))
        self._folder: Path | None = None
        self._server: ServerProcess | None = None
        self._sitting: Sitting | None = None

    async def run(self, rounds: int) -> None:
        """Run rounds; each point is aimed at once before chance decides. Raises CampaignFailed."""
        try:
            for number in range(rounds):
                if number % ROUNDS_PER_FOLDER == 0:
                    self._new_folder()
                await self._round(self._next_point(), is_new_case=number % ROUNDS_PER_CASE == 0)
        except CampaignFailed:
            assert self._folder is not None
            self._report.keep(self._folder)
            raise
        finally:
            self._clean_up()

    def _next_point(self) -> Point | None:
        if self._planned:
            return self._planned.popleft()
        aimed = self._aim.points and self._rng.random() < self._aim.share
        return self._rng.choice(self._aim.points) if aimed else None

    def _new_folder(self) -> None:
        self._clean_up()
        self._folder = Path(tempfile.mkdtemp(prefix="kill-"))
        self._server = ServerProcess(self._folder / "data", module=LAUNCHER)

    def _clean_up(self) -> None:
        self._sitting = None
        if self._server is not None:
            self._server.kill()
        if self._folder is not None:
            shutil.rmtree(self._folder)
        self._server = self._folder = None

    # A round

    async def _round(self, point: Point | None, *, is_new_case: bool) -> None:
        """Start the server, kill it, and look at what is left."""
        assert self._server is not None
        began = time.monotonic()
        if point == "mid-migration" and not self._can_go_back():
            self._new_folder()
            self._put_off(point)
            point = None
        if point is not None and is_new_case:  # what settles the last case would run into the point
            self._put_off(point)
            point = None
        before, problems = self._acknowledged(), []
        if point == "mid-migration":
            self._migrate_until_killed()
        else:
            self._start(point)
            problems = await self._begin_or_keep(is_new_case=is_new_case)
            before = self._acknowledged()
            await self._write_until_killed(point)
        sitting = self._the_sitting()
        self._report.round(
            problems + sitting.judge(),
            how=point or "random",
            acknowledged=self._acknowledged() - before,
            owed=sitting.book.owed(),
            ms=round((time.monotonic() - began) * 1000),
        )

    def _put_off(self, point: Point) -> None:
        self._planned.appendleft(point)

    def _the_sitting(self) -> Sitting:
        assert self._sitting is not None, "no case has begun"
        return self._sitting

    def _acknowledged(self) -> int:
        return self._sitting.acknowledgements() if self._sitting is not None else 0

    def _can_go_back(self) -> bool:
        assert self._server is not None
        return self._sitting is not None and can_go_back(self._server.data_dir / DATABASE)

    def _start(self, point: Point | None) -> None:
        assert self._server is not None
        once = point is None or point.startswith("mid") or point in COMPACTING
        faults = replace(self._aim.faults, kill_at=point, hits=1 if once else self._rng.randint(2, 8), seed=self._rng.randrange(2**32))
        self._server.environment = faults.environment()
        self._server.start()

    def _migrate_until_killed(self) -> None:
        """Give a server tables of the first version, and kill it while it brings them to its own."""
        assert self._server is not None
        go_back(self._server.data_dir / DATABASE)
        self._server.environment = Faults(kill_at="mid-migration", hits=self._rng.randint(1, MIGRATION_STEPS)).environment()
        try:
            self._server.start()
            self.missed["mid-migration"] += 1
            self._server.kill()
        except ServerDied:
            self.hit["mid-migration"] += 1

    async def _begin_or_keep(self, *, is_new_case: bool) -> list[str]:
        """Go on with the case, or settle it and begin another; say what was not right when it settled."""
        assert self._server is not None
        if self._sitting is not None and not is_new_case:
            return []
        problems = await self._settle(self._sitting) if self._sitting is not None else []
        self._sitting = Sitting.begin(self._server, self._rng.randrange(2**32), self._rng.randint(FEWEST, MOST))
        return problems

    async def _settle(self, sitting: Sitting) -> list[str]:
        async with sitting.connected(None):
            return await sitting.settle()

    async def _write_until_killed(self, point: Point | None) -> None:
        assert self._server is not None
        sitting = self._the_sitting()
        compacts = point in COMPACTING or (point is None and self._rng.random() < self._aim.compacting_share)
        random_s = self._rng.uniform(EARLIEST_S, LATEST_S)
        async with sitting.connected(PAUSE_S):
            compaction = asyncio.create_task(self._compact(random_s if compacts else None))
            await self._wait_for_the_end(point, random_s)
            if self._rng.random() < 0.5:
                await compaction
            self._server.kill()
            await compaction
        sitting.note_what_is_seen()
        for writer in sitting.writers:  # people go on while nobody is there to save it
            for _ in range(self._rng.randint(0, 2)):
                await writer.change()

    async def _wait_for_the_end(self, point: Point | None, random_s: float) -> None:
        """Let people write until the moment comes, or the server ends itself."""
        assert self._server is not None
        if point is None:
            await asyncio.sleep(random_s)
            return
        deadline = time.monotonic() + POINT_DEADLINE_S
        while not self._server.has_ended() and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_EVERY_S)
        (self.hit if self._server.has_ended() else self.missed)[point] += 1

    async def _compact(self, after_s: float | None) -> None:
        """Have the log compacted, if at all; the server may end meanwhile."""
        assert self._server is not None
        if after_s is None:
            return
        await asyncio.sleep(after_s)
        try:
            await asyncio.to_thread(control.ask, self._server.data_dir, {"command": "compact", "older_than_days": 0})
        except (OSError, SetupFault):
            return


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("kill", "Kill -9 under people who write.", 1_200, given)
    report = Report("kill", words.out, seed=words.seed, rounds=words.rounds)
    campaign = KillCampaign(words.seed, report)
    try:
        asyncio.run(campaign.run(words.rounds))
    except CampaignFailed as error:
        return fail(error)
    rounds = len(report.rounds)
    report.summary(
        acknowledged=report.total("acknowledged"),
        lost=0,
        bound_per_round=f"{3 / rounds:.4f}",
        ms=percentiles([entry["ms"] for entry in report.rounds], 0),
        hit=dict(campaign.hit),
        missed=dict(campaign.missed),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
