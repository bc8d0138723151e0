"""What looking back costs as a log grows: moments, differences, the chronicle and its answers; beside Yjs replaying the same log."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from crdt.case import CaseDocument
from crdt.log import Append, Keyframe, NewRow
from server.core.keyframing import EVERY_ROWS, Keyframing
from server.history import History
from server.hub import Hub
from server.past import Past
from server.storage import Case, DocumentName, Participant
from server.storage.sql import SqlStorage
from tests.campaigns.yjs_pipe import YjsPipe
from tests.support import Replica

LENGTHS: Final = (1_000, 10_000, 50_000)
NOTES: Final = 80
SAMPLES: Final = 15
CASE: Final = "case"


async def fill(storage: SqlStorage, rows: int) -> list[bytes]:
    """Log so many rows of people typing in eighty notes, with keyframes as a room makes them; return the updates."""
    rng, replica = random.Random(rows), Replica(client_id=7)
    for number in range(NOTES):
        replica.add_note(f"note{number:012}", "")
    first = replica.document.keyframe()
    founder = Participant("p0", CASE, "Persoon", None, "facilitator", 1)
    await storage.create_case(Case(CASE, 1), founder, [], Append(CASE, (NewRow("p0", 0, (7,), first),), {7: "p0"}))
    updates, pace = [first], Keyframing(0, len(first))
    while len(updates) < rows:
        stretch = [replica.type(f"note{rng.randrange(NOTES):012}", 0, rng.choice("abcde ")) for _ in range(EVERY_ROWS)]
        at = len(updates) * 250
        await storage.append([Append(CASE, tuple(NewRow("p0", at + index * 250, (7,), update) for index, update in enumerate(stretch)))])
        updates += stretch
        pace.logged(sum(map(len, stretch)))
        if pace.is_due(len(updates)):
            state = replica.document.keyframe()
            pace.kept(len(updates), len(state))
            await storage.add_keyframe(DocumentName(CASE), Keyframe(1, len(updates), at, state))
    return updates


async def median_ms(act: Callable[[], Awaitable[object]], samples: int = SAMPLES) -> float:
    taken = []
    for _ in range(samples):
        began = time.perf_counter()
        await act()
        taken.append((time.perf_counter() - began) * 1e3)
    return statistics.median(taken)


def yjs_ms(updates: list[bytes]) -> float:
    """Return what Yjs in Node takes to replay a log, the pipe included."""
    with YjsPipe() as pipe:
        document = pipe.document()
        began = time.perf_counter()
        for start in range(0, len(updates), 1_000):
            document.apply(*updates[start : start + 1_000])
        document.view()
        return (time.perf_counter() - began) * 1e3


async def costs(rows: int) -> dict[str, float]:
    """Return the median of each question at one length, in ms."""
    with tempfile.TemporaryDirectory() as folder:
        storage = await SqlStorage.open_sqlite(Path(folder) / "past.db")
        updates = await fill(storage, rows)
        rng = random.Random(1)

        async def open_moment() -> object:
            return CaseDocument.open(await storage.at(CASE, rng.randrange(1, rows))).keyframe()

        async with Hub(storage) as hub:
            past = Past(storage)
            history = History(storage, hub, past)
            told = {
                "open any moment": await median_ms(open_moment),
                "first question (builds the chronicle)": await median_ms(lambda: history.newest(CASE), samples=1),
                "who wrote which words of a note": await median_ms(
                    lambda: history.words(CASE, f"notes/note{rng.randrange(NOTES):012}", None, with_deleted=True)
                ),
                "differences between two moments": await median_ms(lambda: history.changes(CASE, rows // 3, rows - 1)),
                "Yjs in Node: replay the log": yjs_ms(updates),
            }
        await storage.close()
        return told


def main() -> None:
    tables = {rows: asyncio.run(costs(rows)) for rows in LENGTHS}
    print(f"\n{'looking back: ms (ratio to Yjs replaying)':<42}" + "".join(f"{f'{rows:,} rows':>20}" for rows in LENGTHS))
    for name in tables[LENGTHS[0]]:
        cells = [(tables[rows][name], tables[rows][name] / tables[rows]["Yjs in Node: replay the log"]) for rows in LENGTHS]
        print(f"{name:<42}" + "".join(f"{f'{ms:.1f} ({ratio:.2f})':>20}" for ms, ratio in cells))


if __name__ == "__main__":
    main()
