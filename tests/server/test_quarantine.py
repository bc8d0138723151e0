"""Cases that may be harmful: tried where they can do no harm, set aside when they do, and everyone else is served."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.errors import FAULT, SET_ASIDE, Refusal
from server.folder import DATABASE
from server.quarantine import Quarantine, past_of
from tests.crdt.test_walker_finds import maps_within_maps
from tests.process import ServerProcess
from tests.support import PROJECT, Replica

LETHAL = maps_within_maps(100_000)
"""What kills a process that opens it; no server of today would log it."""

EXAMPLES = PROJECT / "server" / "examples"


def reading(*updates: bytes) -> Callable[[], Awaitable[Sequence[bytes]]]:
    async def read() -> Sequence[bytes]:
        return updates

    return read


async def reopened(folder: Path, case: str) -> Quarantine:
    """Return the quarantine of a server that starts after one died with a case open."""
    Quarantine(folder).begin(case)
    return Quarantine(folder)


async def test_a_case_that_was_open_is_tried_once_and_opened(tmp_path: Path) -> None:
    """Dying for another reason harms no case."""
    quarantine = await reopened(tmp_path, "c1")

    assert quarantine.is_doubtful("c1")
    await quarantine.admit("c1", reading(Replica().add_note("n1")))
    assert not quarantine.is_doubtful("c1")
    assert quarantine.held() == []


async def test_a_case_that_kills_who_opens_it_is_set_aside(tmp_path: Path) -> None:
    """The trial dies of it, and the case stays set aside, also for the next server."""
    quarantine = await reopened(tmp_path, "c1")

    for one in (quarantine, Quarantine(tmp_path)):
        with pytest.raises(Refusal) as refused:
            await one.admit("c1", reading(LETHAL))
        assert refused.value.code is SET_ASIDE
    [held] = quarantine.held()
    assert held["case"] == "c1"
    assert f"ended with -{signal.SIGSEGV:d}" in held["why"]


async def test_a_released_case_is_tried_again(tmp_path: Path) -> None:
    """Whoever runs the server may be right, or not."""
    quarantine = await reopened(tmp_path, "c1")
    with pytest.raises(Refusal):
        await quarantine.admit("c1", reading(b"\xff not an update"))

    assert quarantine.release("c1")
    assert quarantine.is_doubtful("c1")
    await quarantine.admit("c1", reading(Replica().add_note("n1")))
    assert not quarantine.release("c1")
    assert not quarantine.release("../c1")


async def test_a_trial_that_does_not_end_is_ended(tmp_path: Path) -> None:
    """What takes too long to open is set aside as well."""
    Quarantine(tmp_path).begin("c1")
    quarantine = Quarantine(tmp_path, trial_s=0.0)

    with pytest.raises(Refusal):
        await quarantine.admit("c1", reading(Replica().add_note("n1")))
    assert "took more than" in quarantine.held()[0]["why"]


async def test_a_trial_that_cannot_begin_says_nothing_of_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes is asked to come back; the case is not set aside for what a machine could not do."""
    quarantine = await reopened(tmp_path, "c1")
    monkeypatch.setattr("server.quarantine._PROJECT", tmp_path)

    with pytest.raises(Refusal) as refused:
        await quarantine.admit("c1", reading(Replica().add_note("n1")))
    assert refused.value.code is FAULT
    assert quarantine.held() == []
    assert quarantine.is_doubtful("c1")


async def test_a_past_that_kills_leaves_its_case_alone(tmp_path: Path) -> None:
    """Who looks back is told; who works in the case goes on. What is set aside has no past to look at."""
    quarantine = await reopened(tmp_path, past_of("c1"))
    with pytest.raises(Refusal):
        await quarantine.admit(past_of("c1"), reading(Replica().add_note("n1"), LETHAL))

    await quarantine.admit("c1", reading(LETHAL))  # not tried: it was not open
    assert [held["case"] for held in quarantine.held()] == ["c1.past"]
    quarantine.hold("c2", "for this test")
    with pytest.raises(Refusal):
        await quarantine.admit(past_of("c2"), reading())


def test_what_was_closed_leaves_no_mark(tmp_path: Path) -> None:
    """A server that stops as it should leaves nothing to try; what is open twice is closed twice."""
    quarantine = Quarantine(tmp_path)
    with quarantine.opened("c1"), quarantine.opened("c1"):
        assert Quarantine(tmp_path).is_doubtful("c1")

    assert not Quarantine(tmp_path).is_doubtful("c1")


def poison(server: ServerProcess, case: str) -> None:
    """Put what kills into the log of a case, as a bug of an older server could have."""
    with sqlite3.connect(server.data_dir / DATABASE) as database:
        database.execute('update log set "update" = ? where case_id = ?', (LETHAL, case))
        database.execute("delete from keyframes where case_id = ?", (case,))
    database.close()


def join(server: ServerProcess, case: str, token: str) -> int | None:
    """Come into a case; return the close code, or None when it is served."""
    try:
        with connect(f"ws://127.0.0.1:{server.port}/ws/{case}?token={token}", open_timeout=30) as socket:
            socket.recv(timeout=30)
            return None
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006
    except OSError:
        return 1006


def quarantine_command(server: ServerProcess, *words: str) -> Any:
    done = server.run("quarantine", *words)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.decode()


def test_a_lethal_case_kills_a_server_once_and_never_again(tmp_path: Path) -> None:
    """The first to open it takes the server down; after that its people are told, and everyone else is served."""
    server = ServerProcess(tmp_path / "data")
    with server:
        bad, good = (str(server.import_case(path)["case"]) for path in sorted(EXAMPLES.glob("*.json"))[:2])
        tokens = {case: server.token(case, "partner", "Ann") for case in (bad, good)}
    poison(server, bad)

    with server:
        assert join(server, bad, tokens[bad]) == 1006
        assert server.wait_for_end() == -signal.SIGSEGV
    with server:
        assert join(server, bad, tokens[bad]) == SET_ASIDE.number
        assert join(server, good, tokens[good]) is None
        assert [held["case"] for held in quarantine_command(server, "list")["cases"]] == [bad]
        assert quarantine_command(server, "release", bad) == {"case": bad}
        assert join(server, bad, tokens[bad]) == SET_ASIDE.number
        assert "is not set aside" in quarantine_command(server, "release", good)
        assert "case-set-aside" in server.log_path.read_text("utf-8")
        assert not server.has_ended()
