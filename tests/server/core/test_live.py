"""The committed document: whatever waits, who asks sees all that landed."""

from __future__ import annotations

import pytest

from crdt.case import CaseDocument
from crdt.errors import DocumentFault
from crdt.walker import MAX_CLOCK, walk_state_vector
from server.core.live import MAX_WAITING, Live
from tests.support import Replica


def test_who_asks_sees_all_that_landed() -> None:
    """[S8] One by one or many at once, the document is the same."""
    live, replica, judge = Live(CaseDocument()), Replica(), CaseDocument()
    for update in (replica.add_note("n1", ""), *(replica.type("n1", number, "x") for number in range(3 * MAX_WAITING))):
        live.land(update)
        judge.apply(update)

    assert live.document.keyframe() == judge.keyframe()
    assert live.document.view()["notes"]["n1"]["text"] == "x" * 3 * MAX_WAITING


def test_only_so_much_waits() -> None:
    """Memory does not grow with what nobody asks for."""
    live, replica = Live(CaseDocument()), Replica()
    live.land(replica.add_note("n1", ""))
    for number in range(MAX_WAITING):
        live.land(replica.type("n1", number, "x"))

    assert len(live._waiting) == 1


def test_who_has_everything_of_the_base_lacks_only_what_it_brings() -> None:
    """[S10] It is of a moment before the change that is told, and the difference from it brings that and all since."""
    live, replica = Live(CaseDocument()), Replica()
    live.land(replica.add_note("n1", ""))
    reader = CaseDocument.open([live.document.keyframe()])
    for number in range(MAX_WAITING + 10):
        base = live.base()
        assert all(clock <= reader.clocks()[client] for client, clock in walk_state_vector(base, MAX_CLOCK).items())
        update = replica.type("n1", number, "x")
        live.land(update)
        reader.apply(update)

    late = CaseDocument.open([replica.document.keyframe()])
    late.apply(live.document.difference(base))
    assert late.keyframe() == reader.keyframe()


def test_what_cannot_be_taken_in_is_a_fault_of_the_document() -> None:
    """It ends the room that holds it."""
    live = Live(CaseDocument())
    live.land(b"\xff")

    with pytest.raises(DocumentFault):
        _ = live.document
