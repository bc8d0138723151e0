"""No space left under people who write: nothing is called saved that is not, everyone is told, and all goes on when space is back.

writing ──space taken──► told read-only ──people go on in their copies, others read──► space back ──► writable, everything saved
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Sequence
from typing import Final

from server.folder import DATABASE
from tests.campaigns.oracle import canonical, read
from tests.campaigns.report import CampaignFailed, Report, arguments, fail, percentiles
from tests.campaigns.sitting import Sitting
from tests.campaigns.space import Space, spaces
from tests.process import ServerProcess

WRITERS: Final = 5
PAUSE_S: Final = 0.01
MOST_UNSAVED: Final = 24
TOLD_WITHIN_S: Final = 60.0
WRITABLE_WITHIN_S: Final = 5.0
READ_WITHIN_S: Final = 5.0
CYCLES_PER_CASE: Final = 4
LONGEST_OUTAGE_S: Final = 2.0


class DiskFull:
    """Cycles of no space on one server that is never restarted."""

    def __init__(self, space: Space, seed: int, report: Report) -> None:
        self._space = space
        self._rng = random.Random(f"{seed}/{space.how}")
        self._report = report
        self._server = ServerProcess(space.folder)

    async def run(self, cycles: int) -> None:
        """Raises CampaignFailed at the first cycle in which something is wrong."""
        with self._server:
            for number in range(cycles):
                if number % CYCLES_PER_CASE == 0:
                    sitting = Sitting.begin(self._server, self._rng.randrange(2**32), WRITERS, most_unsaved=MOST_UNSAVED)
                await self._cycle(sitting)

    async def _cycle(self, sitting: Sitting) -> None:
        pid = self._server.server_pid()
        began = time.monotonic()
        async with sitting.connected(PAUSE_S):
            await asyncio.gather(*(writer.be_streaming(TOLD_WITHIN_S) for writer in sitting.writers))
            self._space.take(pid)
            try:
                problems = await self._without_space(sitting)
            finally:
                self._space.give_back(pid)
            returned = time.monotonic()
            problems += await _all_told(sitting, writable=True, within_s=WRITABLE_WITHIN_S)
            back_s = time.monotonic() - returned
        async with sitting.connected(None):
            problems += await sitting.settle()
        self._report.round(
            problems,
            how=self._space.how,
            ms=round((time.monotonic() - began) * 1000),
            back_ms=round(back_s * 1000),
            owed=sitting.book.owed(),
        )

    async def _without_space(self, sitting: Sitting) -> list[str]:
        """People write until they are told that nothing can be saved, and on; someone new reads."""
        if problems := await _all_told(sitting, writable=False, within_s=TOLD_WITHIN_S):
            return problems
        before = sitting.acknowledgements()
        told = [len(writer.states) for writer in sitting.writers]
        problems += await self._someone_reads(sitting)
        await asyncio.sleep(self._rng.uniform(0.0, LONGEST_OUTAGE_S))
        if told != [len(writer.states) for writer in sitting.writers]:
            problems.append("someone was told that the case is writable while there was no space")
        if sitting.acknowledgements() != before:
            problems.append(f"{sitting.acknowledgements() - before} changes were called saved while there was no space")
        sitting.note_what_is_seen()
        return problems + sitting.judge()

    async def _someone_reads(self, sitting: Sitting) -> list[str]:
        """A reader who was let in before comes now, and must get the case as it is on disk."""
        reader = sitting.reader
        reading = asyncio.create_task(reader.stay())
        try:
            await reader.be_answered(READ_WITHIN_S)
        except TimeoutError:
            return [f"a reader got nothing within {READ_WITHIN_S} s while there was no space"]
        finally:
            await reader.leave()
            await reading
        on_disk = read(self._server.data_dir / DATABASE, sitting.case).replay()
        return [] if canonical(dict(reader.document.view())) == canonical(on_disk) else ["a reader got another case than is on disk"]


async def _all_told(sitting: Sitting, *, writable: bool, within_s: float) -> list[str]:
    """Wait until everyone was told whether the case is writable; say who was not, or not why."""
    wanted = {"writable": writable, "reason": None if writable else "storage"}
    told = (writer.be_told(wanted, within_s) for writer in sitting.writers)
    outcomes = await asyncio.gather(*told, return_exceptions=True)
    late = [writer.ledger.name for writer, outcome in zip(sitting.writers, outcomes, strict=True) if isinstance(outcome, TimeoutError)]
    return [f"{', '.join(late)} not told {wanted} within {within_s} s"] if late else []


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("disk_full", "No space left under people who write.", 50, given)
    report = Report("disk_full", words.out, seed=words.seed, rounds=words.rounds)
    try:
        with spaces() as found:
            for space in found:
                asyncio.run(DiskFull(space, words.seed, report).run(words.rounds))
    except CampaignFailed as error:
        return fail(error)
    report.summary(back_ms=percentiles([entry["back_ms"] for entry in report.rounds], 0), false_acknowledgements=0, corrupt=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
