"""May this participant make this change? Judges effects, not bytes.

The update is applied to a shadow document first; what was observed to change there is held against the role of the sender and
the shape of a case. An update that is refused leaves the shadow spoilt: `server/core/shadow.py` rebuilds
it. Frame sizes are judged where bytes are read, rates in the session's bucket; whose client ids are used is the shadow's to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import pycrdt

from crdt.case import CaseDocument, library_faults
from crdt.schema import (
    ENTRY_ROOTS,
    FLAT_ROOTS,
    MAX_ENTRIES,
    MAX_STATEMENT,
    ROOTS,
    SHARED_TEXT_FIELDS,
    entry_problem,
    flat_problem,
)

Role = Literal["facilitator", "partner", "critical-friend", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("facilitator", "partner", "critical-friend", "viewer")

WRITABLE_ROOTS: Final[Mapping[Role, frozenset[str]]] = {
    "facilitator": frozenset(ROOTS),
    "partner": frozenset(ROOTS),
    "critical-friend": frozenset({"comments"}),
    "viewer": frozenset(),
}


def may_write(role: Role) -> bool:
    """Tell whether a role may change anything at all."""
    return bool(WRITABLE_ROOTS[role])


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf an update is judged."""

    participant: str
    role: Role


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a change is not made: a stable code for programs, and words for people."""

    reason: Literal["role", "shape", "author", "limit", "client-id", "epoch", "gap", "fault"]
    message: str


@dataclass(slots=True)
class Effect:
    """What an update was observed to change: per root the keys touched, and the entries that are new."""

    touched: dict[str, set[str]] = field(default_factory=dict)
    added: set[tuple[str, str]] = field(default_factory=set)
    authors_set: set[tuple[str, str]] = field(default_factory=set)

    def touch(self, root: str, keys: Iterable[str]) -> None:
        self.touched.setdefault(root, set()).update(keys)


class Gate:
    """Judges updates against a shadow document that runs ahead with what is in flight."""

    def __init__(self, shadow: CaseDocument) -> None:
        self.shadow = shadow
        self._effect = Effect()
        self._authors: dict[tuple[str, str], object] = {}
        self._subscriptions = [self._watch(name) for name in ROOTS]
        for root in ("notes", "comments"):
            self._remember_authors(root, shadow.maps[root].keys())

    def judge(self, update: bytes, sender: Sender) -> Effect | Refused:
        """Apply an update to the shadow and judge what it did there.

        Returns the effect (which may touch nothing), or why it is refused; the shadow is then spoilt and this gate must
        be thrown away. Raises DocumentFault when the library fails, with the same consequence.
        """
        self._effect = Effect()
        with library_faults():
            self.shadow.doc.apply_update(update)
        refused = self._judge(self._effect, sender)
        if refused is None:
            for root, entry_id in self._effect.added:
                self._remember_authors(root, (entry_id,))
        return refused or self._effect

    def vouch(self, authors: Mapping[tuple[str, str], str]) -> None:
        """Take from the server who made entries that were deleted before this gate was there."""
        for entry, author in authors.items():
            self._authors.setdefault(entry, author)

    def _watch(self, root: str) -> Any:
        if root in self.shadow.texts:
            return self.shadow.texts[root].observe(lambda _event: self._effect.touch(root, ("",)))
        return self.shadow.maps[root].observe_deep(lambda events: self._observe(root, events))

    def _observe(self, root: str, events: list[Any]) -> None:
        for event in events:
            path = event.path
            if path:
                self._effect.touch(root, (str(path[0]),))
                if len(path) == 1 and "author" in event.keys:
                    self._effect.authors_set.add((root, str(path[0])))
            else:
                self._observe_root(root, event.keys)

    def _observe_root(self, root: str, keys: Mapping[str, Mapping[str, Any]]) -> None:
        self._effect.touch(root, keys)
        for key, change in keys.items():
            if change["action"] != "delete":
                self._effect.added.add((root, key))

    def _judge(self, effect: Effect, sender: Sender) -> Refused | None:
        for root, keys in effect.touched.items():
            refused = self._judge_root(root, keys, sender)
            if refused:
                return refused
        return self._judge_authors(effect, sender)

    def _judge_root(self, root: str, keys: set[str], sender: Sender) -> Refused | None:
        if root not in WRITABLE_ROOTS[sender.role]:
            return Refused("role", f"a {sender.role.replace('-', ' ')} may not change {_in_words(root)}")
        if root in self.shadow.texts:
            return self._judge_statement(root)
        if root in FLAT_ROOTS:
            return self._judge_flat(root, keys)
        if len(self.shadow.maps[root]) > MAX_ENTRIES[root]:
            return Refused("limit", f"the case has {MAX_ENTRIES[root]:,} {root}, which is the most it can hold")
        return next((refused for key in keys if (refused := self._judge_entry(root, key))), None)

    def _judge_statement(self, root: str) -> Refused | None:
        length = len(self.shadow.texts[root])
        if length > MAX_STATEMENT:
            return Refused("limit", f"the statement has {length:,} characters, limit is {MAX_STATEMENT:,}")
        return None

    def _judge_flat(self, root: str, keys: set[str]) -> Refused | None:
        for key in keys:
            shared = self.shadow.maps[root]
            problem = flat_problem(root, key, shared[key]) if key in shared else None
            if problem:
                return Refused("shape", problem)
        return None

    def _judge_entry(self, root: str, key: str) -> Refused | None:
        found = self.shadow.maps[root].get(key)
        if found is None:
            return None if key not in self.shadow.maps[root] else Refused("shape", f"{root}: an entry must be a map")
        if not isinstance(found, pycrdt.Map):
            return Refused("shape", f"{root}: an entry must be a map")
        for name, value in found.items():
            if isinstance(value, pycrdt.Text) != ((root, name) in SHARED_TEXT_FIELDS):
                return Refused("shape", f"{root}.{name[:40]} has the wrong kind of value")
        problem = entry_problem(root, key, self.shadow.entry(root, key) or {})
        return Refused("shape", problem) if problem else None

    def _judge_authors(self, effect: Effect, sender: Sender) -> Refused | None:
        for root, key in effect.added | effect.authors_set:
            author = (self.shadow.entry(root, key) or {}).get("author") if root in ("notes", "comments") else None
            if author is not None and author != self._authors.get((root, key), sender.participant):
                return Refused("author", f"{root}: the author of an entry is who made it")
            if author is None and (root, key) in effect.authors_set and self._authors.get((root, key)) is not None:
                return Refused("author", f"{root}: the author of an entry cannot be taken away")
        return None

    def _remember_authors(self, root: str, keys: Iterable[str]) -> None:
        """Keep who made each entry, deleted ones too: undoing a deletion brings an entry back with its author."""
        for key in keys:
            author = (self.shadow.entry(root, key) or {}).get("author") if root in ("notes", "comments") else None
            if author is not None:
                self._authors.setdefault((root, key), author)


def _in_words(root: str) -> str:
    if root in ENTRY_ROOTS:
        return root
    return {"meta": "the title, sector or language", "sdgs": "the SDGs", "roadmap": "the roadmap"}.get(root, "a statement")
