"""Cases that may be harmful to open: which were open when a server died, which killed the process that tried them, and which are set aside.

A mark (an empty file in the data folder) is there as long as a case is in the hands of the CRDT library. A mark that is found at the start
tells that the server died with that case open; before it is opened again it is tried in a process of its own (`trial.py`). A case that
does not survive that is set aside: its people are told, everyone else is served, and whoever runs the server can release it.

    closed ──opened──► marked ──closed──► closed
                         └──server dies──► doubtful ──trial──┬─► marked, as any other
                                              ▲              └─► set aside ──released──┐
                                              └────────────────────────────────────────┘

Looking back reads other bytes than opening does, so the past of a case has a mark of its own (`past_of`): when that is what kills, the
case itself goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from server.errors import FAULT, SET_ASIDE, Refusal
from server.telemetry import Event, log_event

SET_ASIDE_WORDS: Final = "this case cannot be opened safely and is set aside; ask whoever runs this server"
TRIAL_S: Final = 30.0
BEGIN_S: Final = 60.0
"""How long a busy machine may take to begin a trial; one that does not begin says nothing of the case."""

TRIALS_AT_ONCE: Final = 2
_MARKS: Final = "open"
_HELD: Final = "set-aside"

_PAST: Final = ".past"
_PROJECT: Final = Path(__file__).parent.parent

logger = logging.getLogger("puzzeltafel.quarantine")


def past_of(case_id: str) -> str:
    """Return the name under which the past of a case is marked and set aside."""
    return case_id + _PAST


class Quarantine:
    """The marks and the cases that are set aside, in one data folder."""

    def __init__(self, folder: Path, trial_s: float = TRIAL_S) -> None:
        self._marks = folder / _MARKS
        self._held = folder / _HELD
        self._trial_s = trial_s
        self._trials = asyncio.Semaphore(TRIALS_AT_ONCE)
        self._open: Counter[str] = Counter()
        for kept in (self._marks, self._held):
            kept.mkdir(exist_ok=True)
        self._doubtful = {mark.name for mark in self._marks.iterdir()}

    # What is open

    async def admit(self, case_id: str, read: Callable[[], Awaitable[Sequence[bytes]]]) -> None:
        """Try a case that is doubtful on what `read` returns. Raises Refusal when it is set aside, before or by this."""
        self._turn_away_held(case_id)
        if not self.is_doubtful(case_id):
            return
        async with self._trials:
            failing = await self._try(await read())
        if failing:
            self.hold(case_id, failing)
            self._turn_away_held(case_id)
        self._doubtful.discard(case_id)
        log_event(logger, Event.CASE_TRIED, case=case_id)

    def _turn_away_held(self, case_id: str) -> None:
        if any((self._held / name).exists() for name in _names(case_id)):
            raise Refusal(SET_ASIDE, SET_ASIDE_WORDS)

    def is_doubtful(self, case_id: str) -> bool:
        """Tell whether a case, or the past of one, is set aside, or was open when the server died and is not tried yet."""
        return any(name in self._doubtful or (self._held / name).exists() for name in _names(case_id))

    def begin(self, case_id: str) -> None:
        """Mark a case as open. What is opened twice must be closed twice."""
        self._open[case_id] += 1
        with contextlib.suppress(OSError):  # a full disk must not keep anyone from reading
            (self._marks / case_id).touch()

    def end(self, case_id: str) -> None:
        """Take the mark away."""
        self._open[case_id] -= 1
        if self._open[case_id] <= 0:
            del self._open[case_id]
            with contextlib.suppress(OSError):
                (self._marks / case_id).unlink(missing_ok=True)

    @contextmanager
    def opened(self, case_id: str) -> Iterator[None]:
        """Mark a case for as long as something is done with it."""
        self.begin(case_id)
        try:
            yield
        finally:
            self.end(case_id)

    # What is set aside

    def hold(self, case_id: str, why: str) -> None:
        """Set a case aside, durably and as a whole."""
        unfinished = self._held.parent / f"set-aside-{case_id}.new"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"at": int(time.time() * 1000), "why": why}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._held / case_id)
        self._doubtful.discard(case_id)
        (self._marks / case_id).unlink(missing_ok=True)
        log_event(logger, Event.CASE_SET_ASIDE, case=case_id, why=why)

    def held(self) -> list[dict[str, Any]]:
        """Return the cases that are set aside, with when and why, oldest first."""
        found = [{"case": file.name, **json.loads(file.read_text("utf-8"))} for file in self._held.iterdir()]
        return sorted(found, key=lambda one: int(one["at"]))

    def release(self, case_id: str) -> bool:
        """Let a case be opened again, after one more trial. Returns whether it was set aside."""
        file = self._held / case_id
        if Path(case_id).name != case_id or not file.is_file():
            return False
        (self._marks / case_id).touch()
        file.unlink()
        self._doubtful.add(case_id)
        log_event(logger, Event.CASE_RELEASED, case=case_id)
        return True

    # The trial

    async def _try(self, updates: Sequence[bytes]) -> str | None:
        """Open a case in a process of its own; return why that failed, or None. Raises Refusal when the trial could not begin."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server.trial", stdin=pipe, stdout=pipe, stderr=pipe, cwd=_PROJECT
        )
        try:
            await _begin(process, updates)
            async with asyncio.timeout(self._trial_s):
                _, said = await process.communicate()
        except TimeoutError:
            return f"it took more than {self._trial_s:g} s to open"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == 0:
            return None
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f"a process that opened it ended with {process.returncode}" + (f": {last[:200]}" if last else "")


async def _begin(process: asyncio.subprocess.Process, updates: Sequence[bytes]) -> None:
    """Hand over what is to be opened, and wait until it is read."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(BEGIN_S):
            process.stdin.writelines(len(update).to_bytes(8, "big") + update for update in updates)
            await process.stdin.drain()
            process.stdin.close()
            if await process.stdout.readline():
                return
    raise Refusal(FAULT, "this case has to be tried before it is opened, and that could not be done now; come back in a moment")


def _names(case_id: str) -> tuple[str, str]:
    """Return a name and that of its case: what holds for a case holds for its past."""
    return case_id, case_id.removesuffix(_PAST)
