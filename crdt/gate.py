"""May this participant make this change? Judges effects, not bytes.

The update is applied to a shadow document first; what was observed to change there (`effect.py`) is held against the role of the
sender, the rules of the case and its shape. An update that is refused leaves the shadow spoilt: `server/core/shadow.py` makes it anew and
hands it over with `afresh`, which does not read the whole case again.
Frame sizes are judged where bytes are read, rates in the session's bucket; whose Yjs client ids are used is the shadow's to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

import pycrdt

from crdt.case import CaseDocument, library_faults
from crdt.effect import Effect, Watch, recorded
from crdt.provenance import Provenance
from crdt.rules import OPEN, Rules
from crdt.schema import (
    ALSO,
    ENTRY_ROOTS,
    FLAT_ROOTS,
    MAX_AHEAD_MS,
    MAX_ENTRIES,
    MAX_NOTE,
    MAX_STATEMENT,
    MAX_TIME_MS,
    ROOTS,
    SHARED_TEXT_FIELDS,
    entry_problem,
    flat_problem,
    reference_of,
)

Role = Literal["facilitator", "partner", "critical-friend", "viewer"]
ROLES: Final[tuple[Role, ...]] = ("facilitator", "partner", "critical-friend", "viewer")

WRITABLE_ROOTS: Final[Mapping[Role, frozenset[str]]] = {
    "facilitator": frozenset(ROOTS),
    "partner": frozenset(ROOTS),
    "critical-friend": frozenset({"comments"}),
    "viewer": frozenset(),
}
AUTHORED: Final = ("notes", "comments")
ANYONES_FIELDS: Final = {"notes": frozenset({"place", "order"}), "comments": frozenset({"resolved"})}
"""Fields of a note or comment that whoever may write there may change, whose it may be: moving and showing elsewhere, and ticking off."""

NOTHING_NEW: Final[Mapping[int, int]] = MappingProxyType({})

Reason = Literal["role", "paused", "locked", "whose", "shape", "reference", "author", "limit", "client-id", "epoch", "gap", "fault"]


def may_write(role: Role) -> bool:
    """Tell whether a role may change anything at all."""
    return bool(WRITABLE_ROOTS[role])


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf an update is judged.

    `is_joining`: the server itself lists the partner of someone who comes in; a pause or a lock does not keep people out.
    `brings_back`: what the log once held may refer to what is gone since.
    """

    participant: str
    role: Role
    partner: str | None = None
    is_joining: bool = False
    brings_back: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a change is not made: a stable code for programs, and words for people."""

    reason: Reason
    message: str


class Standing(NamedTuple):
    """What a note or comment was before an update: where it lay, the partner it was for, and whether it named its author."""

    place: str
    partner: str | None
    is_signed: bool


class Gate:
    """Judges updates against a shadow document that runs ahead with what is in flight."""

    def __init__(self, shadow: CaseDocument, provenance: Provenance | None = None) -> None:
        self.shadow = shadow
        self._provenance = provenance or Provenance()
        self._standing: dict[tuple[str, str], Standing] = {}
        self._watch = Watch(shadow)
        for root in ENTRY_ROOTS:
            self._learn(root)

    def afresh(self, shadow: CaseDocument) -> None:
        """Go on with a shadow made anew, which holds what was accepted and nothing else."""
        self.shadow = shadow
        self._watch = Watch(shadow)

    def judge(
        self,
        update: bytes,
        sender: Sender,
        *,
        rules: Rules = OPEN,
        now_ms: int = MAX_TIME_MS,
        reaches: Mapping[int, int] = NOTHING_NEW,
    ) -> Effect | Refused:
        """Apply an update to the shadow and judge what it did there. `reaches` are the clocks that it must bring its clients to.

        Returns the effect (which may touch nothing), or why it is refused; the shadow is then spoilt and must be made anew
        (`afresh`). Raises DocumentFault when the library fails, with the same consequence.
        """
        effect = self._watch.begin()
        with library_faults(), recorded(self.shadow, effect):
            self.shadow.doc.apply_update(update)
        refused = next(self._objections(effect, sender, rules, now_ms), None) or self._against_waiting(reaches)
        if refused is None:
            self._remember(effect, sender.participant)
        return refused or effect

    def take(self, update: bytes, participant: str) -> Effect:
        """Apply what was judged elsewhere and is in the log, remember whose it is, and return what it did. Raises DocumentFault."""
        effect = self._watch.begin()
        with library_faults(), recorded(self.shadow, effect):
            self.shadow.doc.apply_update(update)
        self._remember(effect, participant)
        return effect

    def vouch(self, authors: Mapping[tuple[str, str], str]) -> None:
        """Take from the server who made entries that were deleted before this gate was there."""
        self._provenance.vouch(authors)

    def _objections(self, effect: Effect, sender: Sender, rules: Rules, now_ms: int) -> Iterator[Refused]:
        """Yield what is wrong, the reason a person can do most about first."""
        for root in effect.touched:
            if root not in WRITABLE_ROOTS[sender.role]:
                yield Refused("role", f"a {sender.role.replace('-', ' ')} may not change {_in_words(root)}")
        if sender.role != "facilitator":
            yield from self._against_rules(effect, sender, rules)
        for root, keys in effect.touched.items():
            yield from self._against_shape(root, keys)
        for subject in effect.fields:
            yield from self._against_facts(effect, subject, sender, now_ms)
        yield from self._against_authors(effect, sender)

    def _against_waiting(self, reaches: Mapping[int, int]) -> Refused | None:
        """Refuse what the library keeps aside: what several clients bring together can wait for itself."""
        clocks = self.shadow.clocks() if reaches else {}
        if any(clocks.get(client, 0) < end for client, end in reaches.items()):
            return Refused("gap", "parts of this change build upon each other in a ring")
        return None

    # The rules of the case

    def _against_rules(self, effect: Effect, sender: Sender, rules: Rules) -> Iterator[Refused]:
        if effect.touched and not sender.is_joining:
            if rules.is_paused:
                yield Refused("paused", "the facilitator has paused this case; nothing can be changed until they go on")
            yield from (
                Refused("locked", f"the facilitator has locked {place}; nothing can be changed there now")
                for place in self._places(effect)
                if rules.locks(place)
            )
        for (root, key), fields in effect.fields.items():
            if not self._may_change(root, key, fields, sender, rules):
                yield Refused("whose", f"{root}: in this case you may not change what others wrote")

    def _places(self, effect: Effect) -> Iterator[str]:
        """Yield the places an update touches: where things were, and where they are."""
        for root, keys in effect.touched.items():
            if root in self.shadow.texts:
                yield root.removeprefix("statement.")
            elif root in ("partners", "roadmap"):
                yield root
            elif root == "pairs":
                yield from (f"vpc/{key}" for key in keys)
            elif root == "notes":
                for key in keys:
                    before = self._standing.get((root, key))
                    if before:
                        yield before.place
                    yield from (name.removeprefix(ALSO) for name in effect.fields.get((root, key), ()) if name.startswith(ALSO))
                    yield str((self.shadow.entry(root, key) or {}).get("place", ""))

    def _may_change(self, root: str, key: str, fields: set[str], sender: Sender, rules: Rules) -> bool:
        before = self._standing.get((root, key))
        if before is None or all(name in ANYONES_FIELDS[root] or name.startswith(ALSO) for name in fields):
            return True
        if self._provenance.maker(root, key) == sender.participant:
            return True
        if root == "comments":
            return False
        if rules.editing == "partner":
            return before.partner is not None and before.partner == sender.partner
        return rules.editing == "everyone"

    # Words

    def may_type(self, subject: tuple[str, str], sender: Sender, rules: Rules) -> bool:
        """Tell whether a sender may change words in a text that was judged before and stays: what `judge` would hold against that alone."""
        root, key = subject
        if root not in WRITABLE_ROOTS[sender.role]:
            return False
        if sender.role == "facilitator":
            return True
        if rules.is_paused:
            return False
        if root in self.shadow.texts:
            return not rules.locks(root.removeprefix("statement."))
        before = self._standing.get(subject)
        return before is not None and not rules.locks(before.place) and self._may_change(root, key, {"text"}, sender, rules)

    def room_for_words(self, subject: tuple[str, str]) -> int:
        """Return how many characters more the text of a subject can take."""
        root, key = subject
        if root in self.shadow.texts:
            return MAX_STATEMENT - len(str(self.shadow.texts[root]))
        entry = self.shadow.entry(root, key)
        return MAX_NOTE - len(str(entry["text"])) if entry else 0

    # The shape of a case

    def _against_shape(self, root: str, keys: set[str]) -> Iterator[Refused]:
        if root in self.shadow.texts:
            length = len(str(self.shadow.texts[root]))
            if not _is_only_text(self.shadow.texts[root]):
                yield Refused("shape", "a statement holds text alone")
            if length > MAX_STATEMENT:
                yield Refused("limit", f"the statement has {length:,} characters, limit is {MAX_STATEMENT:,}")
        elif root in FLAT_ROOTS:
            shared = self.shadow.maps[root]
            problems = (flat_problem(root, key, shared[key]) for key in keys if key in shared)
            yield from (Refused("shape", problem) for problem in problems if problem)
        elif len(self.shadow.maps[root]) > MAX_ENTRIES[root]:
            yield Refused("limit", f"the case has {MAX_ENTRIES[root]:,} {root}, which is the most it can hold")
        else:
            for key in keys:
                yield from self._against_entry_shape(root, key)

    def _against_entry_shape(self, root: str, key: str) -> Iterator[Refused]:
        found = self.shadow.maps[root].get(key)
        if found is None and key not in self.shadow.maps[root]:
            return
        if not isinstance(found, pycrdt.Map):
            yield Refused("shape", f"{root}: an entry must be a map")
            return
        for name, value in found.items():
            if isinstance(value, pycrdt.Text) != ((root, name) in SHARED_TEXT_FIELDS):
                yield Refused("shape", f"{root}.{name[:40]} has the wrong kind of value")
            if isinstance(value, pycrdt.Text) and not _is_only_text(value):
                yield Refused("shape", f"{root}.{name[:40]} holds text alone")
        problem = entry_problem(root, key, self.shadow.entry(root, key) or {})
        if problem:
            yield Refused("shape", problem)

    # What an entry says of other entries, of time and of its author

    def _against_facts(self, effect: Effect, subject: tuple[str, str], sender: Sender, now_ms: int) -> Iterator[Refused]:
        root, key = subject
        entry = self.shadow.entry(root, key) or {}
        for name in entry if subject in effect.added else effect.fields[subject] & entry.keys():
            value = entry[name]
            reference = reference_of(root, name, value)
            if reference and not (self._is_there(*reference) or sender.brings_back or value == sender.partner):
                yield Refused("reference", f"{root}.{name}: what this belongs to is not in the case (any more)")
            if name == "created" and _number(value) > now_ms + MAX_AHEAD_MS:
                yield Refused("shape", f"{root}.created is {value!r}, which is no moment that can be; is the clock of this device right?")

    def _is_there(self, roots: tuple[str, ...], entry_id: str) -> bool:
        """Tell whether an entry is there, or was: who refers to what another deletes at that moment did nothing wrong."""
        return any(entry_id in self.shadow.maps[root] for root in roots) or self._provenance.knows(roots, entry_id)

    def _against_authors(self, effect: Effect, sender: Sender) -> Iterator[Refused]:
        for (root, key), fields in effect.fields.items():
            is_new = (root, key) in effect.added
            if root not in AUTHORED or not (is_new or "author" in fields):
                continue
            author = (self.shadow.entry(root, key) or {}).get("author")
            maker = self._provenance.maker(root, key) or (sender.participant if is_new else None)
            if author is not None and author != maker:
                yield Refused("author", f"{root}: the author of an entry is who made it")
            before = self._standing.get((root, key))
            is_stripped = before is not None and before.is_signed and maker != sender.participant
            if author is None and (is_stripped or not is_new):
                yield Refused("author", f"{root}: the author of an entry cannot be taken away")

    # Memory

    def _learn(self, root: str) -> None:
        if root not in AUTHORED:
            for key in self.shadow.maps[root].keys():  # noqa: SIM118  (a shared map, not a dictionary)
                self._provenance.learn(root, key, None)
            return
        entries: dict[str, Any] = self.shadow.maps[root].to_py() or {}
        for key, entry in entries.items():
            self._provenance.learn(root, key, entry.get("author"))
            self._standing[root, key] = _standing(entry)

    def _remember(self, effect: Effect, participant: str) -> None:
        """Keep who made each entry, deleted ones too: undoing a deletion brings an entry back with its author."""
        for root, key in effect.fields:
            entry = self.shadow.entry(root, key)
            if entry is not None and root in AUTHORED:
                self._standing[root, key] = _standing(entry)
            elif root in AUTHORED:
                self._standing.pop((root, key), None)
            if (root, key) in effect.added:
                self._provenance.learn(root, key, str((entry or {}).get("author") or participant))


def _standing(entry: Mapping[str, Any]) -> Standing:
    return Standing(str(entry.get("place", "")), entry.get("partner"), entry.get("author") is not None)


def _is_only_text(text: pycrdt.Text) -> bool:
    """Tell whether a shared text holds characters alone: values among them show nothing, and spoil what is written of the document."""
    return len(text) == len(str(text).encode())


def _number(value: object) -> float:
    return value if isinstance(value, (int, float)) else 0.0


def _in_words(root: str) -> str:
    if root in ENTRY_ROOTS:
        return root
    return {"meta": "the title, sector or language", "sdgs": "the SDGs", "roadmap": "the roadmap"}.get(root, "a statement")
