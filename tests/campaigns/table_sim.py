"""A table in memory: the real room and log rules, clients over a network that can be cut, and a server that can fail or start again.

Clients are real Yjs documents in Node and pycrdt documents, mixed. Everything that happens is one of the steps below, so a seeded loop and
Hypothesis can drive the same table. `heal` brings everybody back together and says what is wrong, comparing content.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from crdt import wire
from crdt.case import EMPTY_VECTOR, CaseDocument
from crdt.compaction import coarsen
from crdt.log import LogRow
from crdt.presence import Person
from crdt.walker import walk_update
from server.core.effects import Close, Commit, Effect
from server.core.room import Room
from server.core.session import Session
from tests.campaigns.yjs_pipe import YjsPipe, replayed
from tests.campaigns.yrs_copy import Edit, View, YrsCopy, edit_document, plain
from tests.support import Replica, RoomDriver

ENOUGH_ROUNDS: Final = 200


class Copy(Protocol):
    """A client's own copy of the document."""

    def apply(self, *updates: bytes) -> None: ...

    def edit(self, edit: Edit) -> bytes | None: ...

    def vector(self) -> bytes: ...

    def difference(self, vector: bytes) -> bytes: ...

    def view(self) -> View: ...

    def drop(self) -> None: ...


@dataclass(slots=True)
class Client:
    """One person's browser: a copy, and while connected a session and frames under way in both directions."""

    name: str
    copy: Copy
    session: Session | None = None
    up: deque[bytes] = field(default_factory=deque)
    is_streaming: bool = False
    frames_sent: int = 0
    carried: list[tuple[int, str]] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)


class LoggedRoom(RoomDriver):
    """A room whose commits go into a list of rows, or fail, or wait."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[LogRow] = []
        self.held: list[Commit] = []
        self.owners: dict[int, str] = {}
        self.retired: frozenset[int] = frozenset()
        self.epoch = 1

    def perform(self, effects: list[Effect]) -> None:
        super().perform(effects)
        if self.holds_commits:
            self.held += [effect for effect in effects if isinstance(effect, Commit)]

    def finish(self, commit: Commit) -> None:
        if self.storage_works:
            for row in commit.append.rows:
                self.rows.append(LogRow(len_of(self.rows) + 1, self.epoch, row.at, row.participant, row.clients, row.update))
            self.owners.update(commit.append.owners)
        super().finish(commit)

    def release(self) -> None:
        """Let the commits that wait end."""
        self.holds_commits = False
        held, self.held = self.held, []
        for commit in held:
            self.finish(commit)

    def start_again(self) -> None:
        """What was under way is gone; the room opens from its log."""
        self.held, self.holds_commits, self.storage_works = [], False, True
        updates = [row.update for row in self.rows if row.epoch == self.epoch]
        owners = dict(self.owners)
        self.room = Room("case", CaseDocument.open(updates), owners=owners, retired=self.retired, epoch=self.epoch, seq=len_of(self.rows))

    def begin_epoch(self, update: bytes, client: int) -> None:
        self.retired |= frozenset(self.owners)
        self.epoch += 1
        self.owners = {client: "server"}
        self.rows.append(LogRow(len_of(self.rows) + 1, self.epoch, int(self.now * 1000), "server", (client,), update))


def replay(rows: Sequence[LogRow]) -> tuple[CaseDocument, list[str]]:
    """Replay rows one by one; name those that left something pending because a row before them lacks."""
    document, holes = CaseDocument(), []
    for row in rows:
        document.apply(row.update)
        if walk_update(row.update).news(document.clocks()):
            holes.append(f"row {row.seq} builds upon what no row before it brings")
    return document, holes


def len_of(rows: Sequence[LogRow]) -> int:
    """Return the newest seq of a log."""
    return rows[-1].seq if rows else 0


class TableSim:
    """Clients around one room, and every step that can happen to them."""

    def __init__(self, pipe: YjsPipe, clients: int) -> None:
        self._pipe = pipe
        self.server = LoggedRoom()
        self._next_client_id = 10
        self.clients = [Client(f"p{number}", self._copy(number)) for number in range(clients)]
        self.tokens = 0
        self.notes: list[str] = []
        self.acknowledged: set[str] = set()
        self.removed: set[str] = set()
        self.token_in: dict[str, str] = {}
        self.has_undone = False
        self.problems: list[str] = []
        self.acknowledgements = 0

    def _copy(self, number: int) -> Copy:
        self._next_client_id += 1
        return YrsCopy(self._next_client_id) if number % 3 == 2 else self._pipe.document(self._next_client_id)

    # What people do

    def edit(self, client: Client, edit: Edit) -> None:
        """Make an edit in a client's copy, and send it when the connection streams."""
        update = client.copy.edit(edit)
        if update is None:
            return
        token = edit.get("token")
        if token:
            self.token_in[token] = edit["note"]
            client.unsent.append(token)
        if edit["kind"] == "remove":
            self.removed.add(edit["note"])
        self.has_undone = self.has_undone or edit["kind"] == "undo"
        if client.is_streaming:
            self._send(client, wire.update_frame(update))

    def _send(self, client: Client, frame: bytes) -> None:
        client.up.append(frame)
        client.frames_sent += 1
        client.carried += [(client.frames_sent, token) for token in client.unsent]
        client.unsent = []

    # What the network does

    def connect(self, client: Client) -> None:
        if client.session is None:
            session = Session(Person(client.name, client.name, None, "partner"), "partner", extension=True)
            self.server.perform(self.server.room.join(session, int(self.server.now * 1000)))
            client.session = session
            client.up.append(wire.vector_frame(client.copy.vector()))

    def disconnect(self, client: Client) -> None:
        """Cut the line: what was under way in either direction is lost."""
        if client.session is not None:
            self.server.perform(self.server.room.leave(client.session, self.server.now))
            self._lose(client)

    def _lose(self, client: Client) -> None:
        client.session, client.is_streaming, client.frames_sent = None, False, 0
        client.up.clear()
        client.unsent = [token for _, token in client.carried] + client.unsent
        client.carried = []

    def open_anew(self, client: Client) -> None:
        """Close the page and open it again: what was not saved is gone, what was saved is the server's to keep."""
        self.disconnect(client)
        client.unsent = []
        client.copy.drop()
        client.copy = self._copy(self.clients.index(client))
        self.connect(client)

    def deliver_up(self, client: Client, most: int = 1) -> None:
        """Let the server read some of what a client sent."""
        for _ in range(min(most, len(client.up))):
            if client.session is not None:
                self.server.receive(client.session, wire.read_frame(client.up.popleft()))

    def repeat(self, client: Client) -> None:
        """Send everything the client has once more."""
        if client.session is not None and client.is_streaming:
            self._send(client, wire.update_frame(client.copy.difference(EMPTY_VECTOR)))

    def deliver_down(self, client: Client, most: int = 1) -> None:
        """Let a client read some of what the server has for it."""
        for _ in range(most):
            frame = self._next_frame(client)
            if frame is None:
                return
            self._take(client, frame)

    def _next_frame(self, client: Client) -> bytes | None:
        session = client.session
        if session is None:
            return None
        frame = session.outbox.pop()
        if frame is None and session.outbox.is_behind:
            self.server.room.catch_up(session)
            frame = session.outbox.pop()
        return frame

    def _take(self, client: Client, frame: bytes) -> None:
        reader = wire.Reader(frame)
        kind = reader.var_uint()
        if kind == wire.SYNC:
            self._take_sync(client, reader.var_uint(), reader.bytes())
        elif kind == wire.SAVED:
            self._settle(client, json.loads(reader.text())["updates"])
        elif kind == wire.REFUSED:
            self.problems.append(f"{client.name} was refused: {reader.text()}")

    def _take_sync(self, client: Client, step: int, body: bytes) -> None:
        if step == wire.STEP_VECTOR:
            self._send(client, wire.difference_frame(client.copy.difference(body)))
            client.is_streaming = True
        else:
            client.copy.apply(body)

    def _settle(self, client: Client, frames: int) -> None:
        done = {token for number, token in client.carried if number <= frames}
        client.carried = [(number, token) for number, token in client.carried if token not in done]
        self.acknowledged |= done
        self.acknowledgements += len(done)

    # What happens to the server

    def storage_fails(self) -> None:
        self.server.storage_works = False

    def storage_returns(self) -> None:
        self.server.storage_works = True
        self.server.perform(self.server.room.storage_is_back())

    def hold_commits(self) -> None:
        self.server.holds_commits = True

    def release_commits(self) -> None:
        self.server.release()

    def restart(self) -> None:
        """Kill the server: connections and whatever was not committed are gone."""
        for client in self.clients:
            self._lose(client)
        self.server.start_again()

    def compact(self) -> None:
        """Coarsen the whole log, as if it were old."""
        rows: list[LogRow] = []
        for epoch in range(1, self.server.epoch + 1):
            rows += coarsen([row for row in self.server.rows if row.epoch == epoch])
        self.server.rows = rows

    def begin_epoch(self) -> None:
        """Replace the case: every copy is dropped, and what it held goes with it."""
        self._next_client_id += 1
        fresh = Replica(client_id=self._next_client_id)
        for client in self.clients:
            self._lose(client)
            client.copy.drop()
            client.unsent = []
        self.server.begin_epoch(
            fresh.change(lambda document: edit_document(document, {"kind": "title", "text": "opnieuw"})), self._next_client_id
        )
        for number, client in enumerate(self.clients):
            client.copy = self._copy(number)
        self.notes, self.token_in = [], {}
        self.acknowledged, self.removed = set(), set()
        self.server.start_again()

    # The end

    def heal(self) -> list[str]:
        """Bring everybody together and say what is wrong."""
        self.server.release()
        self.storage_returns()
        for _ in range(ENOUGH_ROUNDS):
            if not self._exchange():
                break
        else:
            self.problems.append("the table did not come to rest")
        return self.problems + self._differences()

    def _exchange(self) -> bool:
        """Let time pass and deliver everything in both directions; tell whether there was anything."""
        self.server.wait(1.0)
        moved = False
        for client in self.clients:
            self.connect(client)
            while client.up:
                moved = True
                self.deliver_up(client)
            while (frame := self._next_frame(client)) is not None:
                moved = True
                self._take(client, frame)
        self.problems += [f"closed: {effect.message}" for effect in self.server.effects if isinstance(effect, Close)]
        self.server.effects.clear()
        return moved

    def _differences(self) -> list[str]:
        live = plain(self.server.room.document)
        rows = [row for row in self.server.rows if row.epoch == self.server.epoch]
        replayed_here, holes = replay(rows)
        others = {client.name: client.copy.view() for client in self.clients}
        others |= {"the log in yrs": plain(replayed_here), "the log in Yjs": replayed(self._pipe, [row.update for row in rows])}
        found = [f"{name} has another case: {first_difference(live, view)}" for name, view in others.items() if view != live]
        return found + holes + self._unkept(live) + self._uncounted()

    def _unkept(self, view: View) -> list[str]:
        """Every acknowledged word is there, and every word at most once, unless someone took its note away (or undid their words)."""
        text = json.dumps({key: note["text"] for key, note in view["notes"].items()}, ensure_ascii=False)
        kept = {token: text.count(token) for token, note in self.token_in.items() if note not in self.removed}
        lost = [f"{token} was acknowledged and is gone" for token, count in kept.items() if count == 0 and token in self.acknowledged]
        lost = [] if self.has_undone else lost
        return lost + [f"{token} is there {count} times" for token, count in kept.items() if count > 1]

    def _uncounted(self) -> list[str]:
        covered = sum(row.covers for row in self.server.rows)
        return [] if covered == len_of(self.server.rows) else [f"rows stand for {covered} updates of {len_of(self.server.rows)}"]

    def close(self) -> None:
        for client in self.clients:
            client.copy.drop()


def first_difference(one: View, other: View) -> str:
    """Return the first root in which two views differ, with both values cut short."""
    root = next(name for name in one | other if one.get(name) != other.get(name))
    return f"{root}: {str(one.get(root))[:200]} / {str(other.get(root))[:200]}"
