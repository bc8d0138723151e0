"""The people of a case as a facilitator sees them: who is in or waits, their roles, letting in and taking out, and the rules they work by.

Whatever changes here holds on open connections at once: the hub reads it anew. How people come in is `invitations.py`'s.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast, get_args

from crdt.gate import Role
from crdt.rules import EDITING, MAX_LOCKED, Rules, is_lockable
from crdt.schema import is_id
from server.cases import role_named
from server.errors import CallProblem, ConflictFault
from server.hub import Hub
from server.storage import Participant, Status, Storage
from server.telemetry import Event, log_event

logger = logging.getLogger("puzzeltafel.people")


class People:
    """Who may be in the cases of one server, and what they may do there."""

    def __init__(self, storage: Storage, hub: Hub) -> None:
        self._storage = storage
        self._hub = hub

    async def everyone(self, case_id: str) -> list[Participant]:
        """Return all who ever came, in order of coming."""
        return await self._storage.participants(case_id)

    async def change(self, facilitator: Participant, participant_id: str, *, role: str | None, status: str | None) -> Participant:
        """Give someone another role, let them in, take them out or let them come back. The last facilitator stays one."""
        participant = await self._storage.participant(facilitator.case, participant_id) if is_id(participant_id) else None
        if participant is None:
            raise CallProblem("no-such-participant", 404, "this person is not in the case")
        changed = replace(participant, role=_role(participant, role), status=_status(participant, status))
        if changed == participant:
            return participant
        try:
            await self._storage.change_standing(  # only what is given: the rest another facilitator may be changing just now
                changed.case, changed.id, role=changed.role if role else None, status=changed.status if status else None
            )
        except ConflictFault as conflict:
            words = "a case needs a facilitator, and this is the last one; make someone else facilitator first"
            raise CallProblem("last-facilitator", 409, words) from conflict
        log_event(
            logger,
            Event.STANDING_CHANGED,
            case=changed.case,
            participant=changed.id,
            role=changed.role,
            status=changed.status,
            by=facilitator.id,
        )
        await self._hub.refresh(changed.case)
        return changed

    async def rules(self, case_id: str) -> Rules:
        return await self._storage.rules(case_id)

    async def change_rules(self, facilitator: Participant, given: Mapping[str, Any]) -> Rules:
        """Put what is given of `editing`, `locked`, `lock`, `unlock` and `paused` in force."""
        rules = await self._storage.change_rules(facilitator.case, partial(_ruled, given=given))
        log_event(
            logger,
            Event.RULES_CHANGED,
            case=facilitator.case,
            editing=rules.editing,
            locked=len(rules.locked),
            paused=rules.is_paused,
            by=facilitator.id,
        )
        await self._hub.refresh(facilitator.case)
        return rules


def _role(participant: Participant, given: str | None) -> Role:
    return participant.role if given is None else role_named(given)


def _status(participant: Participant, given: str | None) -> Status:
    if given is None:
        return participant.status
    if given not in ("in", "removed"):
        raise CallProblem("bad-request", 422, f"status must be in or removed; {', '.join(get_args(Status))} are what it can be")
    return cast(Status, given)


def _parts(given: Mapping[str, Any], name: str) -> frozenset[str]:
    """Read a list of parts of a case; none when it is not given."""
    parts = given.get(name, [])
    if not isinstance(parts, list) or len(parts) > MAX_LOCKED or not all(map(is_lockable, parts)):
        raise CallProblem("bad-request", 422, f"{name} must be a list of at most {MAX_LOCKED} pieces or other parts of the case")
    return frozenset(parts)


def _ruled(rules: Rules, given: Mapping[str, Any]) -> Rules:
    if "editing" in given:
        if given["editing"] not in EDITING:
            raise CallProblem("bad-request", 422, f"editing must be one of {', '.join(EDITING)}")
        rules = replace(rules, editing=given["editing"])
    locked = _parts(given, "locked") if "locked" in given else rules.locked
    locked = locked - _parts(given, "unlock") | _parts(given, "lock")
    if len(locked) > MAX_LOCKED:
        raise CallProblem("bad-request", 422, f"at most {MAX_LOCKED} parts of a case can be locked")
    rules = replace(rules, locked=locked)
    if "paused" in given:
        if not isinstance(given["paused"], bool):
            raise CallProblem("bad-request", 422, "paused must be true or false")
        rules = replace(rules, is_paused=given["paused"])
    return rules
