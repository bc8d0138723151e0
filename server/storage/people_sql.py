"""The statements about people, links and rules, each within a transaction of the caller (`sql.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, Connection, Row, Table, bindparam, func, insert, select, update

from crdt.gate import Role
from crdt.rules import OPEN, Editing, Rules
from server.errors import ConflictFault
from server.storage import Link, Participant, PointName, Status
from server.storage.tables import cases, links, marks, participants, rules, storable
from server.storage.worded import Worded

PARTICIPANT: Final = tuple(
    participants.c[name] for name in ("id", "case_id", "name", "partner_id", "role", "joined_at", "link_id", "status")
)
_READ_PARTICIPANT: Final = Worded(
    select(*PARTICIPANT).where(participants.c.case_id == bindparam("case"), participants.c.id == bindparam("participant"))
)
"""Asked for everyone who comes in, hundreds at once, and at every call of someone who is known."""


def hold(connection: Connection, case_id: str) -> None:
    """Hold a case until the transaction ends, so that what is counted there stays true; and note that something changed in it."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(revision=cases.c.revision + 1))


def put_participant(connection: Connection, participant: Participant, seats: int | None) -> None:
    hold(connection, participant.case)
    known = {"name": participant.name, "partner_id": participant.partner}
    if connection.execute(update(participants).where(participants.c.id == participant.id).values(known)).rowcount:
        return
    if _count(connection, links, links.c.id == participant.link, links.c.revoked_at.is_not(None)):
        raise ConflictFault(f"link {participant.link} was revoked")
    if seats is not None:
        seated = participants.c.link_id == participant.link, participants.c.status != "removed"
        if _count(connection, participants, *seated) >= seats:
            raise ConflictFault(f"link {participant.link} has {seats} seats, and all are taken")
    connection.execute(insert(participants).values(participant_values(participant)))


def change_standing(connection: Connection, case_id: str, participant_id: str, *, role: Role | None, status: Status | None) -> None:
    hold(connection, case_id)
    values = {key: value for key, value in (("role", role), ("status", status)) if value is not None}
    here = participants.c.case_id == case_id
    connection.execute(update(participants).where(here, participants.c.id == participant_id).values(values))
    facilitators = here, participants.c.role == "facilitator", participants.c.status == "in"
    if not _count(connection, participants, *facilitators):
        raise ConflictFault(f"case {case_id} would be left without a facilitator")


def _count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    """Count the rows of which all of this holds."""
    return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())


def put(connection: Connection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Replace the row with this key, or add it."""
    matches = [table.c[name] == value for name, value in key.items()]
    changed = connection.execute(update(table).where(*matches).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(table).values(**key, **values))


def put_mark(connection: Connection, name: PointName) -> None:
    hold(connection, name.case)
    key = {"case_id": name.case, "kind": name.kind, "seq": name.seq}
    put(connection, marks, key, {"name": name.name, "at": name.at, "participant_id": name.by})


def put_link(connection: Connection, link: Link) -> None:
    hold(connection, link.case)
    values = link_values(link)
    still = values | {"revoked_at": func.coalesce(links.c.revoked_at, link.revoked_at)}
    if not connection.execute(update(links).where(links.c.id == link.id).values(still)).rowcount:
        connection.execute(insert(links).values(values))


def change_rules(connection: Connection, case_id: str, change: Callable[[Rules], Rules]) -> Rules:
    hold(connection, case_id)
    found = connection.execute(select(rules).where(rules.c.case_id == case_id))
    changed = change(rules_of(found.one_or_none()))
    values = {"editing": changed.editing, "locked": " ".join(sorted(changed.locked)), "is_paused": changed.is_paused}
    put(connection, rules, {"case_id": case_id}, values)
    return changed


def rules_of(row: Row[Any] | None) -> Rules:
    if row is None:
        return OPEN
    return Rules(cast(Editing, row.editing), frozenset(row.locked.split()), row.is_paused)


def participant_values(participant: Participant) -> dict[str, Any]:
    return {
        "id": participant.id,
        "case_id": participant.case,
        "name": participant.name,
        "partner_id": participant.partner,
        "role": participant.role,
        "joined_at": participant.joined_at,
        "link_id": participant.link,
        "status": participant.status,
    }


def participant(connection: Connection, case_id: str, participant_id: str) -> Participant | None:
    found = _READ_PARTICIPANT.rows(connection, {"case": storable(case_id), "participant": storable(participant_id)})
    return participant_of(found[0]) if found else None


def participant_of(row: Sequence[Any]) -> Participant:
    """Make a participant of a row of `PARTICIPANT`, which has the order of its fields."""
    return Participant(*row)


def link_values(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "case_id": link.case,
        "role": link.role,
        "secret_hash": link.secret_hash,
        "created_at": link.created_at,
        "created_by": link.created_by,
        "name": link.name,
        "expires_at": link.expires_at,
        "seats": link.seats,
        "has_waiting_room": link.has_waiting_room,
        "revoked_at": link.revoked_at,
    }


def link_of(row: Row[Any]) -> Link:
    return Link(
        row.id,
        row.case_id,
        cast(Role, row.role),
        row.secret_hash,
        row.created_at,
        row.created_by,
        row.name,
        row.expires_at,
        row.seats,
        row.has_waiting_room,
        row.revoked_at,
    )
