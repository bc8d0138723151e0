"""One case as a document that merges: open, apply, difference, keyframe, plain view.

A thin wall around pycrdt: nothing outside `crdt/` touches its types. Bytes must have passed `walker.py`, or for letters `keystroke.py`,
before they get here. Who may change what is `gate.py`; what a case file looks like is `casefile.py`.

pycrdt's panics derive from BaseException; they surface here as DocumentFault, after which the document must not be used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypedDict

import pycrdt

from crdt.errors import DocumentFault
from crdt.schema import MAP, ROOTS
from crdt.walker import MAX_CLOCK, walk_state_vector

Plain = str | int | float | bool | None
Entry = dict[str, Plain]

EMPTY_UPDATE: Final = b"\x00\x00"
EMPTY_VECTOR: Final = b"\x00"


class CaseView(TypedDict):
    """A case as plain values. Shared texts are strings; entries keep their ids."""

    meta: Entry
    sdgs: dict[str, bool]
    statements: dict[str, str]
    notes: dict[str, Entry]
    partners: dict[str, Entry]
    pairs: dict[str, Entry]
    links: dict[str, Entry]
    comments: dict[str, Entry]
    roadmap: Entry


def is_library_panic(error: BaseException) -> bool:
    """Tell whether this is a panic of the CRDT library, which is no Exception."""
    return type(error).__name__ == "PanicException"


@contextmanager
def library_faults() -> Iterator[None]:
    """Turn a panic of the CRDT library, or any error it raises on bytes, into DocumentFault."""
    try:
        yield
    except DocumentFault:
        raise
    except BaseException as error:
        if is_library_panic(error):
            raise DocumentFault(f"the CRDT library panicked: {error}") from error
        if not isinstance(error, Exception):
            raise
        raise DocumentFault(f"the document could not take this: {error}") from error


class CaseDocument:
    """The shared types of one case. Reads and merges; holds no opinion."""

    def __init__(self, client_id: int | None = None) -> None:
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc(client_id=client_id)
        self.maps: dict[str, pycrdt.Map[Any]] = {}
        self.texts: dict[str, pycrdt.Text] = {}
        for name, shape in ROOTS.items():
            if shape == MAP:
                self.maps[name] = self.doc.get(name, type=pycrdt.Map)
            else:
                self.texts[name] = self.doc.get(name, type=pycrdt.Text)

    @classmethod
    def open(cls, updates: Iterable[bytes], client_id: int | None = None) -> CaseDocument:
        """Build a document from a keyframe and the updates after it, in order.

        Raises DocumentFault when the library cannot read them.
        """
        document = cls(client_id)
        with library_faults(), document.doc.transaction():
            for update in updates:
                document.doc.apply_update(update)
        return document

    def apply(self, update: bytes) -> None:
        """Merge an update. Applying it twice changes nothing. Raises DocumentFault."""
        with library_faults():
            self.doc.apply_update(update)

    def vector(self) -> bytes:
        """Return the state vector: per client the clock this document has reached."""
        return self.doc.get_state()

    def clocks(self) -> dict[int, int]:
        """Return the state vector, read: client id → clock."""
        return walk_state_vector(self.vector(), MAX_CLOCK)

    def difference(self, vector: bytes) -> bytes:
        """Return one update with everything this document has and the state vector lacks."""
        with library_faults():
            return self.doc.get_update(vector)

    def keyframe(self) -> bytes:
        """Return the whole state as one update.

        Complete only because documents here never hold updates with missing predecessors (pycrdt leaves those out).
        """
        return self.difference(EMPTY_VECTOR)

    def view(self) -> CaseView:
        """Return the case as plain values."""
        plain = {name: _plain_map(shared) for name, shared in self.maps.items()}
        return CaseView(
            meta=plain["meta"],
            sdgs={number: True for number, chosen in plain["sdgs"].items() if chosen},
            statements={name.removeprefix("statement."): str(text) for name, text in self.texts.items()},
            notes=plain["notes"],
            partners=plain["partners"],
            pairs=plain["pairs"],
            links=plain["links"],
            comments=plain["comments"],
            roadmap=plain["roadmap"],
        )

    def entry(self, root: str, entry_id: str) -> Entry | None:
        """Return one entry (a note, a partner, …) as plain values, or None when it is not there."""
        found = self.maps[root].get(entry_id)
        return _plain_map(found) if isinstance(found, pycrdt.Map) else None


def _plain_map(shared: pycrdt.Map[Any]) -> dict[str, Any]:
    return shared.to_py() or {}


def merge(updates: Iterable[bytes]) -> bytes:
    """Merge updates into one that has the same effect. Nothing pending is lost."""
    listed = list(updates)
    if len(listed) == 1:
        return listed[0]
    with library_faults():
        return pycrdt.merge_updates(*listed)


def build(client_id: int, entries: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Build an update that adds entries to an empty place: root → id → values, texts of notes as strings.

    The update depends on nothing, so it can be applied to any document that lacks these ids. Values of flat
    roots (`meta`, `sdgs`, `roadmap`) are set; `statement.*` roots take `{"": text}`.
    """
    document = CaseDocument(client_id)
    with library_faults(), document.doc.transaction():
        for root, values in entries.items():
            for key, value in values.items():
                put_entry(document, root, key, value)
    return document.keyframe()


def amend(document: CaseDocument, client_id: int, root: str, entry_id: str, values: Mapping[str, Plain]) -> bytes:
    """Build an update that sets plain fields of an entry that is there. The document itself is not changed."""
    copy = CaseDocument.open([document.keyframe()], client_id)
    before = copy.vector()
    with library_faults(), copy.doc.transaction():
        for name, value in values.items():
            copy.maps[root][entry_id][name] = value
    return copy.difference(before)


def put_entry(document: CaseDocument, root: str, key: str, value: Any) -> None:
    """Put an entry (or a field of a flat root, or words of a statement) where nothing is, within a transaction of the caller."""
    if root in document.texts:
        document.texts[root].insert(0, value)
    elif not isinstance(value, Mapping):
        document.maps[root][key] = value
    elif root == "notes":
        document.maps[root][key] = pycrdt.Map({**value, "text": pycrdt.Text(value["text"])})
    else:
        document.maps[root][key] = pycrdt.Map(dict(value))
