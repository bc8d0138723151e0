"""What can be asked of a case's past, and how it is brought back: sessions, the timeline, differences, words, lives, restoring.

One place for the web and whatever else asks. Building chronicles is `past.py`'s, what they tell is `crdt/`'s. Raises CallProblem with
words for people.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from crdt.case import CaseDocument, CaseView
from crdt.chronicle import Chronicle, Happening
from crdt.differences import Change, differences
from crdt.gate import Sender
from crdt.minutes import Attendee, Minutes, items
from crdt.restore import Scope, authors, restore, take_back
from crdt.schema import is_id, is_place
from crdt.sessions import Activity, WorkSession, activity, sessions
from crdt.words import Run
from server.errors import CallProblem
from server.hub import Hub
from server.past import Past
from server.signing import new_client_id
from server.storage import Participant, PointName, Storage
from server.tickets import ChangeRefused

MOST_BARS: Final = 400
MOST_NAME: Final = 80
MOST_HAPPENINGS: Final = 500
EMPTY_SEQ: Final = 0


@dataclass(frozen=True, slots=True)
class NamedSession:
    """A session, and the name it was given if it was."""

    session: WorkSession
    name: str | None


@dataclass(frozen=True, slots=True)
class AuthoredChange:
    """A difference, who brought it about, and when the last of them did."""

    change: Change
    people: tuple[str, ...]
    at: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What changed up to a row, and the case before and after it."""

    until: int
    before: CaseView
    after: CaseView
    changes: list[AuthoredChange]


class History:
    """The past of the cases of one server."""

    def __init__(self, storage: Storage, hub: Hub, past: Past) -> None:
        self._storage = storage
        self._hub = hub
        self._past = past

    # Sessions and versions

    async def sessions(self, case_id: str) -> list[NamedSession]:
        """Return all sessions, oldest first."""
        names = {name.seq: name.name for name in await self._storage.point_names(case_id) if name.kind == "session"}
        cut = await self._past.ask(case_id, lambda chronicle: sessions(chronicle.facts, chronicle.happenings))
        return [NamedSession(session, names.get(session.first_seq)) for session in cut]

    async def name_session(self, participant: Participant, number: int, name: str | None) -> NamedSession:
        """Name a session, or take its name away."""
        self._only_facilitator(participant, "name sessions")
        cut = await self.sessions(participant.case)
        if not 1 <= number <= len(cut):
            raise CallProblem("no-such-session", 404, f"this case has no session {number}; it has {len(cut)}")
        session = cut[number - 1].session
        await self._name(participant, "session", session.first_seq, name)
        return NamedSession(session, _tidy(name))

    async def versions(self, case_id: str) -> list[PointName]:
        """Return the named versions, in order of the log."""
        return [name for name in await self._storage.point_names(case_id) if name.kind == "version"]

    async def name_version(self, participant: Participant, seq: int | None, name: str | None) -> PointName | None:
        """Name a point of the log (the present one without `seq`), or take its name away. Returns the version."""
        self._only_facilitator(participant, "name versions")
        newest = await self.newest(participant.case)
        point = newest if seq is None else self._checked(seq, newest)
        await self._name(participant, "version", point, name)
        return next((version for version in await self.versions(participant.case) if version.seq == point), None)

    async def _name(self, participant: Participant, kind: Literal["version", "session"], seq: int, name: str | None) -> None:
        tidy = _tidy(name)
        if tidy is None:
            await self._storage.drop_point_name(participant.case, kind, seq)
            return
        await self._storage.put_point_name(PointName(participant.case, kind, seq, tidy, _now_ms(), participant.id))

    @staticmethod
    def _only_facilitator(participant: Participant, what: str) -> None:
        if participant.role != "facilitator":
            raise CallProblem("not-allowed", 403, f"only a facilitator can {what}; ask one")

    # Looking

    async def newest(self, case_id: str) -> int:
        """Return the newest row of the log."""
        return await self._past.ask(case_id, lambda chronicle: chronicle.seq)

    async def timeline(self, case_id: str, bars: int) -> list[Activity]:
        """Return who did how much when, in at most so many bars without idle time."""
        return await self._past.ask(case_id, lambda chronicle: activity(chronicle.facts, max(1, min(bars, MOST_BARS))))

    async def seq_at(self, case_id: str, at: int) -> int:
        """Return the last row made at or before a time (ms); 0 when there is none."""
        return await self._past.ask(
            case_id, lambda chronicle: max((fact.seq for fact in chronicle.facts if fact.at <= at), default=EMPTY_SEQ)
        )

    async def changes(self, case_id: str, since: int, until: int | None) -> tuple[int, list[AuthoredChange]]:
        """Return what changed from one row (0: the empty case) to another (None: now), and that last row."""
        stretch = await self._stretch(case_id, since, until)
        return stretch.until, stretch.changes

    async def _stretch(self, case_id: str, since: int, until: int | None) -> Stretch:
        newest = await self.newest(case_id)
        since, until = (
            self._checked(since, newest, least=EMPTY_SEQ),
            newest if until is None else self._checked(until, newest, least=EMPTY_SEQ),
        )
        before, after = await self._past.view(case_id, since), await self._past.view(case_id, until)
        found = await asyncio.to_thread(differences, before, after)
        low, high = min(since, until), max(since, until)
        told = await self._past.ask(case_id, lambda chronicle: [_authored(chronicle, change, low, high) for change in found])
        return Stretch(until, before, after, told)

    async def words(self, case_id: str, subject: str, at: int | None, *, with_deleted: bool) -> list[Run]:
        """Return who wrote which words of a note or statement at a row of the log."""
        newest = await self.newest(case_id)
        seq = None if at is None else self._checked(at, newest)

        def look(chronicle: Chronicle) -> list[Run] | None:
            text = chronicle.text(subject)
            return None if text is None else text.runs(seq, with_deleted=with_deleted)

        runs = await self._past.ask(case_id, look)
        if runs is None:
            raise CallProblem("no-such-text", 404, "there is no such note or statement; its subject is notes/<id> or statement.impact")
        return runs

    async def life(self, case_id: str, subject: str, before: int | None, limit: int) -> tuple[list[Happening], int | None]:
        """Return what happened to a note, partner or statement, in order: the newest so many before a row.

        Also the row to ask for the ones before them with; None at the beginning.
        """
        life = await self._past.ask(case_id, lambda chronicle: chronicle.life(subject))
        older = [told for told in life if before is None or told.first.seq < before]
        start = max(0, len(older) - max(1, min(limit, MOST_HAPPENINGS)))
        while start > 0 and older[start - 1].first.seq == older[start].first.seq:
            start -= 1  # what one row did is never parted
        if not life:
            raise CallProblem(
                "no-such-subject", 404, "nothing ever happened to this; a subject is notes/<id>, partners/<id> or statement.impact"
            )
        return older[start:], older[start].first.seq if start > 0 else None

    async def minutes(self, participant: Participant, since: int, until: int | None, *, with_names: bool) -> Minutes:
        """Return the minutes of what happened from one row to another (None: now), with or without names."""
        stretch = await self._stretch(participant.case, since, until)
        end, after = stretch.until, stretch.after
        if since > end:
            raise CallProblem("bad-request", 422, f"minutes run forward: from ({since}) must not lie after to ({end})")
        facts = await self._past.ask(participant.case, lambda chronicle: [fact for fact in chronicle.facts if since < fact.seq <= end])
        people = {person.id: person for person in await self._storage.participants(participant.case)}
        there = list(dict.fromkeys(fact.participant for fact in facts))
        named = {key: people[key].name for key in there if with_names and key in people}
        sessions_named = await self.sessions(participant.case)
        changes = [(told.change, [named[key] for key in told.people if key in named], told.at) for told in stretch.changes]
        return Minutes(
            title=str(after["meta"].get("title", "")),
            language="en" if after["meta"].get("language") == "en" else "nl",
            name=next((each.name for each in sessions_named if (each.session.first_seq, each.session.seq) == (since + 1, end)), None),
            first_at=min((fact.at for fact in facts), default=0),
            last_at=max((fact.at for fact in facts), default=0),
            people=len(there),
            attendees=tuple(Attendee(name, _partner_name(after, people[key].partner)) for key, name in named.items()),
            pieces=items(changes, after, stretch.before),
        )

    @staticmethod
    def _checked(seq: int, newest: int, least: int = 1) -> int:
        if not least <= seq <= newest:
            raise CallProblem("no-such-moment", 404, f"the log of this case has no entry {seq}; it runs from {least} to {newest}")
        return seq

    # Bringing back

    async def restore(self, participant: Participant, scope: Scope, seq: int) -> int | None:
        """Bring a scope back to how it was at a row; return the row that did it, None when nothing had to be done.

        Who may write may bring back a note or a statement; a piece or the whole case is the facilitator's.
        """
        _check_scope(scope)
        if scope.kind in ("piece", "case"):
            self._only_facilitator(participant, "bring back a whole piece or case")
        self._checked(seq, await self.newest(participant.case))
        then = await self._past.view(participant.case, seq)
        if scope.kind == "note" and scope.key not in then["notes"]:
            raise CallProblem("not-there", 404, "this note was not there at that moment; pick another moment")
        return await self._change(participant, then, lambda document: restore(document, then, scope, new_client_id()))

    async def take_back(self, participant: Participant, seq: int) -> int | None:
        """Undo what one's own row did, as far as nobody changed it since; return the row that did it, None when nothing was left."""
        self._checked(seq, await self.newest(participant.case))
        maker = await self._past.ask(
            participant.case, lambda chronicle: next((fact.participant for fact in chronicle.facts if fact.seq >= seq), None)
        )
        if maker != participant.id:
            raise CallProblem("not-yours", 403, "this entry of the log is someone else's; bring back a moment instead")
        before, after = await self._past.view(participant.case, seq - 1), await self._past.view(participant.case, seq)
        return await self._change(participant, before, lambda document: take_back(document, before, after, new_client_id()))

    async def _change(self, participant: Participant, then: CaseView, build: Callable[[CaseDocument], bytes | None]) -> int | None:
        try:
            sender = Sender(participant.id, participant.role, participant.partner, brings_back=True)
            return await self._hub.change(participant.case, sender, build, authors=authors(then))
        except ChangeRefused as refused:
            raise CallProblem("refused", 403, refused.refused.message) from refused


def _authored(chronicle: Chronicle, change: Change, low: int, high: int) -> AuthoredChange:
    subject = f"{change.root}/{change.key}" if change.key else change.root
    inside = [told for told in chronicle.life(subject) if told.last.seq > low and told.first.seq <= high]
    return AuthoredChange(change, tuple(dict.fromkeys(told.last.by for told in inside)), inside[-1].last.at if inside else None)


def _partner_name(view: CaseView, partner: str | None) -> str | None:
    entry = view["partners"].get(partner) if partner is not None else None
    return str(entry["name"]) if entry else None


def _check_scope(scope: Scope) -> None:
    right = {
        "case": scope.key == "",
        "note": is_id(scope.key),
        "piece": scope.key == "partners" or is_place(scope.key),
        "statement": scope.key in ("impact", "ambition"),
    }
    if not right.get(scope.kind, False):
        raise CallProblem("scope", 422, "scope must be a note, a piece, a statement or the case, with its key")


def _tidy(name: str | None) -> str | None:
    tidy = " ".join((name or "").split())
    if len(tidy) > MOST_NAME or not tidy.isprintable():
        raise CallProblem("name", 422, f"a name has at most {MOST_NAME} characters, all of them visible")
    return tidy or None


def _now_ms() -> int:
    return int(time.time() * 1000)
