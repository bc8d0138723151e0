"""Lets the whole log of a case be read again, as looking back, compacting and checking do, unless that may harm the server.

What reads it must not die of it twice: see `quarantine.py`. Opening a case to work in it is `opening.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from server.quarantine import Quarantine, past_of
from server.storage import DocumentName, Storage

PAGE_ROWS: Final = 500


@asynccontextmanager
async def reread(storage: Storage, quarantine: Quarantine | None, name: DocumentName) -> AsyncIterator[None]:
    """Try the past of a case first when it is doubtful, and mark it while it is in hand. Raises Refusal, StorageFault."""
    if quarantine is None:
        yield
        return
    await quarantine.admit(past_of(name.case), lambda: _everything(storage, name))
    with quarantine.opened(past_of(name.case)):
        yield


async def _everything(storage: Storage, name: DocumentName) -> list[bytes]:
    """Return every row in order, and then every keyframe."""
    found: list[bytes] = []
    after = 0
    while rows := await storage.rows(name, after, PAGE_ROWS):
        found += [row.update for row in rows]
        after = rows[-1].seq
    states = [await storage.keyframe(name, seq) for seq in await storage.keyframe_seqs(name)]
    return found + [state for state in states if state is not None]
