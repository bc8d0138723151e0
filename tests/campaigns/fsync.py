"""The order on the way to the disk: the record into the log file, the log file onto the disk, and only then the word that it is saved.

A killed process loses nothing that it gave to the operating system, so kill -9 cannot tell whether a server waits for the disk. This
looks at the system calls: for every token in a frame to anyone, and for every change that a `saved` settles, the write of that token into
the database's log file must have ended before a sync of that file began, and that sync before the frame was sent.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from server.folder import DATABASE
from tests.campaigns import trace
from tests.campaigns.faults import LAUNCHER, Faults
from tests.campaigns.ledger import TOKEN, Ledger
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.sitting import Sitting
from tests.campaigns.trace import Call
from tests.process import ServerProcess

WRITERS: Final = 4
PAUSE_S: Final = 0.03
WRITE_S: Final = 2.0
PROBLEMS_TOLD: Final = 12
LOG_FILE: Final = f"{DATABASE}-wal"
SENDS: Final = ("write", "writev", "sendto", "sendmsg")
_SAVED = re.compile(r'\\"clocks\\":\{[^}]*\},\\"updates\\":(\d+)')
_HELLO = re.compile(r'\\"name\\":\\"Schrijver ([A-Z])\\",\\"role\\"')


class Order:
    """What a trace says about when each token was safe."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._syncs = [call for call in trace.of(calls, LOG_FILE, "fsync", "fdatasync") if call.ended is not None]
        self._safe_at: dict[str, int | None] = {}
        for write in trace.of(calls, LOG_FILE, "pwrite64", "pwritev", "write"):
            for token in TOKEN.findall(write.shown):
                if token not in self._safe_at:
                    self._safe_at[token] = self._synced_after(write)

    def _synced_after(self, write: Call) -> int | None:
        ended = write.ended if write.ended is not None else sys.maxsize
        return next((sync.ended for sync in self._syncs if sync.began > ended), None)

    def was_written(self, token: str) -> bool:
        return token in self._safe_at

    def is_safe_before(self, token: str, place: int) -> bool:
        """Tell whether a token was on disk before the call at a place of the trace began."""
        safe_at = self._safe_at.get(token)
        return safe_at is not None and safe_at < place


class Sent:
    """What a trace says about the frames to each writer."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self.frames = [call for call in calls if call.name in SENDS and call.target.startswith(("socket:", "TCP"))]
        self._sockets = {found[1]: call.target for call in self.frames if (found := _HELLO.search(call.shown))}

    def saved(self, letter: str) -> Iterator[tuple[int, int]]:
        """Yield each `saved` to a writer: where in the trace, and how many update frames it settles."""
        for call in self.frames:
            if call.target == self._sockets.get(letter):
                yield from ((call.began, int(count)) for count in _SAVED.findall(call.shown))


def judge(calls: Sequence[Call], ledgers: Sequence[Ledger]) -> tuple[list[str], dict[str, int]]:
    """Return what was told too early, and how much was looked at."""
    order, sent = Order(calls), Sent(calls)
    problems: list[str] = []
    looked = {"saved_checked": 0, "seen_checked": 0}
    for ledger in ledgers:
        settled_at = list(sent.saved(ledger.name))
        for change in ledger.changes:
            told = next((place for place, count in settled_at if change.frame is not None and count >= change.frame), None)
            if told is not None and order.was_written(change.token):
                looked["saved_checked"] += 1
                if not order.is_safe_before(change.token, told):
                    problems.append(f"{change.token} was called saved before it was on disk")
    known = {change.token for ledger in ledgers for change in ledger.changes}
    for frame in sent.frames:
        for token in known.intersection(TOKEN.findall(frame.shown)):
            looked["seen_checked"] += 1
            if not order.is_safe_before(token, frame.began):
                problems.append(f"{token} was shown to someone before it was on disk")
    return problems[:PROBLEMS_TOLD], looked


async def trace_round(seed: int, faults: Faults, write_s: float = WRITE_S) -> tuple[list[str], dict[str, int]]:
    """Trace a server under a few writers; return what `judge` says. Raises CampaignFailed when nothing can be traced here."""
    if shutil.which("strace") is None:
        raise CampaignFailed("strace is needed to see what reaches the disk: apt-get install strace")
    with tempfile.TemporaryDirectory(prefix="fsync-") as name:
        path = Path(name) / "trace"
        server = ServerProcess(Path(name) / "data", module=LAUNCHER, prefix=trace.command(path))
        server.environment = faults.environment()
        with server:
            sitting = Sitting.begin(server, seed, WRITERS)
            async with sitting.connected(PAUSE_S):
                await asyncio.sleep(write_s)
        with path.open(encoding="utf-8", errors="replace") as lines:
            calls = trace.read(lines)
    return judge(calls, list(sitting.book.ledgers.values()))


def main(given: Sequence[str] | None = None) -> int:
    words = arguments("fsync", "Nothing is called saved, or shown, before it is on disk.", 10, given)
    report = Report("fsync", words.out, seed=words.seed, rounds=words.rounds)
    try:
        for number in range(words.rounds):
            problems, looked = asyncio.run(trace_round(words.seed + number, Faults(), 2 * WRITE_S))
            report.round(problems, **looked)
    except CampaignFailed as error:
        return fail(error)
    report.summary(saved_checked=report.total("saved_checked"), seen_checked=report.total("seen_checked"), too_early=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
