"""A client's copy in pycrdt, with the edits that the Yjs copies in Node know too, and a document as plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crdt.case import CaseDocument
from crdt.schema import ROOTS
from tests.support import Replica, put_note

Edit = Mapping[str, Any]
View = dict[str, Any]


class YrsCopy:
    """A copy in pycrdt. It types at the start of texts only: its positions are counted in other units than Yjs's."""

    def __init__(self, client_id: int) -> None:
        self._replica = Replica(client_id=client_id)

    def apply(self, *updates: bytes) -> None:
        for update in updates:
            self._replica.document.apply(update)

    def edit(self, edit: Edit) -> bytes | None:
        before = self._replica.document.keyframe()
        update = self._replica.change(lambda document: edit_document(document, edit))
        return None if self._replica.document.keyframe() == before else update

    def vector(self) -> bytes:
        return self._replica.document.vector()

    def difference(self, vector: bytes) -> bytes:
        return self._replica.document.difference(vector)

    def view(self) -> View:
        return plain(self._replica.document)

    def drop(self) -> None:
        pass


def edit_document(document: CaseDocument, edit: Edit) -> None:
    notes = document.maps["notes"]
    note = str(edit.get("note"))
    match edit["kind"]:
        case "add":
            put_note(document, edit["note"], edit["text"], {"place": edit["place"], "order": edit["order"]})
        case "type" if note in notes:
            notes[note]["text"].insert(0, edit["text"])
        case "set" if note in notes:
            notes[note][edit["field"]] = edit["value"]
        case "remove" if note in notes:
            del notes[note]
        case "title":
            document.maps["meta"]["title"] = edit["text"]
        case "say":
            document.texts[edit["root"]].insert(0, edit["text"])
        case _:
            pass


def plain(document: CaseDocument) -> View:
    """Return all roots of a document as plain values, as Yjs would print them."""
    maps = {name: shared.to_py() or {} for name, shared in document.maps.items()}
    whole = maps | {name: str(text) for name, text in document.texts.items()}
    return {name: json.loads(json.dumps(whole[name])) for name in ROOTS}
