"""Who is where, now: the presence of one room, rebuilt by the server from what it knows.

Keeps at most one state per connection (P1), stamps the person from the session (P2), removes at once (P3), answers newcomers (P4) and
remembers the clock of each removal so that a returning client can be told to step over it (P5). Knows no sockets and no timers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from crdt.gate import Role
from crdt.schema import STATEMENTS, is_id, is_place
from crdt.wire import AwarenessEntry

MAX_STATE_CHARACTERS: Final = 2_048
MAX_CURSOR_CHARACTERS: Final = 512
GONE: Final = "null"
_STATEMENT_NOTES: Final = frozenset(f"statement.{statement}" for statement in STATEMENTS)


@dataclass(frozen=True, slots=True)
class Person:
    """A participant as others see them. `partner` is a partner id of the case, or None."""

    id: str
    name: str
    partner: str | None
    role: Role

    def as_json(self) -> dict[str, str | None]:
        return {"name": self.name, "partner": self.partner, "role": self.role}


class Presence:
    """The states of everybody in one room, by Yjs client id."""

    def __init__(self) -> None:
        self._present: dict[int, AwarenessEntry] = {}
        self._removed: dict[int, int] = {}
        self._changed: dict[int, AwarenessEntry] = {}

    def announce(self, entry: AwarenessEntry, person: Person) -> AwarenessEntry | None:
        """Take in what a connection says of its own client id.

        Returns an entry to send back to it alone when its clock lies behind its last removal (P5), else None.
        An older clock than the present one is ignored.
        """
        removed = self._removed.get(entry.client_id)
        if removed is not None and entry.clock <= removed:
            return AwarenessEntry(entry.client_id, removed, GONE)
        present = self._present.get(entry.client_id)
        if present is not None and entry.clock <= present.clock:
            return None
        self._put(entry, person)
        return None

    def _put(self, entry: AwarenessEntry, person: Person) -> None:
        state = rebuilt(entry.state, person)
        stamped = AwarenessEntry(entry.client_id, entry.clock, state)
        if state == GONE:
            self._present.pop(entry.client_id, None)
        else:
            self._present[entry.client_id] = stamped
        self._changed[entry.client_id] = stamped

    def remove(self, client_id: int) -> None:
        """Take away the state of a connection that closed. Removing twice changes nothing."""
        present = self._present.pop(client_id, None)
        if present is not None:
            gone = AwarenessEntry(client_id, present.clock + 1, GONE)
            self._removed[client_id] = gone.clock
            self._changed[client_id] = gone

    def removed_elsewhere(self, client_id: int, clock: int) -> bool:
        """Note that another server told a client gone; tell whether what is known of it here lies behind that (P5)."""
        present = self._present.get(client_id)
        if present is not None and present.clock > clock:
            return False
        self._removed[client_id] = max(clock, self._removed.get(client_id, 0))
        return True

    def present(self) -> list[AwarenessEntry]:
        """Return everybody's newest state."""
        return list(self._present.values())

    def take_changes(self) -> list[AwarenessEntry]:
        """Return what changed since the last call, newest state only."""
        changed, self._changed = self._changed, {}
        return list(changed.values())

    def has_changes(self) -> bool:
        return bool(self._changed)


def rebuilt(state: str, person: Person) -> str:
    """Return the state others will see: known fields of the client's, and who it is from the session (P2).

    What cannot be read, or is too long, counts as a state with nothing in it.
    """
    if state == GONE:
        return GONE
    known = _known_fields(state)
    return json.dumps(
        {"user": {"id": person.id, **person.as_json()}, **known}, separators=(",", ":")
    )  # ASCII: half a character stays harmless


def _known_fields(state: str) -> dict[str, Any]:
    if len(state) > MAX_STATE_CHARACTERS:
        return {}
    try:
        fields = json.loads(state)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(fields, Mapping):
        return {}
    return {name: fields[name] for name, check in _FIELDS.items() if name in fields and check(fields[name])}


def _is_cursor(value: object) -> bool:
    """Tell whether a value may be a cursor; numbers that JSON does not know would make the whole frame unreadable to everyone."""
    if value is None:
        return True
    try:
        return isinstance(value, (dict, str)) and len(json.dumps(value, allow_nan=False)) <= MAX_CURSOR_CHARACTERS
    except (ValueError, RecursionError):
        return False


def _is_noted(value: object) -> bool:
    return value is None or (isinstance(value, str) and (is_id(value) or value in _STATEMENT_NOTES))


_FIELDS: Final = {
    "at": lambda value: value is None or value == "partners" or is_place(value),
    "note": _is_noted,
    "typing": lambda value: isinstance(value, bool),
    "cursor": _is_cursor,
}
