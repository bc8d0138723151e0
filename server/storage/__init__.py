"""Across restarts: what the server needs from storage, and the facts it keeps.

One implementation: `sql.py`, over SQLAlchemy Core, on SQLite or PostgreSQL. The log is the truth; keyframes are a cache that
can be thrown away. Storage knows nothing of rooms, roles' rights or documents: updates are bytes here.

Every method raises `StorageFault` when the engine fails, and has then done either all of its work or none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from crdt.gate import Role
from crdt.log import MAIN_DOCUMENT, Append, Keyframe, LogFact, LogRow
from crdt.rules import Rules


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Its title, texts and partners are in the document, not here."""

    id: str
    created_at: int


Status = Literal["in", "waiting", "removed"]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in one case. `partner` is a partner id of the document or None; times in ms since the epoch.

    `status`: let in, in the waiting room, or taken out by a facilitator.
    """

    id: str
    case: str
    name: str
    partner: str | None
    role: Role
    joined_at: int
    link: str | None = None
    status: Status = "in"


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation to a case in one role. Only the hash of its secret is stored.

    `name` is what its facilitator calls it; from `expires_at` or `revoked_at` on (ms since the epoch) nobody comes in by it any more; at
    most `seats` people do; with a waiting room, a facilitator lets each in.
    """

    id: str
    case: str
    role: Role
    secret_hash: str
    created_at: int
    created_by: str
    name: str | None = None
    expires_at: int | None = None
    seats: int | None = None
    has_waiting_room: bool = False
    revoked_at: int | None = None


class DocumentName(NamedTuple):
    """Which document of which case."""

    case: str
    document: str = MAIN_DOCUMENT


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """How far the log of a document goes, and up to where it is compacted and its keyframes are verified."""

    name: DocumentName
    epoch: int
    seq: int
    compacted_seq: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as storage holds it: newest keyframe (or nothing) and the updates after it, in order.

    `owners` has whose each Yjs client id is; `retired` are the client ids of earlier epochs, which nobody may use again.
    """

    epoch: int
    seq: int
    updates: tuple[bytes, ...]
    keyframe_seq: int
    owners: dict[int, str]
    retired: frozenset[int] = frozenset()


class Position(NamedTuple):
    """How far a case is, whoever brought it there: its log, and how often something about its people and rules changed."""

    epoch: int
    seq: int
    revision: int


@dataclass(frozen=True, slots=True)
class PointName:
    """A name given to a point of a case's log: a version, or the session that begins with that row. `at` is when it was named."""

    case: str
    kind: Literal["version", "session"]
    seq: int
    name: str
    at: int
    by: str


class Storage(Protocol):
    """What survives a restart. `is_shared`: other servers may write too, so that what a room knows of its log may be behind."""

    @property
    def is_shared(self) -> bool: ...

    async def create_case(self, case: Case, founder: Participant, links: Sequence[Link], first: Append) -> int:
        """Create a case with its first participant, links and log rows in one transaction; return the newest seq."""
        ...

    async def case(self, case_id: str) -> Case | None: ...

    async def append(self, appends: Sequence[Append]) -> list[int]:
        """Commit what several rooms add in one durable transaction; return the newest seq of each.

        Raises ConflictFault when one of them contradicts its log (its epoch, `since`, or who holds a client id); none is kept then.
        """
        ...

    async def try_out(self) -> None:
        """Commit as much as a busy moment would, and take it away again: does nothing but raise StorageFault when that fails."""
        ...

    async def begin_epoch(self, append: Append) -> int:
        """Begin a new epoch of a document with rows that hold all of its state; return the newest seq.

        The old log stays, to look back in; its client ids may never be used again.
        """
        ...

    async def open(self, case_id: str, document: str = MAIN_DOCUMENT) -> Stored | None:
        """Return newest keyframe plus tail, or None when there is no such document."""
        ...

    async def at(self, case_id: str, seq: int, document: str = MAIN_DOCUMENT) -> tuple[bytes, ...]:
        """Return the updates that make the document as it was at `seq`, the newest usable keyframe first."""
        ...

    async def facts(self, case_id: str, document: str = MAIN_DOCUMENT) -> list[LogFact]:
        """Return who wrote when, in order of seq, without the bytes."""
        ...

    async def add_keyframe(self, name: DocumentName, keyframe: Keyframe) -> None:
        """Keep the whole state at a point of the log. Keeping it twice, or after the epoch ended, changes nothing."""
        ...

    # Upkeep

    async def heads(self) -> list[DocumentHead]: ...

    async def rows(self, name: DocumentName, after: int, limit: int) -> list[LogRow]:
        """Return at most `limit` rows of the log after a seq, in order, of whatever epoch."""
        ...

    async def keyframe_seqs(self, name: DocumentName) -> list[int]: ...

    async def keyframe(self, name: DocumentName, seq: int) -> bytes | None: ...

    async def drop_keyframes(self, name: DocumentName, seqs: Sequence[int]) -> None: ...

    async def replace_rows(self, name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
        """Put coarse rows in the place of the fine ones they cover, and note how far the log is compacted.

        Raises ConflictFault when the log is not as it was read.
        """
        ...

    async def backup(self, target: Path) -> None:
        """Write a consistent copy of everything to a file while work goes on."""
        ...

    # Sharing with other servers

    async def positions(self, case_ids: Sequence[str]) -> dict[str, Position]:
        """Return how far cases are; who is not there is left out."""
        ...

    async def shared_key(self, name: str, proposed: bytes) -> bytes:
        """Return the key all servers use: the proposed one, unless there is one already."""
        ...

    async def participant(self, case_id: str, participant_id: str) -> Participant | None: ...

    async def participants(self, case_id: str) -> list[Participant]: ...

    async def put_participant(self, participant: Participant, seats: int | None = None) -> None:
        """Add a participant, or change the name and partner of one; role and status are `change_standing`'s alone.

        With `seats`, a new one is added only while fewer than that many came by the same link and were not removed: else ConflictFault.
        """
        ...

    async def change_standing(self, case_id: str, participant_id: str, *, role: Role | None = None, status: Status | None = None) -> None:
        """Give a participant another role or status. Raises ConflictFault when no facilitator would be left in the case."""
        ...

    async def participant_by_recovery(self, case_id: str, recovery_hash: str) -> Participant | None: ...

    async def put_recovery(self, case_id: str, participant_id: str, recovery_hash: str) -> None:
        """Keep the hash of the secret by which a participant comes back; an earlier one is void."""
        ...

    async def rules(self, case_id: str) -> Rules:
        """Return the rules of a case; those it began with when none were set."""
        ...

    async def change_rules(self, case_id: str, change: Callable[[Rules], Rules]) -> Rules:
        """Put other rules in force, made from those that hold, nobody in between; return them. If `change` raises, nothing changes."""
        ...

    async def links(self, case_id: str) -> list[Link]: ...

    async def put_link(self, link: Link) -> None:
        """Add a link, or replace what is known of one; one that was revoked stays so."""
        ...

    async def count_cases(self) -> int: ...

    async def link_by_hash(self, case_id: str, secret_hash: str) -> Link | None: ...

    async def point_names(self, case_id: str) -> list[PointName]:
        """Return all names of points, in order of seq."""
        ...

    async def put_point_name(self, name: PointName) -> None:
        """Name a point, or rename it."""
        ...

    async def drop_point_name(self, case_id: str, kind: str, seq: int) -> None:
        """Take a name away; the point stays."""
        ...

    async def close(self) -> None: ...
