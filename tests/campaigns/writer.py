"""One person at the table, down to the bytes: a raw WebSocket, a copy of the document, a ledger.

Does what the shipped client does: asks for what it lacks, answers what it is asked, numbers its update frames, keeps its copy and its Yjs
client id over a lost connection, and sends again what was not called saved. What it is told goes into its ledger; judging that is the
oracle's work.

    away --hello--> greeting --server's step 0 answered--> streaming --connection lost--> away
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable
from typing import Any, Final

import pycrdt
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from crdt import wire
from crdt.case import CaseDocument
from crdt.schema import NOTE_PIECES
from tests.campaigns.ledger import STATEMENTS, TOKEN_LENGTH, Change, Kind, Ledger
from tests.support import put_note

EXTENSION: Final = Subprotocol("puzzeltafel.1")
LONGEST_STATEMENT: Final = 1_000
MAX_NOTES: Final = 60
OPEN_TIMEOUT_S: Final = 10.0
BACKOFF_FIRST_S: Final = 0.5
BACKOFF_LONGEST_S: Final = 30.0
LOST: Final = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError)


class Writer:
    """A participant who changes things of their own, and shared sentences a word at a time."""

    def __init__(self, ledger: Ledger, url: str, seed: int, *, most_unsaved: int = 64, speaks: bool = True) -> None:
        self.ledger = ledger
        self.url = url
        self.document = CaseDocument(random.Random(f"{seed}/{ledger.name}").randrange(1, 2**32))
        self.ever_seen: set[str] = set()
        self.problems: list[str] = []
        self.states: list[dict[str, Any]] = []
        self.latencies: list[tuple[float, float]] = []
        self.is_streaming = False
        self.was_greeted = False
        self.rests = False
        self.times_lost = 0
        self.news = asyncio.Event()
        self.acknowledgements = 0
        self._rng = random.Random(f"{seed}/{ledger.name}/moves")
        self._most_unsaved = most_unsaved
        self._speaks = speaks
        self._client_id = self.document.doc.client_id
        self._connection: ClientConnection | None = None
        self._frames_sent = 0
        self._answers = 0
        self._sent_at: dict[int, float] = {}
        self._made: list[bytes] = []
        self._own = False
        self._subscription = self.document.doc.observe(self._on_update)

    # Being connected

    async def stay(self) -> None:
        """Connect and take in what comes until the connection is lost; nothing is raised for a server that goes away."""
        with contextlib.suppress(*LOST):
            async with connect(
                self.url, subprotocols=[EXTENSION], max_size=None, compression=None, ping_interval=None, open_timeout=OPEN_TIMEOUT_S
            ) as connection:
                self._connection = connection
                async for frame in connection:
                    assert isinstance(frame, bytes)
                    await self._take(frame)
        self.lost()

    def lost(self) -> None:
        """Forget the connection; what was not settled waits for the next one."""
        self.times_lost += 1
        if self._connection is not None and self._connection.close_code not in (None, 1000, 1006, 1012, 1013):
            self.problems.append(f"{self.ledger.name} was sent away: {self._connection.close_code} {self._connection.close_reason}")
        self._connection = None
        self.is_streaming = False
        self._frames_sent = 0
        self._sent_at.clear()
        self.ledger.connection_lost()
        self.news.set()

    async def come_back(self, rng: random.Random) -> None:
        """Stay, and come back as the shipped client does (full jitter, `client/src/connection.ts`), until cancelled."""
        attempts = 0
        while True:
            self.was_greeted = False
            await self.stay()
            attempts = 0 if self.was_greeted else attempts + 1
            await asyncio.sleep(rng.random() * min(BACKOFF_LONGEST_S, BACKOFF_FIRST_S * 2**attempts))

    async def leave(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    def cut(self) -> None:
        """Lose the connection without a goodbye, as a network does."""
        if self._connection is not None:
            self._connection.transport.abort()

    async def _take(self, frame: bytes) -> None:
        reader = wire.Reader(frame)
        kind = reader.var_uint()
        if kind == wire.SYNC:
            await self._take_sync(reader.var_uint(), reader.bytes())
        elif kind == wire.HELLO:
            self.was_greeted = True
            await self._send(wire.vector_frame(self.document.vector()))
        elif kind == wire.SAVED:
            self._take_saved(json.loads(reader.text()))
        elif kind == wire.REFUSED:
            self.problems.append(f"{self.ledger.name} was refused: {reader.text()}")
        elif kind == wire.STATE:
            self.states.append(json.loads(reader.text()))
        self.news.set()

    async def _take_sync(self, step: int, body: bytes) -> None:
        if step == wire.STEP_VECTOR:
            self.is_streaming = True
            frame = wire.difference_frame(self.document.difference(body))
            self.ledger.sent_in(self._frames_sent + 1)
            await self._send_update(frame)
        else:
            self.document.apply(body)
            self._answers += step == wire.STEP_DIFFERENCE

    def _take_saved(self, body: dict[str, Any]) -> None:
        frames, clock = int(body["updates"]), int(body["clocks"].get(str(self._client_id), 0))
        self.acknowledgements += self.ledger.saved(frames, clock)
        now = time.monotonic()
        for number in [number for number in self._sent_at if number <= frames]:
            sent_at = self._sent_at.pop(number)
            self.latencies.append((sent_at, now - sent_at))

    async def _send_update(self, frame: bytes) -> None:
        self._frames_sent += 1
        self._sent_at[self._frames_sent] = time.monotonic()
        await self._send(frame)

    async def _send(self, frame: bytes) -> None:
        if self._connection is not None:
            await self._connection.send(frame)

    # Changing things

    async def change(self) -> None:
        """Make one change; send it when there is a connection. Does nothing while too much waits to be saved."""
        if len(self.ledger.unsaved) >= self._most_unsaved:
            return
        change = self._draw()
        change.clock = self.document.clocks().get(self._client_id, 0)
        change.update = self._made.pop()
        change.frame = self._frames_sent + 1 if self.is_streaming else None
        self.ledger.add(change)
        if self.is_streaming:
            with contextlib.suppress(ConnectionClosed):
                await self._send_update(wire.update_frame(change.update))

    async def keep_changing(self, pause_s: float) -> None:
        """Make changes with pauses of so long on average, for ever; not while this one rests."""
        while True:
            await asyncio.sleep(self._rng.expovariate(1 / pause_s))
            if self.is_streaming and not self.rests:
                await self.change()

    def _on_update(self, event: pycrdt.TransactionEvent) -> None:
        if self._own:
            self._made.append(event.update)

    def _do(self, act: Callable[[], object]) -> None:
        self._own = True
        with self.document.doc.transaction():
            act()
        self._own = False

    def _draw(self) -> Change:
        """Choose a change and make it in the own copy."""
        notes = self._notes()
        words = [changes[0] for changes in self.ledger.by_subject.values() if changes[0].kind is Kind.SAY and len(changes) == 1]
        kinds = {
            Kind.ADD: 3.0 if len(notes) < MAX_NOTES else 0.0,
            Kind.TYPE: 4.0,
            Kind.MOVE: 2.0,
            Kind.DELETE: 1.0,
            Kind.SAY: 2.0,
            Kind.ERASE: 1.0,
        }
        if (
            not self._speaks
            or len(self.document.texts["statement.impact"]) + len(self.document.texts["statement.ambition"]) > LONGEST_STATEMENT
        ):
            kinds[Kind.SAY] = 0.0
        if not notes:
            kinds |= {Kind.TYPE: 0.0, Kind.MOVE: 0.0, Kind.DELETE: 0.0, Kind.ADD: 3.0}
        if not words:
            kinds[Kind.ERASE] = 0.0
        kind = self._rng.choices(list(kinds), list(kinds.values()))[0]
        token = self.ledger.next_token()
        if kind is Kind.SAY:
            return self._say(token)
        if kind is Kind.ERASE:
            return self._erase(token, self._rng.choice(words))
        if kind is Kind.ADD:
            return self._add(token)
        return self._change_note(token, kind, self._rng.choice(notes))

    def _notes(self) -> list[str]:
        """Own notes that are there."""
        return [
            subject
            for subject, changes in self.ledger.by_subject.items()
            if changes[0].kind is Kind.ADD and changes[-1].kind is not Kind.DELETE
        ]

    def _say(self, token: str) -> Change:
        name = self._rng.choice(STATEMENTS)
        text = self.document.texts[f"statement.{name}"]
        at = TOKEN_LENGTH * self._rng.randint(0, len(text) // TOKEN_LENGTH)
        self._do(lambda: text.insert(at, token))
        return Change(token, Kind.SAY, token, name)

    def _erase(self, token: str, word: Change) -> Change:
        text = self.document.texts[f"statement.{word.place}"]
        at = str(text).index(word.token)
        self._do(lambda: text.__delitem__(slice(at, at + TOKEN_LENGTH)))
        return Change(token, Kind.ERASE, word.subject, word.place)

    def _add(self, token: str) -> Change:
        place = self._rng.choice(NOTE_PIECES)
        self._do(lambda: put_note(self.document, f"n{token}", token, {"place": place, "order": token}))
        return Change(token, Kind.ADD, f"n{token}", place)

    def _change_note(self, token: str, kind: Kind, note_id: str) -> Change:
        notes = self.document.maps["notes"]
        place = self._rng.choice(NOTE_PIECES)
        if kind is Kind.DELETE:
            self._do(lambda: notes.pop(note_id))
        elif kind is Kind.MOVE:
            self._do(lambda: notes[note_id].update({"place": place, "order": token}))
        else:
            text = notes[note_id]["text"]
            at = TOKEN_LENGTH * self._rng.randint(0, len(text) // TOKEN_LENGTH)
            self._do(lambda: text.insert(at, token))
        return Change(token, kind, note_id, place)

    # Waiting

    async def be_streaming(self, within_s: float) -> None:
        await self.until(lambda: self.is_streaming, within_s)

    async def be_told(self, state: dict[str, Any], within_s: float) -> None:
        """Wait until this is what the server last said of whether the case is writable. Raises TimeoutError."""
        await self.until(lambda: self.states[-1:] == [state], within_s)

    async def be_answered(self, within_s: float) -> None:
        """Wait until the server gives, once more, what this copy lacks. Raises TimeoutError."""
        answers = self._answers
        await self.until(lambda: self._answers > answers, within_s)

    async def until(self, holds: Callable[[], bool], within_s: float) -> None:
        """Wait until something holds, looking again at every frame that comes. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while not holds():
                self.news.clear()
                await self.news.wait()

    async def catch_up(self, within_s: float) -> None:
        """Wait until everything is saved, then ask for what is lacking and wait for the answer."""
        await self.until(lambda: self.is_streaming and not self.ledger.unsaved, within_s)
        await self._send(wire.vector_frame(self.document.vector()))
        await self.be_answered(within_s)
