"""The shadow of a room's document: runs ahead of what is committed, so that updates can be judged before they are logged.

Holds what is in flight and what is being gathered, knows every client's clock and whose each client id is. Decides Accepted,
Nothing, Missing or Refused; who hears of it is the room's business.

Letters are gathered as they came: a keystroke is written in the one way there is, and says only what comes next (`crdt/keystroke.py`).
Of all else, what is gathered is what the shadow took in, not the bytes that came: those may say again, and otherwise, what is known under
the same ids, even of others; of two sayings a merge keeps either, and everyone would see, and the log hold, what was never judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from crdt.case import CaseDocument, merge
from crdt.characters import Characters
from crdt.errors import DocumentFault, MalformedFrame
from crdt.gate import NOTHING_NEW, Gate, Refused, Sender, may_write
from crdt.keystroke import read_keystroke
from crdt.layout import Layout
from crdt.log import LogRow, NewRow
from crdt.provenance import Provenance
from crdt.rules import OPEN, Rules
from crdt.walked import Walked
from crdt.walker import FROM_CLIENTS, OF_OURS, Bounds, walk_update
from server.core.gathering import Gathering
from server.core.letters import Letters
from server.core.limits import MAX_CASE_BYTES
from server.core.live import Live

MAX_NEW_CLIENTS: Final = 100
MAX_ENTRIES_AT_ONCE: Final = 300
"""Each new note is judged by all its fields: this many take some 50 ms."""


class Accepted(NamedTuple):
    """The change may be logged; `news` is how far it takes the clocks of its Yjs clients."""

    news: dict[int, int]


@dataclass(frozen=True, slots=True)
class Nothing:
    """The update adds nothing that is not already here or under way (S3)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Predecessors are missing (S6)."""


Verdict = Accepted | Nothing | Missing | Refused


class Shadow:
    """Judges updates and gathers those that may be logged, by participant."""

    def __init__(self, live: Live, owners: dict[int, str], retired: frozenset[int] = frozenset(), max_bytes: int = MAX_CASE_BYTES) -> None:
        self._live = live
        self._max_bytes = max_bytes
        self.owners = owners
        self.rules: Rules = OPEN
        self._retired = retired
        self._provenance = Provenance()
        self.new_owners: dict[int, str] = {}
        self._gathered = Gathering()
        self._owners_in_flight: dict[int, str] = {}
        self._fly(())
        self._begin()

    def vouch(self, authors: Mapping[tuple[str, str], str]) -> None:
        """Take from the server who made entries that may have been deleted before this room was opened."""
        self._gate.vouch(authors)

    def submit(self, update: bytes, sender: Sender, now_ms: int, bounds: Bounds = FROM_CLIENTS) -> Verdict:
        """Judge an update and, when it may be logged, gather it. Raises MalformedFrame when it cannot be read, DocumentFault."""
        if bounds is FROM_CLIENTS and (taken := self._take_letters(update, sender)):
            return taken
        self._let_letters_in()
        walked = walk_update(update, bounds)
        if walked.is_empty():
            return Nothing()
        if refused := self._check_epoch(walked):
            return refused
        if walked.gap(self._clocks) is not None:
            return Missing()
        news = walked.news(self._clocks)
        refused = self._check_sender(news, sender) or self._check_size(walked, news, bounds) or self._check_whole(walked)
        return refused or self._judge(update, walked, news, sender, now_ms)

    def _take_letters(self, update: bytes, sender: Sender) -> Accepted | None:
        """Take in letters of someone who goes on typing in a place that is known; None for all else."""
        keystroke = read_keystroke(update)
        if keystroke is None or keystroke.clock == 0 or self.bytes_left < 0:
            return None
        client = keystroke.client
        if self._clocks.get(client) != keystroke.clock or self.owner(client) != sender.participant or client in self._retired:
            return None
        if not self._letters.take(keystroke, update, self._clocks, sender, self.rules):
            return None
        needs = [(of, clock + 1) for of, clock in filter(None, (keystroke.left, keystroke.right))]
        self._gathered.add(sender.participant, update, {client: keystroke.clock}, needs)
        self.bytes_left -= len(update)
        self._clocks[client] = keystroke.end
        return Accepted({client: keystroke.end})

    def _let_letters_in(self) -> None:
        """Apply the letters that wait: what comes next may depend on them. Raises DocumentFault."""
        waiting = self._letters.take_waiting()
        if waiting:
            self._gate.shadow.apply(merge(waiting))

    def _check_epoch(self, walked: Walked) -> Refused | None:
        """A client id of an earlier epoch brings back what was replaced; it is refused before anything is asked for (S11)."""
        if any(part.client in self._retired for part in walked.ranges):
            return Refused("epoch", "this is from before the case was replaced; open it anew")
        return None

    def _check_sender(self, news: dict[int, int], sender: Sender) -> Refused | None:
        """Refuse what needs no document to be refused: whoever may change nothing, and client ids of others (S7)."""
        if news and not may_write(sender.role):
            return Refused("role", f"a {sender.role.replace('-', ' ')} may not change anything")
        for client in news:
            if self.owner(client) not in (None, sender.participant):
                return Refused("client-id", f"client id {client} belongs to another participant")
        return None

    def _check_size(self, walked: Walked, news: dict[int, int], bounds: Bounds) -> Refused | None:
        """What may cost the library more time than it takes to read is refused before it is applied; so is more of a case that is full."""
        is_much = walked.takes_long(self._clocks) or walked.entries(self._clocks) > MAX_ENTRIES_AT_ONCE
        if len(news) > MAX_NEW_CLIENTS or (news and is_much and bounds is FROM_CLIENTS):
            return Refused("limit", "this is more than can be taken in at once; make it in smaller steps")
        if news and self.bytes_left < 0:
            return Refused("limit", "this case is as large as a case can be on this server; take out what is not needed, or start another")
        return None

    def _begin(self) -> None:
        """Read the live document once, with what is in flight, also for what the library does not tell of it."""
        state = self._copy().keyframe() if self._rows_in_flight else self._live.document.keyframe()
        self.measured(len(state))
        whole = walk_update(state, OF_OURS)
        self._characters = Characters(whole)
        self._layout = Layout(whole)
        self._gate = Gate(CaseDocument.open([state]), self._provenance)
        self._clocks = self._gate.shadow.clocks()
        self._letters = Letters(self._gate, self._layout, self._characters)

    def measured(self, state_bytes: int) -> None:
        """Take in how large the document is; whatever is gathered or heard from here on is taken off what is left."""
        self.state_bytes, self.bytes_left = state_bytes, self._max_bytes - state_bytes

    def _check_whole(self, walked: Walked) -> Refused | None:
        if self._characters.are_cut_by(walked, self._clocks):
            return Refused("shape", "this cuts a character in half, which would spoil the words around it")
        try:
            self._layout.check(walked, self._clocks)
        except MalformedFrame as error:
            return Refused("shape", str(error))
        return None

    def owner(self, client: int) -> str | None:
        """Return whose a Yjs client id is, what is in flight included."""
        return self.owners.get(client) or self._owners_in_flight.get(client) or self.new_owners.get(client)

    def _judge(self, update: bytes, walked: Walked, news: dict[int, int], sender: Sender, now_ms: int) -> Verdict:
        reaches = news if len(walked.ranges) > 1 else NOTHING_NEW
        try:
            effect = self._gate.judge(update, sender, rules=self.rules, now_ms=now_ms, reaches=reaches)
        except DocumentFault as fault:
            effect = Refused("fault", str(fault))
        if isinstance(effect, Refused):
            self._gate.afresh(self._copy())
            return effect
        if not news and not effect.touched:
            return Nothing()
        self._characters.learn(walked, self._clocks)
        self._layout.take(walked, self._clocks)
        self._gather(effect.update, walked, news, sender.participant)
        self._letters.learn(effect, news)
        return Accepted(news)

    def _gather(self, update: bytes, walked: Walked, news: dict[int, int], participant: str) -> None:
        self._gathered.add(participant, update, {client: self._clocks.get(client, 0) for client in news}, walked.needs.items())
        self.bytes_left -= len(update)
        self._clocks.update(news)
        self.new_owners.update({client: participant for client in news if self.owner(client) is None})

    def contradicted(self, row: LogRow) -> Literal["in flight", "gathered"] | None:
        """Tell where something of a Yjs client of this row still waits here to be committed: both cannot be kept.

        None also for what is in flight here itself, read from the log before its commit was told of.
        """
        if row.update in self._updates_in_flight:
            return None
        if not self._clients_in_flight.isdisjoint(row.clients):
            return "in flight"
        return "gathered" if any(client in self._gathered.clients for client in row.clients) else None

    def hear(self, row: LogRow) -> dict[int, str]:
        """Take in a row of the log that another server judged; return the client ids it bound. Raises DocumentFault, MalformedFrame."""
        self._let_letters_in()  # the row may build upon them
        walked = walk_update(row.update, OF_OURS)
        if walked.gap(self._clocks) is not None:
            raise DocumentFault(f"row {row.seq} of the log builds upon what is not here")
        news = walked.news(self._clocks)
        effect = self._gate.take(row.update, row.participant)
        self._characters.learn(walked, self._clocks)
        self._layout.take(walked, self._clocks)
        self._clocks.update(news)
        self._letters.learn(effect, {})
        self.bytes_left -= len(row.update)
        bound = {client: row.participant for client in row.clients if client not in self.owners}
        self.owners.update(bound)
        return bound

    def has_gathered(self) -> bool:
        return bool(self._gathered)

    def take_off(self, now_ms: int) -> tuple[tuple[NewRow, ...], dict[int, str]]:
        """Put what was gathered in flight; return its rows and the client ids newly bound."""
        rows = self._gathered.take(now_ms)
        self._fly(rows)
        self._owners_in_flight, self.new_owners = self.new_owners, {}
        return rows, self._owners_in_flight

    def _fly(self, rows: tuple[NewRow, ...]) -> None:
        """Note what is in flight from now on."""
        self._rows_in_flight = rows
        self._updates_in_flight = frozenset(row.update for row in rows)
        self._clients_in_flight = frozenset(client for row in rows for client in row.clients)

    def landed(self) -> tuple[tuple[NewRow, ...], dict[int, str]]:
        """Note that what was in flight is committed; return its rows, and the client ids it bound."""
        rows, bound = self._rows_in_flight, self._owners_in_flight
        self._fly(())
        self._owners_in_flight = {}
        self.owners.update(bound)
        return rows, bound

    def forget(self) -> None:
        """Drop what is in flight and gathered, because a commit failed; start again from the live document."""
        self._fly(())
        self._owners_in_flight = {}
        self.forget_gathered()

    def forget_gathered(self) -> None:
        """Drop what was gathered; start again from the live document with what is in flight."""
        self._gathered.clear()
        self.new_owners = {}
        self._begin()

    def _copy(self) -> CaseDocument:
        """Return the live document with what is in flight and gathered."""
        pending = [row.update for row in self._rows_in_flight]
        return CaseDocument.open([self._live.document.keyframe(), *pending, *self._gathered.updates()])
