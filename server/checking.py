"""Proves that what is stored is whole: every row integrates, no row is missing, and every keyframe equals the replay of its log.

Reads only, in pieces, while people work. Compares content, never state vectors alone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from crdt.case import CaseDocument
from crdt.compaction import same_content
from crdt.errors import CrdtError
from crdt.log import LogRow
from crdt.replay import Replay
from server.errors import Refusal
from server.quarantine import Quarantine
from server.rereading import reread
from server.storage import DocumentHead, Storage

PAGE_ROWS: Final = 200
MOST_PROBLEMS: Final = 100


@dataclass(slots=True)
class Checked:
    """What was looked at, and everything found wrong with its place. `problems` is empty when all is well."""

    documents: int = 0
    rows: int = 0
    keyframes: int = 0
    problems: list[dict[str, object]] = field(default_factory=list)

    def blame(self, head: DocumentHead, seq: int, what: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append({"case": head.name.case, "document": head.name.document, "seq": seq, "problem": what})


async def check(storage: Storage, case_id: str | None = None, quarantine: Quarantine | None = None) -> Checked:
    """Check every document, or those of one case. What is set aside is told and not opened. Raises StorageFault."""
    checked = Checked()
    for head in await storage.heads():
        if case_id not in (None, head.name.case):
            continue
        try:
            async with reread(storage, quarantine, head.name):
                await _check_document(storage, head, checked)
        except Refusal as refusal:
            checked.blame(head, head.seq, refusal.message)
    return checked


async def _check_document(storage: Storage, head: DocumentHead, checked: Checked) -> None:
    checked.documents += 1
    keyframes = [seq for seq in await storage.keyframe_seqs(head.name) if seq <= head.seq]
    replay, after, covered = Replay(), 0, 0
    while rows := [row for row in await storage.rows(head.name, after, PAGE_ROWS) if row.seq <= head.seq]:
        states = {seq: await storage.keyframe(head.name, seq) for seq in keyframes if after < seq <= rows[-1].seq}
        await asyncio.to_thread(_check_rows, head, replay, rows, states, checked)
        covered += sum(row.covers for row in rows)
        after = rows[-1].seq
    if covered != head.seq:
        checked.blame(head, head.seq, f"the rows stand for {covered} updates, {head.seq} were logged")


def _check_rows(head: DocumentHead, replay: Replay, rows: list[LogRow], keyframes: dict[int, bytes | None], checked: Checked) -> None:
    for row in rows:
        checked.rows += 1
        try:
            replay.take(row)
        except CrdtError as fault:
            checked.blame(head, row.seq, str(fault))
        state = keyframes.pop(row.seq, None)
        if state is not None:
            checked.keyframes += 1
            _check_keyframe(head, replay, row.seq, state, checked)
    for seq in keyframes:
        checked.blame(head, seq, "there is a keyframe where the log has no row")


def _check_keyframe(head: DocumentHead, replay: Replay, seq: int, state: bytes, checked: Checked) -> None:
    try:
        agrees = same_content(CaseDocument.open([state]), replay.document)
    except CrdtError as fault:
        checked.blame(head, seq, f"the keyframe cannot be read: {fault}")
        return
    if not agrees:
        checked.blame(head, seq, "the keyframe is not what the log makes")
