"""What several tests need: a client's own copy of a document, and a room whose commits succeed at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pycrdt

from crdt import wire
from crdt.case import CaseDocument
from crdt.gate import Role
from crdt.presence import Person
from server.core.effects import Close, Commit, Effect, LookUp
from server.core.room import Room
from server.core.session import Session

PROJECT = Path(__file__).parent.parent
REAL_CASES = sorted((PROJECT.parent / "shared" / "cases").glob("*.json"))
NO_REAL_CASES = "the real cases (../shared/cases) are not beside this checkout, so nothing was compared with them"

_client_ids = itertools.count(1_000)


class Replica:
    """What a client has: its own copy of the document, from which it makes updates."""

    def __init__(self, start: bytes | None = None, client_id: int | None = None) -> None:
        self.client_id = client_id or next(_client_ids)
        self.document = CaseDocument.open([start] if start else [], self.client_id)

    def change(self, act: Callable[[CaseDocument], object]) -> bytes:
        """Change the copy and return the update that says how: as a browser sends it, without all that was ever deleted."""
        made: list[bytes] = []
        subscription = self.document.doc.observe(lambda event: made.append(event.update))
        with self.document.doc.transaction():
            act(self.document)
        self.document.doc.unobserve(subscription)
        return made[0] if made else self.document.difference(self.document.vector())

    def add_note(self, note_id: str, text: str = "een notitie", place: str = "value", **fields: Any) -> bytes:
        values = {"place": place, "order": "a0", **fields}
        return self.change(lambda document: put_note(document, note_id, text, values))

    def type(self, note_id: str, index: int, text: str) -> bytes:
        return self.change(lambda document: document.maps["notes"][note_id]["text"].insert(index, text))


def put_note(document: CaseDocument, note_id: str, text: str, values: dict[str, Any]) -> None:
    document.maps["notes"][note_id] = pycrdt.Map({**values, "text": pycrdt.Text(text)})


class RoomDriver:
    """Drives a room as the hub does, with a clock of its own and commits that succeed or fail at once."""

    def __init__(self, room: Room | None = None) -> None:
        self.room = room or Room("case", CaseDocument(), owners={})
        self.now = 1_763_900_000.0
        self.committed: list[Commit] = []
        self.effects: list[Effect] = []
        self.storage_works = True
        self.holds_commits = False
        self.waiting: list[Commit] = []
        self.answers_look_ups = True
        self.makers: dict[tuple[str, str], str] = {}

    def session(self, name: str = "ann", role: Role = "partner", *, extension: bool = True) -> Session:
        session = Session(Person(name, name.title(), None, role), role, extension)
        self.perform(self.room.join(session, int(self.now * 1000)))
        return session

    def receive(self, session: Session, message: wire.ClientMessage) -> None:
        self.perform(self.room.receive(session, message, self.now, int(self.now * 1000)))

    def update(self, session: Session, update: bytes) -> None:
        self.receive(session, wire.Update(update))

    def wait(self, seconds: float = 1.0) -> None:
        self.now += seconds
        self.perform(self.room.tick(self.now, int(self.now * 1000)))

    def perform(self, effects: list[Effect]) -> None:
        for effect in effects:
            self.effects.append(effect)
            if isinstance(effect, Commit) and self.holds_commits:
                self.waiting.append(effect)
            elif isinstance(effect, Commit):
                self.finish(effect)
            if isinstance(effect, LookUp) and self.answers_look_ups:
                self.perform(self.room.looked_up(self.makers, self.now, int(self.now * 1000)))

    def finish(self, commit: Commit) -> None:
        if self.storage_works:
            self.committed.append(commit)
            seq = self.room.seq + len(commit.append.rows)
            self.perform(self.room.committed(seq, self.now, int(self.now * 1000)))
        else:
            self.perform(self.room.commit_failed())

    def finish_all(self) -> None:
        """Finish what was held, and what was gathered meanwhile."""
        while self.waiting:
            self.finish(self.waiting.pop(0))
            self.wait(0.1)

    def closes(self) -> list[Close]:
        return [effect for effect in self.effects if isinstance(effect, Close)]


def frames(session: Session) -> list[bytes]:
    """Take everything out of a session's outbox."""
    taken = []
    while (frame := session.outbox.pop()) is not None:
        taken.append(frame)
    return taken


def extension_bodies(taken: list[bytes], kind: int) -> list[Any]:
    """Return the JSON bodies of the extension messages of one type."""
    import json

    bodies = []
    for frame in taken:
        reader = wire.Reader(frame)
        if reader.var_uint() == kind:
            bodies.append(json.loads(reader.text()))
    return bodies


def updates_in(taken: list[bytes]) -> list[bytes]:
    """Return the updates among frames (sync steps 1 and 2)."""
    found = []
    for frame in taken:
        reader = wire.Reader(frame)
        if reader.var_uint() == wire.SYNC and reader.var_uint() in (wire.STEP_DIFFERENCE, wire.STEP_UPDATE):
            found.append(reader.bytes())
    return found
