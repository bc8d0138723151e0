"""What a case takes on disk as people type: log bytes per character, what keyframes add, and what is left after compaction.

    python -m tests.bench.growth

Twenty people write sentences letter by letter, with a typing error now and then, through the real hub, committer and SQLite. Counts
bytes, not time; what looking back costs in time is `past.py`'s.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crdt.log import Append, NewRow
from server.compaction import Compactor
from server.hub import Hub
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from tests.campaigns.past import CASE, EVENING_MS, Evenings
from tests.support import Replica, put_note

UPDATES: Final = 20_000
SENTENCE: Final = "Samen zorgen we dat iedereen in het dorp warm kan wonen, ook als het geld op is. "
MISTAKES: Final = 0.04
"""How often a letter is taken back."""


class Typists(Evenings):
    """People who write one sentence after another, each in notes of their own."""

    def __init__(self, hub: Hub, seed: int) -> None:
        super().__init__(hub, seed)
        self._chance = random.Random(seed)
        self._writing: dict[int, tuple[str, int]] = {}
        self.typed = 0

    def _change(self, replica: Replica) -> bytes:
        note, length = self._writing.get(replica.client_id, ("", len(SENTENCE)))
        if length >= len(SENTENCE):
            note = f"note{len(self._notes):012}"
            self._notes.append(note)
            self._writing[replica.client_id] = (note, 0)
            values = {"place": "value", "order": f"a{len(self._notes)}", "partner": None}
            return replica.change(lambda document: put_note(document, note, "", values))
        text = replica.document.maps["notes"][note]["text"]
        if length and self._chance.random() < MISTAKES:
            self._writing[replica.client_id] = (note, length - 1)
            return replica.change(lambda _: text.__delitem__(slice(length - 1, length)))
        self.typed += 1
        self._writing[replica.client_id] = (note, length + 1)
        return replica.change(lambda _: text.insert(length, SENTENCE[length]))


@dataclass(frozen=True, slots=True)
class Taken:
    """What a database holds."""

    rows: int
    updates: int
    keyframes: int
    states: int
    file: int


def taken(path: Path) -> Taken:
    """Count with nothing of the server's; the file as it would be when packed."""
    with closing(sqlite3.connect(path)) as connection:
        rows, updates = connection.execute('SELECT count(*), sum(length("update")) FROM log').fetchone()
        keyframes, states = connection.execute("SELECT count(*), coalesce(sum(length(state)), 0) FROM keyframes").fetchone()
        packed = path.with_suffix(".packed")
        connection.execute("VACUUM INTO ?", (str(packed),))
    size = packed.stat().st_size
    packed.unlink()
    return Taken(rows, updates, keyframes, states, size)


async def grow(updates: int, seed: int) -> tuple[int, Taken, Taken]:
    """Let people type; return how many characters they typed and what is on disk before and after compaction."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth.db"
        storage = await SqlStorage.open_sqlite(path)
        at: list[Typists] = []
        founder = Participant("p0", CASE, "Persoon 0", None, "facilitator", 1)
        first = NewRow("p0", 1_700_000_000_000, (7,), Replica(client_id=7).add_note("note-first-00000", ""))
        await storage.create_case(Case(CASE, 1), founder, [], Append(CASE, (first,), {7: "p0"}))
        async with Hub(storage, idle_s=3600, wall_ms=lambda: at[0].now_ms if at else 0) as hub:
            at.append(Typists(hub, seed))
            await at[0].play(updates)
        before = taken(path)
        await Compactor(storage, keep_fine_days=0, every_s=3600, wall_ms=lambda: at[0].now_ms + EVENING_MS).compact(0)
        after = taken(path)
        await storage.close()
        return at[0].typed, before, after


def main() -> None:
    typed, before, after = asyncio.run(grow(UPDATES, 1))
    print(f"{typed:,} characters typed by twenty people, one update each")
    print(f"{'':<36}{'as logged':>12}{'compacted':>12}")
    figures: tuple[tuple[str, Callable[[Taken], str]], ...] = (
        ("rows of the log", lambda found: f"{found.rows:,}"),
        ("update bytes per character", lambda found: f"{found.updates / typed:.1f}"),
        ("keyframes", lambda found: f"{found.keyframes}"),
        ("keyframe bytes per character", lambda found: f"{found.states / typed:.1f}"),
        ("keyframes to updates", lambda found: f"{found.states / found.updates:.2f}"),
        ("bytes on disk per character", lambda found: f"{found.file / typed:.1f}"),
    )
    for name, figure in figures:
        print(f"{name:<36}{figure(before):>12}{figure(after):>12}")


if __name__ == "__main__":
    main()
