"""The past of cases, ready to be asked: a chronicle per case, built from the log once and then kept up with it.

Building reads the whole log (`python -m tests.bench.past` tells how long), in a thread and in pieces; after that only new rows are
read. The least recently asked goes when too many are kept. What a chronicle tells is `crdt/chronicle.py`'s; one that was built before
the log was compacted stays as fine as it was.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

from crdt.case import CaseDocument, CaseView
from crdt.chronicle import Chronicle
from crdt.log import LogRow
from server.quarantine import Quarantine
from server.rereading import reread
from server.storage import DocumentName, Storage

CHRONICLES_KEPT: Final = 8
PAGE_ROWS: Final = 500

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Kept:
    chronicle: Chronicle = field(default_factory=Chronicle)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Past:
    """Chronicles and views of past moments, shared by all who ask."""

    def __init__(self, storage: Storage, kept: int = CHRONICLES_KEPT, quarantine: Quarantine | None = None) -> None:
        self._quarantine = quarantine
        self._storage = storage
        self._most = kept
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def ask(self, case_id: str, question: Callable[[Chronicle], Answer]) -> Answer:
        """Put a question to the chronicle of a case as it is now, in a thread. Raises StorageFault, CrdtError, Refusal."""
        async with self._chronicle(case_id) as chronicle:
            return await asyncio.to_thread(question, chronicle)

    async def makers(self, case_id: str) -> dict[tuple[str, str], str]:
        """Return who added every entry there ever was. Raises StorageFault, CrdtError, Refusal."""
        return await self.ask(case_id, Chronicle.makers)

    @asynccontextmanager
    async def _chronicle(self, case_id: str) -> AsyncIterator[Chronicle]:
        kept = self._kept.setdefault(case_id, _Kept())
        self._kept.move_to_end(case_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        async with kept.lock, reread(self._storage, self._quarantine, DocumentName(case_id)):
            try:
                await self._catch_up(case_id, kept.chronicle)
            except BaseException:
                self._kept.pop(case_id, None)  # half a row may be in it
                raise
            yield kept.chronicle

    async def _catch_up(self, case_id: str, chronicle: Chronicle) -> None:
        while rows := await self._storage.rows(DocumentName(case_id), chronicle.seq, PAGE_ROWS):
            await asyncio.to_thread(_take_all, chronicle, rows)

    async def view(self, case_id: str, seq: int) -> CaseView:
        """Return the case as it was at a row of its log."""
        async with reread(self._storage, self._quarantine, DocumentName(case_id)):
            updates = await self._storage.at(case_id, seq)
            return await asyncio.to_thread(lambda: CaseDocument.open(updates).view())


def _take_all(chronicle: Chronicle, rows: list[LogRow]) -> None:
    for row in rows:
        chronicle.take(row)
