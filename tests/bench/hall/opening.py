"""How long it takes to open a case that nobody has open: read from SQLite, its room made. The keyframes lie as the server keeps them."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from crdt.case import CaseDocument
from crdt.log import MAIN_DOCUMENT, Append, Keyframe, NewRow
from server.core.keyframing import Keyframing
from server.core.limits import Quotas
from server.opening import Opener
from server.storage import Case, DocumentName, Participant
from server.storage.sql import SqlStorage
from tests.support import Replica

UPDATES: Final = 50_000
NOTES: Final = 100
SENTENCE: Final = 80
"""Letters in one note before the next."""

ROWS_AT_ONCE: Final = 500
RUNS: Final = 5
_CASE: Final = "case"
_AT: Final = 1_763_900_000_000


async def _fill(storage: SqlStorage, updates: int) -> None:
    """Write a log as people make it, letter by letter, with a keyframe wherever a room would keep one."""
    writer = Replica(client_id=7)
    start = [writer.add_note(f"note{number:012}", "een notitie ") for number in range(NOTES)]
    letters = (f"note{number // SENTENCE % NOTES:012}" for number in range(updates - NOTES))
    rows = [*start, *(writer.type(note, len(writer.document.maps["notes"][note]["text"]), "x") for note in letters)]
    document = CaseDocument()
    keyframing = Keyframing(0, 0)
    first, *others = [NewRow("ann", _AT, (7,), row) for row in rows]
    await storage.create_case(
        Case(_CASE, _AT), Participant("ann", _CASE, "Ann", None, "facilitator", _AT), (), Append(_CASE, (first,), {7: "ann"})
    )
    document.apply(first.update)
    for begin in range(0, len(others), ROWS_AT_ONCE):
        batch = others[begin : begin + ROWS_AT_ONCE]
        seq = (await storage.append([Append(_CASE, tuple(batch))]))[0]
        for row in batch:
            document.apply(row.update)
            keyframing.logged(len(row.update))
        if keyframing.is_due(seq):
            state = document.keyframe()
            keyframing.kept(seq, len(state))
            await storage.add_keyframe(DocumentName(_CASE, MAIN_DOCUMENT), Keyframe(1, seq, _AT, state))


async def _measure(updates: int) -> float:
    with tempfile.TemporaryDirectory(prefix="opening-") as folder:
        path = Path(folder) / "cases.sqlite"
        storage = await SqlStorage.open_sqlite(path)
        await _fill(storage, updates)
        await storage.close()
        taken = []
        for _ in range(RUNS):
            storage = await SqlStorage.open_sqlite(path)
            began = time.perf_counter()
            await Opener(storage, Quotas()).open(_CASE)
            taken.append((time.perf_counter() - began) * 1_000)
            await storage.close()
        return statistics.median(taken)


def opening_ms(updates: int = UPDATES) -> float:
    """Return the median of several openings, each with connections of its own to the database."""
    return asyncio.run(_measure(updates))
