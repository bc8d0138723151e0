"""The shadow: whatever was sent to it, the next honest change is judged as if nothing had been."""

from __future__ import annotations

import contextlib
import json
import weakref

from hypothesis import example, given
from hypothesis import strategies as st

from crdt.case import CaseDocument
from crdt.errors import MalformedFrame
from crdt.gate import Refused, Sender
from server.core.live import Live
from server.core.shadow import Accepted, Shadow
from tests.support import PROJECT, Replica

VECTORS = json.loads((PROJECT / "tests" / "vectors" / "updates.json").read_text("utf-8"))
NOW_MS = 1_763_900_000_000
ANN, BOB = Sender("ann", "partner"), Sender("bob", "partner")


@given(st.integers(0, 10_000), st.integers(0, 255), st.integers(0, len(VECTORS) - 1))
@example(position=718, octet=1, index=0)  # the library fails on it: a parent that is no shared type
def test_a_spoilt_update_leaves_the_shadow_whole(position: int, octet: int, index: int) -> None:
    """[S5] One byte changed in a real update: refused or taken, and the next change of another is accepted."""
    shadow = Shadow(Live(CaseDocument()), {})
    update = bytearray.fromhex(VECTORS[index]["whole"])
    update[position % len(update)] = octet
    with contextlib.suppress(MalformedFrame):
        shadow.submit(bytes(update), ANN, NOW_MS)

    assert isinstance(shadow.submit(Replica(client_id=4_000_000_000).add_note("honest"), BOB, NOW_MS), Accepted)


def test_a_refused_update_leaves_nothing_in_memory() -> None:
    """The copy it spoilt goes; the library would keep a document for ever that is observed by who holds it."""
    shadow = Shadow(Live(CaseDocument()), owners={})
    spoilt = weakref.ref(shadow._gate._watch), weakref.ref(shadow._gate.shadow)

    assert isinstance(shadow.submit(Replica().add_note("n1", place="nowhere"), ANN, NOW_MS), Refused)
    assert [gone() for gone in spoilt] == [None, None]


def test_a_full_case_takes_no_more_and_a_failed_commit_gives_its_room_back() -> None:
    """[S13] What is gathered is taken off what a case may hold; what was then forgotten is not in the case and takes nothing."""
    shadow = Shadow(Live(CaseDocument()), owners={}, max_bytes=50)
    replica = Replica(client_id=5)
    first = replica.add_note("n1", "een")
    assert isinstance(shadow.submit(first, ANN, NOW_MS), Accepted)
    refused = shadow.submit(replica.add_note("n2", "twee"), ANN, NOW_MS)

    assert isinstance(refused, Refused)
    assert refused.reason == "limit"

    shadow.forget()

    assert isinstance(shadow.submit(first, ANN, NOW_MS), Accepted)
