"""The bodies of our own messages (E of `docs/protocol.md`), as plain values. Whom they are for is the room's to say."""

from __future__ import annotations

from collections.abc import Mapping

from crdt.gate import Refused
from crdt.presence import Person
from server.core.access import Access
from server.core.session import Session

Body = dict[str, object]


def hello(session: Session, case: str, epoch: int, now_ms: int) -> Body:
    """E1: who you are here. `now` is this server's clock, for devices whose own is wrong."""
    person = session.person
    return {
        "participant": person.id,
        "name": person.name,
        "role": session.role,
        "partner": person.partner,
        "case": case,
        "epoch": epoch,
        "writable": session.may_write,
        "now": now_ms,
    }


def refused(why: Refused, updates: int) -> Body:
    """E3: which update frame is not made, and why."""
    return {"reason": why.reason, "message": why.message, "updates": updates}


def people(known: Mapping[str, Person], clients: Mapping[int, str]) -> Body:
    """E4: who is who, and whose Yjs client ids are whose."""
    return {
        "people": {person.id: person.as_json() for person in known.values()},
        "clients": {str(client): participant for client, participant in clients.items()},
    }


def rules(session: Session, access: Access) -> Body:
    """E6: what this client may do."""
    return {"role": session.role, "writable": session.may_write, **access.rules.as_json()}


def waiting(access: Access) -> Body:
    """E7: who waits to be let in."""
    return {"waiting": [each.as_json() for each in access.waiting]}
