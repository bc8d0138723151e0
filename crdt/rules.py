"""What a facilitator allows in a case right now: whose notes a partner may change, which parts are locked, whether all is paused.

The rules are the server's, not the document's: nothing a client sends can change them. They are values here; the gate holds changes
against them (`gate.py`), storage keeps them, and `docs/protocol.md` (E6) tells how clients hear of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from crdt.schema import PIECES, ROADMAP_ROWS, is_id

Editing = Literal["everyone", "partner", "own"]
EDITING: Final[tuple[Editing, ...]] = ("everyone", "partner", "own")
MAX_LOCKED: Final = 300


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one case. They bind everyone but facilitators.

    `editing`: whose notes a partner may edit or delete: everyone's, those of the own partner, or one's own. Moving is always allowed.
    `locked`: pieces, `roadmap`, `roadmap/<row>`, `vpc` or `vpc/<pair>`, in which nothing may change. `is_paused`: nothing may change.
    """

    editing: Editing = "everyone"
    locked: frozenset[str] = frozenset()
    is_paused: bool = False

    def locks(self, place: str) -> bool:
        """Tell whether a place (a piece, or a cell of another canvas) lies in a locked part."""
        if not self.locked:
            return False
        parts = place.split("/")
        return any("/".join(parts[:length]) in self.locked for length in range(1, len(parts) + 1))

    def as_json(self) -> dict[str, object]:
        return {"editing": self.editing, "locked": sorted(self.locked), "paused": self.is_paused}


OPEN: Final = Rules()
"""The rules a case begins with: nothing is locked, partners may change everyone's notes."""


def is_lockable(value: object) -> bool:
    """Tell whether a value names a part of a case that can be locked."""
    if not isinstance(value, str):
        return False
    match value.split("/"):
        case [name]:
            return name in PIECES or name in ("roadmap", "vpc")
        case ["roadmap", row]:
            return row in ROADMAP_ROWS
        case ["vpc", pair]:
            return is_id(pair)
        case _:
            return False
