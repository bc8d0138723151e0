"""Looking back: a believable history of three sessions, and every answer about it held against the raw log.

    python -m tests.campaigns.past --rounds 50000 --seed 7

`--rounds` counts updates. Twenty people write, move and delete over three evenings through the real hub, committer and SQLite, with a
clock that is told the time. Then: the case at random moments equals what Yjs in Node makes of the raw rows; who wrote which character
equals what the structs of the raw rows say; differences applied to the old case give the new one; after compaction it still holds.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from crdt import wire
from crdt.case import CaseDocument
from crdt.differences import apply, differences
from crdt.log import Append, NewRow
from crdt.presence import Person
from server.compaction import Compactor
from server.core.session import Session
from server.history import History
from server.hub import Hub
from server.open_room import Connection
from server.past import Past
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from tests.campaigns.report import CampaignFailed, Report, arguments, fail
from tests.campaigns.yjs_pipe import YjsPipe
from tests.campaigns.yrs_copy import plain
from tests.support import Replica, put_note

NAME: Final = "past"
CASE: Final = "case"
PEOPLE: Final = 20
SESSIONS: Final = 3
EVENING_MS: Final = 7 * 24 * 3_600_000
MOST_NOTES: Final = 150
PLACES: Final = ("value", "returns", "audiences", "contributions", "resources", "intentions")
LETTERS: Final = "een warm dorp waar iedereen meedoet é€😀 "


@dataclass(slots=True)
class _Seat:
    connection: Connection
    replica: Replica
    sent: int = 0


class Evenings:
    """People at work in a hub, with a clock of their own."""

    def __init__(self, hub: Hub, seed: int) -> None:
        self._hub = hub
        self._rng = random.Random(seed)
        self._notes: list[str] = []
        self._seats: list[_Seat] = []
        self.now_ms = 1_700_000_000_000

    async def play(self, updates: int) -> None:
        for evening in range(SESSIONS):
            await self._sit_down(evening)
            for _ in range(updates // SESSIONS // PEOPLE):
                await self._everyone_acts()
            for seat in self._seats:
                self._hub.disconnect(CASE, seat.connection)
            self.now_ms += EVENING_MS

    async def _sit_down(self, evening: int) -> None:
        self._seats = []
        for number in range(PEOPLE):
            session = Session(Person(f"p{number}", f"Persoon {number}", None, "partner"), "partner", extension=True)
            connection = await self._hub.connect(CASE, session)
            replica = Replica(client_id=1_000 * (evening + 1) + number)
            self._seats.append(_Seat(connection, replica))
            self._hub.receive(CASE, connection, wire.vector_frame(b"\x00"))
        await self._hear()

    async def _everyone_acts(self) -> None:
        for seat in self._seats:
            self.now_ms += self._rng.randrange(20, 400)
            update = self._change(seat.replica)
            seat.sent += 1
            self._hub.receive(CASE, seat.connection, wire.update_frame(update))
        await self._hear()

    async def _hear(self) -> None:
        """Let everybody take in what there is, until all that was sent is saved."""
        async with asyncio.timeout(60):
            while [seat for seat in self._seats if not self._drain(seat)]:  # everyone, not only until the first who waits
                await asyncio.sleep(0.001)

    def _drain(self, seat: _Seat) -> bool:
        while (frame := self._hub.next_frame(CASE, seat.connection)) is not None:
            reader = wire.Reader(frame)
            if reader.var_uint() == wire.SYNC and reader.var_uint() in (wire.STEP_DIFFERENCE, wire.STEP_UPDATE):
                seat.replica.document.apply(reader.bytes())
        room = self._hub._rooms[CASE].room
        return room.has_settled() and seat.connection.session.updates_received == seat.sent

    def _change(self, replica: Replica) -> bytes:
        rng, notes = self._rng, replica.document.maps["notes"]
        here = [note for note in self._notes if note in notes]
        act = rng.random()
        if len(here) < 10 or (act < 0.04 and len(here) < MOST_NOTES):
            note = f"note{len(self._notes):012}"
            self._notes.append(note)
            values = {"place": rng.choice(PLACES), "order": f"a{rng.randrange(10_000)}", "partner": None}
            return replica.change(lambda document: put_note(document, note, "", values))
        if act < 0.06:
            return replica.change(lambda document: document.maps["notes"].__delitem__(rng.choice(here)))
        if act < 0.10:
            fields = {"place": rng.choice(PLACES), "order": f"a{rng.randrange(10_000)}"}
            return replica.change(lambda document: document.maps["notes"][rng.choice(here)].update(fields))
        if act < 0.16:
            return replica.change(lambda document: self._type(document.texts["statement.impact"], most=200))
        return replica.change(lambda document: self._type(document.maps["notes"][rng.choice(here)]["text"], most=300))

    def _type(self, text: Any, most: int) -> None:
        words = str(text)
        at = self._rng.randrange(len(words) + 1)
        if words and (len(words) > most or self._rng.random() < 0.2):
            end = min(len(words), at + self._rng.randrange(1, 8))
            del text[len(words[:at].encode()) : len(words[:end].encode())]
        else:
            text.insert(len(words[:at].encode()), self._rng.choice(LETTERS))


async def run(updates: int, seed: int, moments: int, report: Report) -> None:
    """Play a history and question it. Raises CampaignFailed when an answer is wrong."""
    with tempfile.TemporaryDirectory() as folder, YjsPipe() as pipe:
        path = Path(folder) / "past.db"
        storage = await SqlStorage.open_sqlite(path)
        clock: list[Evenings] = []
        founder = Participant("p0", CASE, "Persoon 0", None, "facilitator", 1)
        first = NewRow("p0", 1_700_000_000_000 - EVENING_MS, (7,), Replica(client_id=7).add_note("note-first-00000", "het begin"))
        await storage.create_case(Case(CASE, 1), founder, [], Append(CASE, (first,), {7: "p0"}))
        async with Hub(storage, idle_s=3600, wall_ms=lambda: clock[0].now_ms if clock else 0) as hub:
            clock.append(Evenings(hub, seed))
            await clock[0].play(updates)
            rows = raw_rows(path)
            history = History(storage, hub, Past(storage))
            questions = Questions(history, storage, rows, pipe, random.Random(seed))
            report.round(await questions.sessions(SESSIONS + 1), asked="sessions", rows=len(rows))
            report.round(await questions.moments(moments), asked="moments", count=moments)
            report.round(await questions.words(), asked="words", count=questions.characters)
            report.round(await questions.differences(max(5, moments // 10)), asked="differences")
            done = await Compactor(storage, keep_fine_days=0, every_s=3600, wall_ms=lambda: clock[0].now_ms + EVENING_MS).compact(0)
            coarse = Questions(History(storage, hub, Past(storage)), storage, raw_rows(path), pipe, random.Random(seed))
            report.round(await coarse.words(), asked="words after compaction", became=done.rows_after, refused=done.refused)
        await storage.close()


def raw_rows(path: Path) -> list[tuple[int, str, bytes]]:
    """Read the log with nothing of the server's."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute('SELECT seq, participant_id, "update" FROM log ORDER BY seq').fetchall()


class Questions:
    """Asks the history, and the raw rows, and compares."""

    def __init__(
        self, history: History, storage: SqlStorage, rows: list[tuple[int, str, bytes]], pipe: YjsPipe, rng: random.Random
    ) -> None:
        self._history = history
        self._storage = storage
        self._rows = rows
        self._pipe = pipe
        self._rng = rng
        self.characters = 0

    async def sessions(self, expected: int) -> list[str]:
        """The evenings come out as sessions that cover the log without a hole."""
        cut = [named.session for named in await self._history.sessions(CASE)]
        joined = all(later.first_seq == earlier.seq + 1 for earlier, later in pairwise(cut))
        right = len(cut) == expected and joined and sum(session.updates for session in cut) == len(self._rows)
        return [] if right else [f"{len(cut)} sessions where {expected} evenings were, or a hole between them"]

    async def moments(self, count: int) -> list[str]:
        """The case at random moments is what Yjs makes of the raw rows up to there."""
        document, applied, wrong = self._pipe.document(), 0, []
        for seq in sorted(self._rng.sample(range(1, len(self._rows) + 1), min(count, len(self._rows)))):
            document.apply(*(update for _, _, update in self._rows[applied:seq]))
            applied = seq
            opened = plain(CaseDocument.open(await self._storage.at(CASE, seq)))
            if opened != document.view():
                wrong.append(f"moment {seq} is not what the log makes")
        document.drop()
        return wrong

    async def words(self) -> list[str]:
        """Who wrote which character is what the structs of the raw rows say."""
        document = self._pipe.document()
        for start in range(0, len(self._rows), 1_000):
            document.record(self._rows[start : start + 1_000])
        wrong = []
        for subject in ["statement.impact", *(f"notes/{note}" for note in document.view()["notes"])]:
            told = [
                (run.text, run.written.by, run.written.seq) for run in await self._history.words(CASE, subject, None, with_deleted=False)
            ]
            expected = document.attribution(subject)
            self.characters += sum(len(text) for text, _, _ in expected)
            if _characters(told) != _characters(expected):
                wrong.append(f"the writers of {subject} are told wrong")
        document.drop()
        return wrong

    async def differences(self, count: int) -> list[str]:
        """Differences between two moments, applied to the earlier case, give the later one."""
        wrong = []
        for _ in range(count):
            low, high = sorted(self._rng.sample(range(1, len(self._rows) + 1), 2))
            before = CaseDocument.open(await self._storage.at(CASE, low)).view()
            after = CaseDocument.open(await self._storage.at(CASE, high)).view()
            _, told = await self._history.changes(CASE, low, high)
            if apply(before, [each.change for each in told]) != after or [each.change for each in told] != differences(before, after):
                wrong.append(f"the differences from {low} to {high} do not give the later case")
            if any(not each.people for each in told):
                wrong.append(f"a difference from {low} to {high} has nobody behind it")
        return wrong


def _characters(runs: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Lay runs out by character; halves of one that a string of the other language keeps apart are one."""
    whole: list[tuple[str, str, int]] = []
    for text, by, seq in runs:
        whole += [(letter, by, seq) for letter in text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")]
    return whole


def main(given: Sequence[str] | None = None) -> int:
    asked = arguments(NAME, "Looking back tells the truth.", 50_000, given)
    report = Report(NAME, asked.out, seed=asked.seed, updates=asked.rounds)
    try:
        asyncio.run(run(asked.rounds, asked.seed, 500, report))
    except CampaignFailed as error:
        return fail(error)
    report.summary(rows=report.total("rows"), moments=500, characters=report.total("count"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
