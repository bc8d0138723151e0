"""People as storage keeps them, made into what rooms know: persons, and who may come in. Reads; decides nothing."""

from __future__ import annotations

from crdt.presence import Person
from server.core.access import Access, Waiting
from server.storage import Participant, Storage


def as_person(participant: Participant) -> Person:
    """Return a participant as the others see them."""
    return Person(participant.id, participant.name, participant.partner, participant.role)


async def read_access(storage: Storage, case_id: str) -> Access:
    """Return who may do what in a case now. Raises StorageFault."""
    everyone = await storage.participants(case_id)
    return Access(
        people={each.id: as_person(each) for each in everyone if each.status != "waiting"},
        removed=frozenset(each.id for each in everyone if each.status == "removed"),
        waiting=tuple(Waiting(each.id, each.name, each.partner, each.joined_at) for each in everyone if each.status == "waiting"),
        rules=await storage.rules(case_id),
    )
