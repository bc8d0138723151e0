"""The process that takes the frames: a room as a server has it, without sockets, under a limit of memory.

`python -m tests.campaigns.fuzz_child SEED FIRST COUNT MARK` writes the number of the frame it is at into the file MARK, so that its parent
knows which one killed it, and prints one JSON object at the end.
"""

from __future__ import annotations

import json
import mmap
import random
import resource
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from crdt.case import CaseDocument
from crdt.errors import CrdtError
from crdt.gate import ROLES, Role
from server.core.room import Room
from server.core.session import Session
from server.errors import Refusal
from tests.campaigns.fuzz_bombs import BOMBS
from tests.campaigns.fuzz_frames import MINE, VICTIM, Frame, frame, full, start
from tests.support import RoomDriver, frames

MEMORY_LIMIT: Final = 2 * 2**30
FRESH_EVERY: Final = 500
COMMIT_EVERY: Final = 5
"""What comes between is gathered into one row for each participant, as it is while a disk is busy."""

FULL_EVERY: Final = 20
"""Of so many rooms, one has a case that is nearly full."""

WARM_UP: Final = 1_000
_PAGE: Final = resource.getpagesize()


@dataclass(slots=True)
class Outcome:
    """What became of a run of frames. `dearest` are the frames that took most CPU time."""

    frames: int = 0
    unreadable: int = 0
    refused: int = 0
    taken: int = 0
    escaped: list[str] = field(default_factory=list)
    grown_bytes: int = 0
    dearest: list[tuple[float, int, str, str]] = field(default_factory=list)


class Target:
    """A room with one session per role, made anew when it was closed or has taken many frames."""

    def __init__(self, case: bytes | None = None) -> None:
        room = Room("case", CaseDocument.open([case or start()]), owners={VICTIM: "victim", VICTIM + 1: "victim"})
        self._driver = RoomDriver(room)
        self._driver.holds_commits = True
        self._sessions = [self._sit_down(role) for role in ROLES]

    def take(self, made: Frame) -> str:
        """Hand over one frame as the pump does; return what became of it."""
        which = made.number % 8 if made.number % 8 < len(ROLES) else 1
        session = self._sessions[which]
        before = self._taken()
        try:
            message = session.read(made.data)
        except Refusal:
            return "unreadable"
        self._driver.now += 0.02
        self._driver.receive(session, message)
        told = self._driver.closes()
        if told:
            self._driver.effects.clear()
            self._return(which, session)
        became = "unreadable" if told else "taken" if self._taken() > before else "refused"
        if made.number % COMMIT_EVERY == 0:
            self._driver.finish_all()
        return became

    def _taken(self) -> int:
        """Return how many bytes were taken in and are not committed yet."""
        return sum(len(update) for update in self._driver.room._shadow._gathered.updates()) + sum(
            len(row.update) for row in self._driver.room._shadow._rows_in_flight
        )

    def _return(self, which: int, session: Session) -> None:
        self._driver.perform(self._driver.room.leave(session, self._driver.now))
        self._sessions[which] = self._sit_down(ROLES[which])

    def _sit_down(self, role: Role) -> Session:
        """Let the same person in, in whatever role: the frames are made with the Yjs client ids of one."""
        session = self._driver.session("ann")
        session.role = role
        return session

    def tidy(self) -> None:
        """Read what waits for the clients, so that outboxes stay as they are with clients that read."""
        for session in self._sessions:
            frames(session)
        self._driver.effects.clear()
        self._driver.committed.clear()

    def problems(self) -> list[str]:
        """Compare what everyone sees with a document opened anew from it.

        Letters are compared without their order: who forges a letter that stands before what it follows can have it, in a text they may
        write, in one place here and in another there until the page is loaded again.
        """
        try:
            self._driver.finish_all()
            live = self._driver.room.document
            agrees = letters(CaseDocument.open([live.keyframe()])) == letters(live)
        except (AttributeError, CrdtError) as fault:
            return [f"the live document has another shape than a case: {fault!r}"]
        return [] if agrees else ["the live document is not what it writes"]


def letters(document: CaseDocument) -> dict[str, Any]:
    """Return what a document shows, its texts as the letters they have."""
    view = document.view()
    notes = {
        key: {name: sorted(str(value)) if name == "text" else value for name, value in note.items()} for key, note in view["notes"].items()
    }
    return {**view, "statements": {name: sorted(text) for name, text in view["statements"].items()}, "notes": notes}


def run(seed: int, first: int, count: int, mark: mmap.mmap | None = None) -> Outcome:
    """Throw frames `first` up to `first + count` of a seed at rooms."""
    _warm_up(seed)
    outcome, target, base = Outcome(), _target(first), 0
    for number in range(first, first + count):
        if mark is not None:
            mark[:8] = number.to_bytes(8, "little")
        if number - first == min(WARM_UP, count // 2):
            base = _resident_bytes()
        if number % FRESH_EVERY == FRESH_EVERY - 1:
            outcome.escaped += target.problems()
            target = _target(number + 1)
        if not _take(outcome, target, frame(seed, number)):
            target = _target(number)
        if base and number % 50 == 0:
            outcome.grown_bytes = max(outcome.grown_bytes, _resident_bytes() - base)
    return outcome


def _target(number: int) -> Target:
    """Return the room that frames from `number` on are thrown at."""
    return Target(full() if number // FRESH_EVERY % FULL_EVERY == 3 else None)


def _warm_up(seed: int) -> None:
    """Make a full room and many bombs and take none, so that what making them needs is not counted as what taking them does."""
    Target(full())
    rng = random.Random(seed)
    for _ in range(20):
        for bomb in BOMBS:
            bomb(rng, MINE)


def _take(outcome: Outcome, target: Target, made: Frame) -> bool:
    """Take one frame; tell whether the room is still good."""
    outcome.frames += 1
    began = time.process_time()
    try:
        became = target.take(made)
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        where = traceback.format_exc(limit=-3)
        outcome.escaped.append(f"frame {made.number} ({made.kind}): {fault!r} {where} {made.data[:200].hex()}")
        return False
    took_ms = (time.process_time() - began) * 1000
    setattr(outcome, became, getattr(outcome, became) + 1)
    outcome.dearest = sorted([*outcome.dearest, (round(took_ms, 1), made.number, made.kind, became)], reverse=True)[:5]
    target.tidy()
    return True


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE


def main(given: list[str]) -> int:
    seed, first, count = map(int, given[:3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with Path(given[3]).open("r+b") as file, mmap.mmap(file.fileno(), 8) as mark:
        outcome = run(seed, first, count, mark)
    result: dict[str, Any] = asdict(outcome)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
