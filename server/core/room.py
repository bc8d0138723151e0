"""One document with the people in it: what this tick holds, and who must hear what. Pure: time in, effects out.

    an update ──judged by the shadow──► gathered ──tick, nothing in flight──► Commit
    committed ──► live document, everyone hears it, its senders are told `saved`
    another's row of the same Yjs client heard ──► what was gathered is dropped, its senders are asked for it again
    commit failed, or contradicts the log ──► shadow rebuilt, read-only, until `storage_is_back`; then writers are asked again (E5, S2)

The live document holds only what is committed, and newcomers are answered from it; so what anyone sees is on disk (S8). At most one
commit is in flight, at most one update frame leaves per tick (S9), presence at its own lower rate (P6). Which room
exists and when it goes is the hub's business.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, assert_never

from crdt import wire
from crdt.case import CaseDocument, merge
from crdt.errors import MalformedFrame
from crdt.gate import Refused, Sender
from crdt.log import Append, LogRow
from crdt.presence import Person
from crdt.walker import OF_OURS
from server.core import bodies
from server.core.access import Access
from server.core.answers import Answers
from server.core.appearances import Appearances
from server.core.arrivals import Arrivals
from server.core.batch import Batch
from server.core.effects import CallAt, Close, Commit, Effect, KeepKeyframe, Settled, TurnedDown, Wake, wake
from server.core.keyframing import Keyframing
from server.core.limits import MAX_CASE_BYTES
from server.core.live import Live
from server.core.outbox import Kind
from server.core.second_look import SecondLook
from server.core.session import Session
from server.core.shadow import Accepted, Missing, Nothing, Shadow
from server.core.telling import tell, tell_access, tell_all
from server.core.ticks import tick_s
from server.errors import BAD_FRAME, NOT_ALLOWED, REMOVED

MAX_UNANSWERED: Final = 3
_REMOVED: Final = "a facilitator took you out of this case"


class Room:
    """The document of one case and the sessions that have it open."""

    def __init__(
        self,
        case: str,
        document: CaseDocument,
        *,
        owners: dict[int, str],
        retired: frozenset[int] = frozenset(),
        epoch: int = 1,
        seq: int = 0,
        keyframe_seq: int = 0,
        access: Access = Access(),  # noqa: B008  (frozen, and nobody in it)
        max_bytes: int = MAX_CASE_BYTES,
    ) -> None:
        self.case = case
        self.epoch = epoch
        self._live = Live(document)
        self.seq = seq
        self.sessions: list[Session] = []
        self.people: dict[str, Person] = dict(access.people)
        self.is_read_only = self._is_told = False
        self._access = access
        self._shadow = Shadow(self._live, owners, retired, max_bytes)
        self._shadow.rules = access.rules
        self._keyframing = Keyframing(keyframe_seq, self._shadow.state_bytes)
        self._batch = Batch(seq)
        self._batch_in_flight: Batch | None = None
        self._next_tick = 0.0
        self._answers = Answers(self._live)
        self._arrivals = Arrivals(self._live)
        self._appearances = Appearances()
        self.presence = self._appearances.presence
        self._second_look = SecondLook()

    @property
    def document(self) -> CaseDocument:
        """The document as committed. Raises DocumentFault."""
        return self._live.document

    # People come and go

    def join(self, session: Session, now_ms: int) -> list[Effect]:
        """Let a session in: greet it, tell it who is here, and ask a writer for what it holds (E1, S2, P4).

        What the room knows of its participant is newer than what it came with: someone may just have been removed, or given another role.
        """
        if session.person.id in self._access.removed:
            return [Close(session, REMOVED, _REMOVED)]
        session.person = self.people.get(session.person.id, session.person)
        session.role = session.person.role
        effects = self.meet([session.person])
        self.sessions.append(session)
        if session.extension:
            tell(session, wire.HELLO, bodies.hello(session, self.case, self.epoch, now_ms))
            session.outbox.push(Kind.OWN, self._answers.everyone(self.people, self._shadow.owners))
            tell_access(session, self._access)
            if self._is_told:
                tell(session, wire.STATE, {"writable": False, "reason": "storage"})
        self._ask(session)
        self._appearances.greet(session)
        return [*effects, Wake((session,))]

    def meet(self, people: list[Person]) -> list[Effect]:
        """Learn of participants, present or not, and tell everyone what is new about them (E4)."""
        news = {person.id: person for person in people if self.people.get(person.id) != person}
        self.people.update(news)
        effects: list[Effect] = []
        for session in self.sessions:
            if session.person.id in news:
                effects += self._become(session, news[session.person.id])
        return effects + self._tell_people(news, {})

    def _become(self, session: Session, person: Person) -> list[Effect]:
        """Give a session what its participant has become: a name, a partner, a role; who may write now is asked for what they hold (S2)."""
        could_write, before = session.may_write, session.role
        session.person, session.role = person, person.role
        if session.role == before:
            return []
        tell_access(session, self._access)
        if not could_write:
            self._ask(session)
        return [Wake((session,))]

    def revise(self, access: Access, now: float) -> list[Effect]:
        """Take in who may do what now: roles and rules change on the spot, who was removed goes (E6, E7)."""
        before, self._access = self._access, access
        self._shadow.rules = access.rules
        effects = self.meet(list(access.people.values()))
        for session in list(self.sessions):
            if session.person.id in access.removed:
                effects += [Close(session, REMOVED, _REMOVED), *self.leave(session, now)]  # a goodbye may take long to be read
            elif session.extension and (before.rules, before.waiting) != (access.rules, access.waiting):
                tell_access(session, self._access)
        return effects + wake(self.sessions) + self._appearances.flush(self.sessions, now)

    def leave(self, session: Session, now: float) -> list[Effect]:
        """Forget a session; its presence goes with the next frame of presence (P3). Leaving twice changes nothing."""
        if session not in self.sessions:
            return []
        self.sessions.remove(session)
        self._appearances.leave(session, self.sessions)
        return self._appearances.flush(self.sessions, now)

    def has_heard_meanwhile(self) -> bool:
        """Tell whether others committed since the first change was taken in that waits to be committed."""
        return self.seq > (self._batch if self._batch_in_flight is None else self._batch_in_flight).since

    def has_settled(self) -> bool:
        """Tell whether nothing waits to be committed."""
        return self._batch_in_flight is None and not self._batch and not self._shadow.has_gathered()

    # Messages

    def receive(self, session: Session, message: wire.ClientMessage, now: float, now_ms: int) -> list[Effect]:
        """Handle one message of a session that has joined."""
        try:
            if isinstance(message, wire.Update):
                session.owes_difference = session.owes_difference and not message.is_answer
                return self._take(session, message.update, now, now_ms, is_answer=message.is_answer)
            return self._hear_of(session, message, now)
        except MalformedFrame as error:
            return [Close(session, BAD_FRAME, str(error))]

    def _hear_of(self, session: Session, message: wire.StateVector | wire.Awareness | wire.QueryAwareness, now: float) -> list[Effect]:
        match message:
            case wire.StateVector(vector):
                session.outbox.push(Kind.ANSWER, self._answers.frame(vector))
                return [Wake((session,))]
            case wire.Awareness(entries):
                effects = self._appearances.announce(session, entries, self.sessions, self._shadow.owner)
                return effects + self._appearances.flush(self.sessions, now)
            case wire.QueryAwareness():
                self._appearances.greet(session)
                return [Wake((session,))]
            case _:
                assert_never(message)

    # Updates

    def _take(self, session: Session, update: bytes, now: float, now_ms: int, *, is_answer: bool) -> list[Effect]:
        if self._second_look.holds(session):
            return self._second_look.park(session, update, is_answer=is_answer)
        session.updates_received += 1
        if self.is_read_only:
            session.owes_difference = True
            return []  # the client was told (E5) and is asked again when storage is back
        verdict = self._shadow.submit(update, session.sender, now_ms)
        match verdict:
            case Accepted(news):
                session.unanswered = 0
                self._batch.clocks.setdefault(session, {}).update(news)
                return self._settle(session, now, now_ms)
            case Nothing():
                return self._settle(session, now, now_ms)
            case Missing() if is_answer and session.unanswered >= MAX_UNANSWERED:
                return self._refuse(session, Refused("gap", "parts of this change are missing, and you do not have them either"))
            case Missing():
                session.owes_difference = True
                session.unanswered += is_answer
                self._ask(session)
                return [Wake((session,))]
            case Refused() if self._second_look.is_wanted(verdict):
                session.updates_received -= 1
                return self._second_look.park(session, update, is_answer=is_answer)
            case Refused():
                return self._refuse(session, verdict)
            case _:
                assert_never(verdict)

    def looked_up(self, makers: Mapping[tuple[str, str], str], now: float, now_ms: int) -> list[Effect]:
        """Take from the log who made every entry that ever was, and judge again what waited for that."""
        self._shadow.vouch(makers)
        effects: list[Effect] = []
        for parked in self._second_look.answered():
            if parked.session in self.sessions:
                message = wire.Update(parked.update, parked.is_answer)
                effects += self.receive(parked.session, message, now, now_ms)
        return effects

    def _settle(self, session: Session, now: float, now_ms: int) -> list[Effect]:
        """Note that this frame is dealt with once all that came before it is committed.

        Not while an earlier frame was dropped: only the difference that was asked for covers that one (E2).
        """
        if not session.owes_difference:
            self._batch.settles[session] = session.updates_received
        return self._begin_commit(now, now_ms)

    def _refuse(self, session: Session, refused: Refused) -> list[Effect]:
        session.refused()
        told = TurnedDown(session, refused.reason)
        if not session.extension:
            return [told, Close(session, NOT_ALLOWED, refused.message)]
        tell(session, wire.REFUSED, bodies.refused(refused, session.updates_received))
        return [told, Wake((session,))]

    def vouch(self, authors: Mapping[tuple[str, str], str]) -> list[Effect]:
        """Take from the log who made entries that a change by the server brings back."""
        self._shadow.vouch(authors)
        return []

    def submit(self, ticket: int, update: bytes, sender: Sender, now: float, now_ms: int) -> list[Effect]:
        """Take in a change the server makes on behalf of someone; its outcome comes as Settled with this ticket."""
        if self.is_read_only:
            return [Settled(ticket, None)]
        verdict = self._shadow.submit(update, sender, now_ms, OF_OURS)
        if isinstance(verdict, (Refused, Missing)):
            return [Settled(ticket, verdict if isinstance(verdict, Refused) else None)]
        self._batch.tickets.append(ticket)
        return self._begin_commit(now, now_ms)

    # Commits

    def _begin_commit(self, now: float, now_ms: int) -> list[Effect]:
        if self._batch_in_flight is not None or not (self._batch or self._shadow.has_gathered()):
            return []
        if now < self._next_tick and self._shadow.has_gathered():
            return [CallAt(self._next_tick)]
        batch, self._batch = self._batch, Batch(self.seq)
        if not self._shadow.has_gathered():
            return batch.tell_settled(self.seq)
        self._batch_in_flight = batch
        rows, owners = self._shadow.take_off(now_ms)
        return [Commit(Append(self.case, rows, owners, epoch=self.epoch, since=self.seq))]

    def committed(self, seq: int, now: float, now_ms: int) -> list[Effect]:
        """What was in flight is durable: take it into the live document and tell everyone."""
        batch, self._batch_in_flight = self._batch_in_flight, None
        assert batch is not None
        self.seq = max(self.seq, seq)
        if not self._batch:
            self._batch.since = self.seq
        rows, bound = self._shadow.landed()
        self._keyframing.logged(sum(len(row.update) for row in rows))
        self._next_tick = now + tick_s(len(self.sessions))
        effects = self._tell_people({}, bound)
        effects += self._broadcast([row.update for row in rows])
        effects += batch.tell_settled(self.seq) + (self.keyframe() if self._keyframing.is_due(self.seq) else [])
        return effects + self._begin_commit(now, now_ms)

    def _broadcast(self, updates: Sequence[bytes]) -> list[Effect]:
        """Take updates into the live document and tell them, with what arrived from other servers, in one frame."""
        for update in updates:
            self._arrivals.add(update)
        told, before = self._arrivals.take()
        self._answers.clear()
        frame = wire.update_frame(merge(told))
        for session in self.sessions:
            session.outbox.push(Kind.UPDATE, frame, before)
        return wake(self.sessions)

    def hear(self, rows: Sequence[LogRow], now: float) -> list[Effect]:
        """Take in the rows of the log that follow `seq`, which another server committed. Raises DocumentFault when they do not fit.

        A row of a Yjs client of whom something waits here wins. What is gathered, of everyone, is dropped and asked for again (S2). When
        it is in flight, hearing stops before that row (`seq` tells): how the commit ends decides.
        """
        bound: dict[int, str] = {}
        effects: list[Effect] = []
        for row in rows:
            contradicted = self._shadow.contradicted(row)
            if contradicted == "in flight":
                break
            if contradicted == "gathered":
                effects += self._give_up(row.clients)
            bound |= self._shadow.hear(row)
            self._arrivals.add(row.update)
            self._keyframing.logged(len(row.update))
            self.seq = row.seq
        self._answers.clear()
        return self._tell_people({}, bound) + self._tell_arrivals(now) + effects

    def _give_up(self, clients: Sequence[int]) -> list[Effect]:
        """Drop what was gathered, because of these clients, and ask for it again whoever sent it."""
        lost, self._batch = self._batch, Batch(self.seq)
        lost.charge(clients)
        self._shadow.forget_gathered()
        effects = lost.tell_lost()
        list(map(self._ask, lost.settles))
        return [*effects, *wake(tuple(lost.settles))]

    def _tell_arrivals(self, now: float) -> list[Effect]:
        if not self._arrivals:
            return []
        if now < self._next_tick:
            return [CallAt(self._next_tick)]
        self._next_tick = now + tick_s(len(self.sessions))
        return self._broadcast([])

    def hear_presence(self, server: str, entries: Sequence[wire.AwarenessEntry], now: float, *, is_whole: bool) -> list[Effect]:
        """Take in who is present on another server, as that one tells it."""
        return self._appearances.hear(server, entries, self.sessions, now, is_whole=is_whole) + self._appearances.flush(self.sessions, now)

    def commit_failed(self) -> list[Effect]:
        """Storage could not keep what was in flight: forget it, tell everyone the room is read-only (E5)."""
        return self._lose() + self.tell_read_only()

    def commit_refused(self, clients: Collection[int]) -> list[Effect]:
        """The log has other words of these Yjs clients: forget what is in flight, take nothing in until that was read; nobody is told."""
        for batch in (self._batch_in_flight or Batch(), self._batch):
            batch.charge(clients)
        return self._lose()

    def _lose(self) -> list[Effect]:
        lost = (self._batch_in_flight or Batch(), self._batch)
        self._batch_in_flight, self._batch = None, Batch(self.seq)
        self._second_look.give_up()
        self._shadow.forget()
        self.is_read_only = True
        return [effect for batch in lost for effect in batch.tell_lost()]

    def tell_read_only(self) -> list[Effect]:
        self._is_told = True
        return tell_all(self.sessions, wire.STATE, {"writable": False, "reason": "storage"})

    def storage_is_back(self) -> list[Effect]:
        """Write again: tell everyone, and ask each writer for what it has and the log has not."""
        if not self.is_read_only:
            return []
        effects = tell_all(self.sessions, wire.STATE, {"writable": True, "reason": None}) if self._is_told else []
        self.is_read_only = self._is_told = False
        list(map(self._ask, self.sessions))
        return effects + wake(self.sessions)

    def keyframe(self) -> list[Effect]:
        """Ask for a keyframe of the present state, if rows came since the last one."""
        if self.seq == self._keyframing.seq:
            return []
        state = self.document.keyframe()
        self._keyframing.kept(self.seq, len(state))
        self._shadow.measured(len(state))
        return [KeepKeyframe(self.epoch, self.seq, state)]

    def tick(self, now: float, now_ms: int) -> list[Effect]:
        """Do what was due by now. Calling it early or twice does nothing."""
        return self._begin_commit(now, now_ms) + self._tell_arrivals(now) + self._appearances.flush(self.sessions, now)

    def catch_up(self, session: Session) -> list[Effect]:
        """Give a client that was too slow one difference against the state it last had (S10)."""
        session.outbox.caught_up(wire.update_frame(self.document.difference(session.outbox.base())))
        return []

    def _tell_people(self, people: dict[str, Person], clients: dict[int, str]) -> list[Effect]:
        if not (people or clients):
            return []
        self._answers.forget_everyone()
        return tell_all(self.sessions, wire.PEOPLE, bodies.people(people, clients))

    def _ask(self, session: Session) -> None:
        """Ask a client that may write for all it has and the live document lacks (S2)."""
        if session.may_write:
            session.outbox.push(Kind.OWN, wire.vector_frame(self.document.vector()))
