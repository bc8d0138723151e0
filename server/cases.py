"""What can be asked of the server about cases: start, import, replace, look back, export.

One place for the web and for the command line. Who comes in is `invitations.py`'s, who may do what there `people.py`'s; rooms and
commits are the hub's; who is asking is `web/auth.py`'s to find out. Raises CallProblem with words for people for whatever cannot be done.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from crdt import case_export, case_import, casefile, order, schema
from crdt.case import CaseDocument, CaseView, build
from crdt.casefile import CaseFile
from crdt.errors import CaseFileError
from crdt.gate import ROLES, Role
from crdt.log import Append, NewRow
from crdt.moments import Moment, moments
from server.errors import CallProblem, Refusal
from server.hub import Hub
from server.names import tidy_name
from server.signing import Membership, Signer, hash_secret, new_client_id, new_id
from server.storage import Case, Link, Participant, Storage
from server.telemetry import Event, log_event

logger = logging.getLogger("puzzeltafel.cases")

MAX_PERSON_NAME: Final = 60
MOMENTS_PER_PAGE: Final = 200
LINK_ROLES: Final[tuple[Role, ...]] = ("partner", "critical-friend", "viewer", "facilitator")


@dataclass(frozen=True, slots=True)
class PartnerChoice:
    """The organisation someone speaks for: one of the case (`id`), or one by name that may be new."""

    id: str | None = None
    name: str | None = None
    helix: str = "other"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Someone who starts or joins a case."""

    name: str
    partner: PartnerChoice | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A new case and its facilitator."""

    case: str
    participant: Participant


class Cases:
    """Starts, imports, opens to people and exports the cases of one server."""

    def __init__(self, storage: Storage, hub: Hub, signer: Signer, *, max_cases: int) -> None:
        self._max_cases = max_cases
        self._storage = storage
        self._hub = hub
        self._signer = signer

    # Starting

    async def start(self, parsed: CaseFile, person: NewPerson) -> Started:
        """Start a case from a case file, which may be all but empty; the person becomes its facilitator."""
        if await self._storage.count_cases() >= self._max_cases:
            raise CallProblem("full", 507, f"this server keeps {self._max_cases:,} cases, which is the most; ask who runs it for room")
        now = _now_ms()
        founder = Participant(new_id(), new_id(), person_name(person.name), None, "facilitator", now)
        entries = case_import.entries(parsed, new_id=new_id, now_ms=now, author=founder.id)
        founder = self._seat_founder(founder, person.partner, entries["partners"])
        client = new_client_id()
        first = NewRow(founder.id, now, (client,), build(client, entries))
        links = [self._new_link(founder.case, role, founder.id, now) for role in LINK_ROLES]
        case = Case(founder.case, now)
        log_event(logger, Event.CASE_STARTED, case=case.id)
        await self._storage.create_case(case, founder, links, Append(case.id, (first,), {client: founder.id}))
        return Started(case.id, founder)

    async def replace(self, case_id: str, parsed: CaseFile, person: NewPerson) -> Participant:
        """Put a case file in the place of what a case holds: a new epoch. Links, people and the log stay; the person is a new facilitator.

        Partners that both have keep their id, so that people go on speaking for them.
        """
        view = await self.view(case_id)
        now = _now_ms()
        participant = Participant(new_id(), case_id, person_name(person.name), None, "facilitator", now)
        known = {str(partner["name"]): key for key, partner in view["partners"].items()}
        entries = case_import.entries(parsed, new_id=new_id, now_ms=now, author=participant.id, partner_ids=known)
        participant = self._seat_founder(participant, person.partner, entries["partners"])
        client = new_client_id()
        fresh = Append(case_id, (NewRow(participant.id, now, (client,), build(client, entries)),), {client: participant.id})
        await self._storage.put_participant(participant)
        await self._hub.begin_epoch(fresh)
        return participant

    def _seat_founder(self, founder: Participant, choice: PartnerChoice | None, partners: dict[str, dict[str, Any]]) -> Participant:
        """Put the organisation of the founder among the partners of the new case."""
        if choice is None or not choice.name:
            return founder
        found = find_partner(partners, choice.name)
        if found is None:
            found = new_id()
            partners[found] = {"name": partner_name(choice.name), "helix": choice.helix}
        partners[found].setdefault("order", order.after(order.last_of(p.get("order") for p in partners.values())))
        return replace(founder, partner=found)

    def _new_link(self, case_id: str, role: Role, creator: str, now: int) -> Link:
        link_id = new_id()
        return Link(link_id, case_id, role, hash_secret(self._signer.link_secret(link_id)), now, creator)

    # Reading

    async def case(self, case_id: str) -> Case:
        """Return a case, or raise CallProblem when there is none."""
        case = await self._storage.case(case_id) if schema.is_id(case_id) else None
        if case is None:
            raise CallProblem("no-such-case", 404, "this case does not exist here; check the address")
        return case

    async def view(self, case_id: str) -> CaseView:
        """Return a case as plain values. Raises CallProblem when there is none."""
        await self.case(case_id)
        try:
            return await self._hub.view(case_id)
        except Refusal as refusal:
            raise CallProblem("no-such-case", 404, refusal.message) from refusal

    async def export(self, case_id: str) -> dict[str, Any]:
        """Return a case as a case file."""
        return case_export.write(await self.view(case_id))

    async def participant(self, membership: Membership) -> Participant | None:
        return await self._storage.participant(membership.case, membership.participant)

    async def people(self, case_id: str) -> list[Participant]:
        """Return all who were let in at some time, in order of coming."""
        return [each for each in await self._storage.participants(case_id) if each.status != "waiting"]

    async def moments(self, case_id: str, before: int | None, limit: int) -> tuple[list[Moment], int | None]:
        """Return past moments, newest first, and the seq to ask for the next page with (None at the end)."""
        cut = moments(await self._storage.facts(case_id))
        older = [moment for moment in reversed(cut) if before is None or moment.seq < before]
        page = older[: max(1, min(limit, MOMENTS_PER_PAGE))]
        return page, page[-1].seq if len(page) < len(older) else None

    async def document_at(self, case_id: str, seq: int) -> bytes:
        """Return the document as it was at a point of the log, as one update."""
        stored = await self._storage.open(case_id)
        if stored is None or not 1 <= seq <= stored.seq:
            raise CallProblem(
                "no-such-moment", 404, f"the log of this case has no entry {seq}; it runs from 1 to {stored.seq if stored else 0}"
            )
        return CaseDocument.open(await self._storage.at(case_id, seq)).keyframe()


def read_case_file(data: object) -> CaseFile:
    """Check a case file given as bytes or as an object. Raises CallProblem that names every problem found."""
    try:
        return casefile.load(data) if isinstance(data, bytes) else casefile.parse(data)
    except CaseFileError as error:
        problems = [{"where": problem.where, "what": problem.what} for problem in error.problems]
        raise CallProblem("case-file", 422, f"this case file cannot be imported: {error}", problems=problems) from error


def new_case_file(title: str, language: str, sector: str | None) -> CaseFile:
    """Return the case file of an empty case. Raises CallProblem when title, language or sector is not as it must be."""
    if not title.strip():
        raise CallProblem("title", 422, "give the case a title")
    given: dict[str, object] = {"format": casefile.FORMAT, "title": title.strip(), "language": language, "sector": sector}
    return read_case_file(given)


def role_named(name: str) -> Role:
    """Return a role by its name. Raises CallProblem when there is none of that name."""
    if name not in ROLES:
        raise CallProblem("role", 422, f"{name!r} is no role; roles are {', '.join(ROLES)}")
    return name


def find_partner(partners: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """Return the partner of that name, however it is capitalised, or None."""
    wanted = name.strip().casefold()
    return next((key for key, partner in partners.items() if str(partner["name"]).strip().casefold() == wanted), None)


def person_name(name: str) -> str:
    """Return someone's name as it is kept. Raises CallProblem."""
    return tidy_name(name, MAX_PERSON_NAME, "your name")


def partner_name(name: str) -> str:
    """Return an organisation's name as it is kept. Raises CallProblem."""
    return tidy_name(name, schema.MAX_NAME, "the name of your organisation")


def _now_ms() -> int:
    return int(time.time() * 1000)
