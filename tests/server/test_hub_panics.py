"""A panic of the CRDT library, which is no Exception, ends with the room: everyone is sent away and it opens again from the log."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from crdt import wire
from crdt.case import EMPTY_VECTOR, CaseDocument
from crdt.log import Append, NewRow
from crdt.presence import Person
from server.core.session import Session
from server.errors import FAULT, SET_ASIDE, Refusal
from server.hub import Hub
from server.open_room import Connection
from server.quarantine import Quarantine
from server.storage import Case, Participant
from server.storage.sql import SqlStorage
from tests.server.test_hub import until
from tests.support import Replica


class PanicException(BaseException):
    """What pycrdt raises when its native side panics: it bears this name, and derives from no Exception."""


def panic(*_: object) -> None:
    raise PanicException("called `Option::unwrap()` on a `None` value")


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    storage = await SqlStorage.open_sqlite(tmp_path / "p.db")
    ann = Participant("ann", "c1", "Ann", None, "facilitator", 1)
    first = NewRow("ann", 1, (3,), Replica(client_id=3).add_note("n0"))
    await storage.create_case(Case("c1", 1), ann, [], Append("c1", (first,), {3: "ann"}))
    async with Hub(storage, idle_s=3600, quarantine=Quarantine(tmp_path)) as running:
        yield running
    await storage.close()


async def come(hub: Hub) -> Connection:
    return await hub.connect("c1", Session(Person("ann", "Ann", None, "facilitator"), "facilitator", extension=True))


def in_apply(hub: Hub, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(hub._rooms["c1"].room.document.doc, "apply_update", panic)


def in_reading(_: Hub, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CaseDocument, "entry", panic)


def in_the_state_vector(_: Hub, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CaseDocument, "vector", panic)


@pytest.mark.parametrize("plant", [in_apply, in_reading, in_the_state_vector])
async def test_a_panic_ends_with_the_room(hub: Hub, monkeypatch: pytest.MonkeyPatch, plant: Callable[[Any, Any], None]) -> None:
    """[S8] Wherever it happens; the room that opens next holds what the log holds, and takes changes."""
    here = await come(hub)
    plant(hub, monkeypatch)
    hub.receive("c1", here, wire.update_frame(Replica(client_id=7).add_note("n1")))
    await until(lambda: here.closing is not None or hub._rooms["c1"].room.has_settled())
    hub.receive("c1", here, wire.vector_frame(EMPTY_VECTOR))  # what landed is taken in when somebody asks
    await until(lambda: here.closing is not None)
    monkeypatch.undo()

    assert here.closing is not None
    assert here.closing[0] is FAULT
    back = await come(hub)
    known = (await hub.view("c1"))["notes"]
    assert "n0" in known
    hub.receive("c1", back, wire.update_frame(Replica(client_id=8).add_note("n2")))
    await until(hub._rooms["c1"].room.has_settled)
    assert set((await hub.view("c1"))["notes"]) == {*known, "n2"}


async def test_a_case_that_panics_when_it_is_read_is_set_aside(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes is told so, instead of trying for ever."""
    monkeypatch.setattr("crdt.case.pycrdt.Doc.apply_update", panic)
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            await come(hub)
        assert refused.value.code is SET_ASIDE
