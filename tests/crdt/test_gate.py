"""The gate: each role can do what it may, and nothing else; a case keeps its shape."""

from __future__ import annotations

from typing import Any

import pycrdt
import pytest

from crdt.case import CaseDocument, build
from crdt.effect import Effect
from crdt.gate import ROLES, Gate, Refused, Role, Sender
from crdt.rules import Rules
from crdt.schema import MAX_NOTE
from tests.support import Replica, put_note

NOW_MS = 1_763_900_000_000
START = build(
    1,
    {
        "meta": {"schema": 1, "title": "Proef", "language": "nl"},
        "notes": {"n1": {"place": "value", "order": "a0", "text": "warmte", "author": "ann", "partner": "p1"}},
        "pairs": {"pair0": {"audience": "n1", "value": "n1", "order": "a0"}},
        "partners": {"p1": {"name": "Dorpsraad", "helix": "society", "order": "a0"}},
    },
)


def judge(act: Any, sender: str = "ann", role: Role = "partner") -> Effect | Refused:
    """Judge what `act` does to a small case."""
    replica = Replica(START)
    return Gate(CaseDocument.open([START])).judge(replica.change(act), Sender(sender, role), now_ms=NOW_MS)


def reason(verdict: Effect | Refused) -> str | None:
    return verdict.reason if isinstance(verdict, Refused) else None


CHANGES: dict[str, Any] = {
    "notes": lambda document: document.maps["notes"]["n1"]["text"].insert(0, "x"),
    "a statement": lambda document: document.texts["statement.impact"].insert(0, "x"),
    "partners": lambda document: document.maps["partners"]["p1"].update({"name": "Raad"}),
    "the title": lambda document: document.maps["meta"].update({"title": "Nieuw"}),
    "SDGs": lambda document: document.maps["sdgs"].update({"7": True}),
    "comments": lambda document: document.maps["comments"].update(
        {"c1": pycrdt.Map({"note": "n1", "text": "mooi", "author": "ann", "created": NOW_MS})}
    ),
}
MAY = {
    "facilitator": set(CHANGES),
    "partner": set(CHANGES),
    "critical-friend": {"comments"},
    "viewer": set[str](),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("change", CHANGES)
def test_role_matrix(role: Role, change: str) -> None:
    """[S5] Every role against every part of a case."""
    expected = None if change in MAY[role] else "role"

    assert reason(judge(CHANGES[change], role=role)) == expected


def put(entry_id: str, text: str = "nieuw", **fields: Any) -> Any:
    return lambda document: put_note(document, entry_id, text, {"place": "value", "order": "a1", **fields})


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (put("n2"), None),
        (put("n2", author="ann", created=1_763_900_000_000, form="cash", amount=250, kind="financial"), None),
        (put("n2", place="vpc/pair1/pains"), "reference"),
        (put("n2", place="vpc/pair0/pains"), None),
        (put("n2", partner="p9"), "reference"),
        (put("n2", created=2**52), "shape"),
        (put("n2", place="roadmap/6/who"), None),
        (put("n2", place="nergens"), "shape"),
        (put("n2", place="roadmap/7/who"), "shape"),
        (put("n2", author="bob"), "author"),
        (put("n2", amount=-1), "shape"),
        (put("n2", amount=float("inf")), "shape"),
        (put("n2", amount=True), "shape"),
        (put("n2", form="gold"), "shape"),
        (put("n2", colour="red"), "shape"),
        (put("n2", "x" * (MAX_NOTE + 1)), "shape"),
        (put("spatie hier"), "shape"),
        (lambda document: document.maps["notes"].update({"n2": "plain text"}), "shape"),
        (lambda document: document.maps["notes"].update({"n2": pycrdt.Map({"place": "value", "text": "not shared"})}), "shape"),
        (lambda document: document.maps["notes"]["n1"].pop("place"), "shape"),
        (lambda document: document.maps["notes"]["n1"].update({"author": "bob"}), "author"),
        (lambda document: document.maps["notes"]["n1"].update({"author": None}), "author"),
        (lambda document: document.maps["notes"]["n1"].update({"place": "returns"}), None),
        (lambda document: document.maps["notes"].pop("n1"), None),
        (lambda document: document.maps["partners"].update({"p2": pycrdt.Map({"name": "X", "helix": "alien"})}), "shape"),
        (lambda document: document.maps["partners"].update({"p2": pycrdt.Map({"name": "X", "helix": "business"})}), None),
        (lambda document: document.maps["partners"].update({"p2": pycrdt.Map({"name": "X\u202eY", "helix": "business"})}), "shape"),
        (lambda document: document.maps["sdgs"].update({"18": True}), "shape"),
        (lambda document: document.maps["meta"].update({"schema": 2}), "shape"),
        (lambda document: document.maps["meta"].update({"evil": "x"}), "shape"),
        (lambda document: document.texts["statement.impact"].insert(0, "x" * 2_001), "limit"),
    ],
)
def test_shape_of_a_case_is_kept(act: Any, expected: str | None) -> None:
    """[S4] What is not part of a case cannot be written into one."""
    assert reason(judge(act)) == expected


@pytest.mark.parametrize("root", ["notes", "statement.impact"])
def test_a_shared_text_holds_text_alone(root: str) -> None:
    """[S4] A value among the characters shows nothing and spoils what the library writes of the document. Found by fuzzing."""

    def embed(document: CaseDocument) -> None:
        text = document.maps["notes"]["n1"]["text"] if root == "notes" else document.texts[root]
        text.insert_embed(0, {"k": None})

    assert reason(judge(embed)) == "shape"


def test_who_speaks_for_a_partner_that_is_gone_writes_on() -> None:
    """[R4] After a case was replaced, someone's own partner may no longer be in it; what is brought back may refer to what is gone."""
    update = Replica(START).change(put("n2", partner="p9"))

    assert isinstance(Gate(CaseDocument.open([START])).judge(update, Sender("ann", "partner", "p9")), Effect)
    assert isinstance(Gate(CaseDocument.open([START])).judge(update, Sender("ann", "partner", brings_back=True)), Effect)


def test_undoing_a_deletion_brings_a_note_back_with_its_author() -> None:
    """Who deletes another's note and changes their mind restores it under the name of who wrote it."""
    gate = Gate(CaseDocument.open([START]))
    bob = Replica(START)
    deleted = gate.judge(bob.change(lambda document: document.maps["notes"].pop("n1")), Sender("bob", "partner"))
    restored = gate.judge(bob.change(put("n1", "warmte", author="ann")), Sender("bob", "partner"))

    assert isinstance(deleted, Effect)
    assert isinstance(restored, Effect)


def test_what_changes_nothing_touches_nothing() -> None:
    """[S3] An update that is already there has no effect."""
    gate = Gate(CaseDocument.open([START]))
    effect = gate.judge(START, Sender("eve", "viewer"))

    assert isinstance(effect, Effect)
    assert effect.touched == {}


def test_showing_a_note_at_a_locked_place_is_refused() -> None:
    """A lock covers what is shown at a place, not only what lies there."""
    replica = Replica(START)
    update = replica.change(lambda document: document.maps["notes"]["n1"].update({"also:roadmap/1/returns": "a0"}))
    locked = Rules("own", frozenset({"roadmap/1"}))

    assert reason(Gate(CaseDocument.open([START])).judge(update, Sender("ann", "partner"), rules=locked, now_ms=NOW_MS)) == "locked"


def test_showing_a_note_of_another_elsewhere_is_like_moving_it() -> None:
    """Where a note is shown may be arranged by anyone, also where only its maker may change its words."""
    replica = Replica(START)
    update = replica.change(lambda document: document.maps["notes"]["n1"].update({"also:roadmap/1/returns": "a0"}))
    verdict = Gate(CaseDocument.open([START])).judge(update, Sender("bob", "partner"), rules=Rules("own"), now_ms=NOW_MS)

    assert reason(verdict) is None


def test_a_note_is_not_shown_at_a_pair_that_never_was() -> None:
    """A second place refers to a pair as the first does."""
    assert reason(judge(lambda document: document.maps["notes"]["n1"].update({"also:vpc/none/pains": "a0"}))) == "reference"
    assert reason(judge(lambda document: document.maps["notes"]["n1"].update({"also:vpc/pair0/pains": "a0"}))) is None


def test_an_unsigned_note_is_brought_back_in_one_step() -> None:
    """[R4] Deleted and undone without a network: nothing is taken away where no author was named. Found by honest Yjs clients."""
    gate = Gate(CaseDocument.open([Replica(client_id=4).add_note("plain")]))
    gate.vouch({("notes", "plain"): "ann"})
    replaced = Replica(gate.shadow.keyframe(), client_id=5).add_note("plain")

    assert isinstance(gate.judge(replaced, Sender("bob", "partner")), Effect)
