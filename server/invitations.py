"""Links into a case: making, limiting and revoking them, coming in by one, and coming back by one's own way in.

Only hashes of secrets are stored: the secret of a link is derived from the server's key (`signing.py`), the secret of someone's own
way back is shown once. Who is already in is `people.py`'s.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from crdt import order, schema
from crdt.case import CaseDocument, CaseView, amend, build
from crdt.gate import ROLES, Role, Sender, may_write
from server.cases import Cases, NewPerson, PartnerChoice, find_partner, partner_name, person_name
from server.errors import CallProblem, ConflictFault
from server.hub import Hub
from server.names import tidy_name
from server.signing import Membership, Signer, hash_secret, new_client_id, new_id, new_secret
from server.storage import Link, Participant, Storage
from server.telemetry import Event, log_event
from server.tickets import ChangeRefused

MAX_LINK_NAME: Final = 60
MAX_LINKS: Final = 100
MAX_SEATS: Final = 10_000

logger = logging.getLogger("puzzeltafel.people")

_NOT_VALID: Final = "this link is not valid (any more); ask the facilitator for a new one"
_FULL: Final = "everyone who fits by this link is in; ask the facilitator for another"


class Invitations:
    """The links of the cases of one server, and who comes in by them."""

    def __init__(self, cases: Cases, storage: Storage, hub: Hub, signer: Signer) -> None:
        self._cases = cases
        self._storage = storage
        self._hub = hub
        self._signer = signer

    # Links

    async def links(self, case_id: str) -> list[tuple[Link, str]]:
        """Return the links of a case that were not revoked, with their secrets."""
        return [(link, self._signer.link_secret(link.id)) for link in await self._storage.links(case_id) if link.revoked_at is None]

    def secret(self, link: Link) -> str:
        return self._signer.link_secret(link.id)

    async def taken_seats(self, case_id: str) -> dict[str, int]:
        """Return per link how many people came by it and were not removed."""
        taken: dict[str, int] = {}
        for each in await self._storage.participants(case_id):
            if each.link is not None and each.status != "removed":
                taken[each.link] = taken.get(each.link, 0) + 1
        return taken

    async def make(self, maker: Participant, role: Role, limits: Mapping[str, Any]) -> Link:
        """Make a link for a role; `limits` as in `change`."""
        if len(await self.links(maker.case)) >= MAX_LINKS:
            raise CallProblem("limit", 409, f"this case has {MAX_LINKS} links, which is the most; revoke one first")
        link_id = new_id()
        secret_hash = hash_secret(self._signer.link_secret(link_id))
        link = _limited(Link(link_id, maker.case, role, secret_hash, _now_ms(), maker.id), limits)
        await self._storage.put_link(link)
        log_event(logger, Event.LINK_MADE, case=link.case, link=link.id, role=role, by=maker.id)
        return link

    async def change(self, case_id: str, link_id: str, limits: Mapping[str, Any]) -> Link:
        """Change what is given of `name`, `expires_at`, `seats` and `has_waiting_room`."""
        link = _limited(await self._own(case_id, link_id), limits)
        await self._storage.put_link(link)
        return link

    async def revoke(self, remover: Participant, link_id: str, *, with_people: bool) -> int:
        """Let nobody come in by a link any more; with `with_people` those who did go too. Returns how many went.

        Who revokes, and facilitators, stay: a link that leaked is no reason to lock oneself out.
        """
        link = await self._own(remover.case, link_id)
        await self._storage.put_link(replace(link, revoked_at=_now_ms()))
        log_event(logger, Event.LINK_REVOKED, case=link.case, link=link.id, by=remover.id)
        came = [each for each in await self._storage.participants(link.case) if each.link == link.id and each.role != "facilitator"]
        gone = [each for each in came if each.status == "waiting" or (with_people and each.status == "in")]
        for each in gone:
            await self._storage.change_standing(link.case, each.id, status="removed")
        await self._hub.refresh(link.case)
        return len(gone)

    async def _own(self, case_id: str, link_id: str) -> Link:
        for link in await self._storage.links(case_id):
            if link.id == link_id and link.revoked_at is None:
                return link
        raise CallProblem("no-such-link", 404, "this link is not there (any more)")

    # Coming in

    async def invitation(self, case_id: str, secret: str) -> tuple[Link, CaseView, int]:
        """Return the link a secret belongs to, the case it leads to, and how many people are in it."""
        link = await self._link(case_id, secret)
        return link, await self._cases.view(case_id), sum(each.status == "in" for each in await self._storage.participants(case_id))

    async def _link(self, case_id: str, secret: str) -> Link:
        link = await self._storage.link_by_hash(case_id, hash_secret(secret))
        if link is None or link.revoked_at is not None:
            log_event(logger, Event.LINK_REFUSED, case=case_id[:64])
            raise CallProblem("link-not-valid", 404, _NOT_VALID)
        if link.expires_at is not None and link.expires_at <= _now_ms():
            raise CallProblem("link-expired", 410, "this link has expired; ask the facilitator for a new one")
        return link

    async def join(self, case_id: str, secret: str, person: NewPerson, known: Membership | None) -> Participant:
        """Let someone in by a link, or into its waiting room. A browser that is already a participant stays that participant."""
        link = await self._link(case_id, secret)
        now = _now_ms()
        before = await self._storage.participant(case_id, known.participant) if known and known.case == case_id else None
        if before is not None:
            return await self._join_again(before, link, person)
        if link.seats is not None and (await self.taken_seats(case_id)).get(link.id, 0) >= link.seats:
            raise CallProblem("link-full", 409, _FULL)  # before anything of theirs is put into the case
        newcomer = Participant(
            new_id(), case_id, person_name(person.name), None, link.role, now, link.id, "waiting" if link.has_waiting_room else "in"
        )
        return await self._seat(newcomer, person.partner, link.seats)

    async def _join_again(self, before: Participant, link: Link, person: NewPerson) -> Participant:
        """A link with a stronger role raises who is in already; one with a waiting room raises nobody by itself."""
        not_removed(before)
        role = min(before.role, link.role, key=ROLES.index)
        if role != before.role and before.status == "in" and not link.has_waiting_room:
            await self._storage.change_standing(before.case, before.id, role=role)
            before = replace(before, role=role)
        return await self._seat(replace(before, name=person_name(person.name)), person.partner)

    async def admit(self, case_id: str, role: Role, person: NewPerson) -> Participant:
        """Let someone in without a link: the way of the command line."""
        await self._cases.case(case_id)
        return await self._seat(Participant(new_id(), case_id, person_name(person.name), None, role, _now_ms()), person.partner)

    async def _seat(self, participant: Participant, choice: PartnerChoice | None, seats: int | None = None) -> Participant:
        """Keep a participant, adding the organisation to the case when it is new there and they are let in."""
        if choice is not None:
            participant = replace(participant, partner=await self._partner_of(participant, choice))
        try:
            await self._storage.put_participant(participant, seats)
        except ConflictFault as conflict:
            raise await self._no_seat(participant) from conflict
        log_event(logger, Event.JOINED, case=participant.case, participant=participant.id, role=participant.role, status=participant.status)
        await self._hub.refresh(participant.case)
        return participant

    async def _no_seat(self, participant: Participant) -> CallProblem:
        """Say why a link that was good a moment ago seats nobody now."""
        if any(each.id == participant.link and each.revoked_at is not None for each in await self._storage.links(participant.case)):
            return CallProblem("link-not-valid", 404, _NOT_VALID)
        return CallProblem("link-full", 409, _FULL)

    async def _partner_of(self, participant: Participant, choice: PartnerChoice) -> str | None:
        partners = (await self._cases.view(participant.case))["partners"]
        found = choice.id if choice.id is not None else find_partner(partners, choice.name or "")
        if choice.id is not None and choice.id not in partners:
            raise CallProblem("no-such-partner", 422, "this organisation is not (any more) in the case; pick another")
        if not may_write(participant.role) or participant.role == "critical-friend" or participant.status == "waiting":
            return found  # whoever may not change the partners speaks for one that is there, or for none
        if found is None:
            return await self._add_partner(participant, choice)
        if partners[found].get("order") is None:
            await self._list_partner(participant, found)
        return found

    async def _add_partner(self, participant: Participant, choice: PartnerChoice) -> str:
        partner_id = new_id()
        name = partner_name(choice.name or "")

        def build_partner(document: CaseDocument) -> bytes:
            entry = {"name": name, "helix": choice.helix, "order": _next_partner_order(document)}
            return build(new_client_id(), {"partners": {partner_id: entry}})

        await self._change(participant, build_partner)
        return partner_id

    async def _list_partner(self, participant: Participant, partner_id: str) -> None:
        await self._change(
            participant,
            lambda document: amend(document, new_client_id(), "partners", partner_id, {"order": _next_partner_order(document)}),
        )

    async def _change(self, participant: Participant, build_update: Any) -> None:
        try:
            await self._hub.change(participant.case, Sender(participant.id, participant.role, is_joining=True), build_update)
        except ChangeRefused as refused:
            raise CallProblem("refused", 422, str(refused)) from refused

    async def rename(self, participant: Participant, name: str) -> Participant:
        """Change someone's own name, everywhere it shows."""
        return await self._seat(replace(participant, name=person_name(name)), None)

    # Coming back

    async def way_back(self, participant: Participant) -> str:
        """Make the secret by which a participant comes back from any browser. It is shown once; an earlier one is void."""
        secret = new_secret()
        await self._storage.put_recovery(participant.case, participant.id, hash_secret(secret))
        log_event(logger, Event.WAY_BACK_MADE, case=participant.case, participant=participant.id)
        return secret

    async def come_back(self, case_id: str, secret: str) -> Participant:
        """Return whose way back a secret is."""
        participant = await self._storage.participant_by_recovery(case_id, hash_secret(secret)) if schema.is_id(case_id) else None
        if participant is None:
            log_event(logger, Event.LINK_REFUSED, case=case_id[:64])
            raise CallProblem("link-not-valid", 404, "this way back is not valid (any more); ask a facilitator for a link")
        not_removed(participant)
        log_event(logger, Event.CAME_BACK, case=case_id, participant=participant.id)
        return participant


def _limited(link: Link, limits: Mapping[str, Any]) -> Link:
    """Return a link with the limits that are given. Raises CallProblem for one that makes no sense."""
    if "name" in limits:
        link = replace(link, name=_link_name(limits["name"]))
    if "expires_at" in limits:
        link = replace(link, expires_at=_whole(limits["expires_at"], _now_ms() + 1, schema.MAX_TIME_MS, "expires_at, a moment to come"))
    if "seats" in limits:
        link = replace(link, seats=_whole(limits["seats"], 1, MAX_SEATS, "seats"))
    if "has_waiting_room" in limits:
        if not isinstance(limits["has_waiting_room"], bool):
            raise CallProblem("bad-request", 422, "has_waiting_room must be true or false")
        link = replace(link, has_waiting_room=limits["has_waiting_room"])
    return link


def _link_name(name: object) -> str | None:
    if name is not None and not isinstance(name, str):
        raise CallProblem("bad-request", 422, "name must be text, or null for no name")
    return tidy_name(name, MAX_LINK_NAME, "the name of this link") if name else None


def _whole(value: object, least: int, most: int, what: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise CallProblem("bad-request", 422, f"{what} must be a whole number from {least:,} to {most:,}, or null for no limit")
    return value


def not_removed(participant: Participant) -> None:
    """Raise CallProblem for someone whom a facilitator took out of the case."""
    if participant.status == "removed":
        raise CallProblem("removed", 403, "a facilitator took you out of this case; ask them to let you in again")


def _next_partner_order(document: CaseDocument) -> str:
    return order.after(order.last_of(partner.get("order") for partner in document.view()["partners"].values()))


def _now_ms() -> int:
    return int(time.time() * 1000)
