"""What an update was observed to do to a document: which roots, entries and fields it touched. Observes; judges nothing (`gate.py`)."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crdt.case import EMPTY_UPDATE, CaseDocument
from crdt.schema import ENTRY_ROOTS, ROOTS


@dataclass(slots=True)
class Effect:
    """Per root the keys touched; of the entry roots also which fields, and the entries that are new or replaced.

    An entry that went is in `fields` with the empty field name, which is none of a note's or comment's free ones.
    `reshaped` are those of which more changed than words within a text that stays.
    `update` is what the document took in: no less, and nothing that it knew or that hangs in what is gone.
    """

    touched: dict[str, set[str]] = field(default_factory=dict)
    fields: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    added: set[tuple[str, str]] = field(default_factory=set)
    reshaped: set[tuple[str, str]] = field(default_factory=set)
    update: bytes = EMPTY_UPDATE

    def touch(self, root: str, key: str, fields: Iterable[str] = ("",)) -> None:
        self.touched.setdefault(root, set()).add(key)
        if root in ENTRY_ROOTS:
            self.fields.setdefault((root, key), set()).update(fields)


@contextmanager
def recorded(document: CaseDocument, effect: Effect) -> Iterator[None]:
    """Note in an effect what the document takes in meanwhile, in one transaction."""

    def keep(event: Any) -> None:
        effect.update = event.update

    subscription = document.doc.observe(keep)  # no longer than this: the library never lets go of a document that is observed as a whole
    try:
        yield
    finally:
        document.doc.unobserve(subscription)


class Watch:
    """Watches a document; `begin` starts a fresh effect that the next changes are written to."""

    def __init__(self, document: CaseDocument) -> None:
        self._effect = Effect()
        self._subscriptions = [self._observe(document, root) for root in ROOTS]

    def begin(self) -> Effect:
        self._effect = Effect()
        return self._effect

    def _observe(self, document: CaseDocument, root: str) -> Any:
        watch = weakref.proxy(self)  # the library hides what observes from the garbage collector: what is thrown away would stay for ever
        if root in document.texts:
            return document.texts[root].observe(lambda _event: watch._effect.touch(root, ""))
        return document.maps[root].observe_deep(lambda events: watch._on_events(root, events))

    def _on_events(self, root: str, events: list[Any]) -> None:
        for event in events:
            path = [str(step) for step in event.path]
            if len(path) > 1:
                self._effect.touch(root, path[0], (path[1],))
            elif path:
                self._effect.touch(root, path[0], event.keys)
                self._effect.reshaped.add((root, path[0]))
            else:
                self._on_root(root, event.keys)

    def _on_root(self, root: str, keys: Mapping[str, Mapping[str, Any]]) -> None:
        for key, change in keys.items():
            self._effect.touch(root, key)
            self._effect.reshaped.add((root, key))
            if change["action"] != "delete" and root in ENTRY_ROOTS:
                self._effect.added.add((root, key))
