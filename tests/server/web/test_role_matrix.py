"""Who can do what, whatever they send: every role against every kind of change and every call, in every state a case can be in.

Where a change is refused, the document stays as it was and nobody else hears of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pycrdt
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from crdt import wire
from crdt.case import CaseDocument
from crdt.gate import ROLES, Role
from crdt.schema import PIECES
from server.folder import DATABASE
from server.signing import KEY_FILE
from tests.process import ServerProcess
from tests.server.web.seats import Closed, Seat, Table, Wire
from tests.support import put_note, updates_in

Act = Callable[[CaseDocument, str], object]


def note(note_id: str, **fields: Any) -> Act:
    return lambda document, _me: put_note(document, note_id, "nieuw", {"place": "value", "order": "a1", **fields})


def comment(document: CaseDocument, me: str) -> None:
    document.maps["comments"]["c1"] = pycrdt.Map({"note": "theirs", "text": "mooi", "author": me, "created": 5})


ACTS: dict[str, Act] = {
    "add a note": lambda document, me: put_note(document, "n-new", "nieuw", {"place": "value", "order": "a1", "author": me}),
    "add a note under another's name": note("n-forged", author="somebody"),
    "write in another's note": lambda document, _me: document.maps["notes"]["theirs"]["text"].insert(0, "x"),
    "move another's note": lambda document, _me: document.maps["notes"]["theirs"].update({"place": "returns"}),
    "take another's name off": lambda document, _me: document.maps["notes"]["theirs"].pop("author"),
    "delete another's note": lambda document, _me: document.maps["notes"].pop("theirs"),
    "write in a statement": lambda document, _me: document.texts["statement.impact"].insert(0, "x"),
    "add a partner": lambda document, _me: document.maps["partners"].update({"px": pycrdt.Map({"name": "X", "helix": "other"})}),
    "comment": comment,
    "set the title": lambda document, _me: document.maps["meta"].update({"title": "Anders"}),
    "choose an SDG": lambda document, _me: document.maps["sdgs"].update({"7": True}),
    "invent a field": lambda document, _me: document.maps["meta"].update({"evil": "x"}),
}
ALWAYS = {"add a note under another's name": "author", "take another's name off": "author", "invent a field": "shape"}
IN_PIECES = {name for name in ACTS if "note" in name or name in ("write in a statement", "add a partner", "take another's name off")}
OTHERS_WORDS = ("write in another's note", "delete another's note", "take another's name off")

STATES: dict[str, dict[str, Any]] = {
    "fresh": {},
    "locked": {"locked": list(PIECES)},
    "paused": {"paused": True},
    "only one's own": {"editing": "own"},
    "only the partner's": {"editing": "partner"},
}


def expected(role: Role, state: str, act: str) -> str | None:
    """The table: why this role cannot do this in this state; None when it can."""
    if role == "viewer" or (role == "critical-friend" and act != "comment"):
        return "role"
    if role == "facilitator":
        return ALWAYS.get(act)
    if state == "paused":
        return "paused"
    if state == "locked" and act in IN_PIECES:
        return "locked"
    if state.startswith("only") and act in OTHERS_WORDS:
        return "whose"
    return ALWAYS.get(act)


async def lay_out(table: Table, stack: AsyncExitStack) -> None:
    """Put a note of the facilitator on the table."""
    facilitator = await table.facilitator.open(stack)
    copy = await facilitator.synced()
    values = {"place": "value", "order": "a0", "author": table.facilitator.id}
    assert await facilitator.change(copy.change(lambda document: put_note(document, "theirs", "warmte", values))) is None


async def attempt(seat: Seat, connection: Wire, act: Act) -> str | None:
    """Make a change on a copy of what is there, and send it."""
    copy = await connection.synced()
    return await connection.change(copy.change(lambda document: act(document, seat.id)))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
async def test_changes(shared_server: ServerProcess, role: Role, state: str) -> None:
    """[R1-R4, S5] Each change is made or refused as the table says; what is refused, nobody hears of and no log holds."""
    async with Table(shared_server) as table, AsyncExitStack() as stack:
        await lay_out(table, stack)
        await table.facilitator.call("PATCH", "/rules", STATES[state])
        watcher = await table.seats["viewer"].open(stack)
        for name, act in ACTS.items():
            before = (await watcher.synced()).document.view()
            watcher.heard.clear()
            refused = await attempt(table.seats[role], await table.seats[role].open(stack), act)
            after = (await watcher.synced()).document.view()

            assert (name, refused) == (name, expected(role, state, name))
            assert (name, before == after) == (name, refused is not None)
            assert (name, len(updates_in(watcher.heard)) == 1) == (name, refused is not None)  # the one it asked for itself


@pytest.mark.parametrize("role", ROLES)
async def test_taken_out_while_connected(shared_server: ServerProcess, role: Role) -> None:
    """[R5] Someone who is taken out is gone at once: what they still send changes nothing, and they do not come back."""
    async with Table(shared_server) as table, AsyncExitStack() as stack:
        seat = table.seats[role]
        if role == "facilitator":
            await table.facilitator.call("PATCH", f"/people/{table.seats['partner'].id}", {"role": "facilitator"})
        connection = await seat.open(stack)
        copy = await connection.synced()
        other = table.seats["partner"] if role == "facilitator" else table.facilitator
        removed = await other.call("PATCH", f"/people/{seat.id}", {"status": "removed"})
        with pytest.raises(Closed) as closed:
            await connection.change(copy.add_note("late"))
        again = await seat.open(stack)
        with pytest.raises(Closed) as turned_away:
            await again.synced()
        export = (await other.call("GET", "/export")).json()

    assert removed.json()["status"] == "removed"
    assert (closed.value.code, turned_away.value.code) == (4405, 4405)
    assert export["notes"].get("value", []) == []


@pytest.mark.parametrize("role", ROLES)
async def test_another_role_while_connected(shared_server: ServerProcess, role: Role) -> None:
    """[R5, E6] A role that is lowered holds for the next frame; one that is raised lets write, and is asked for what it holds."""
    async with Table(shared_server) as table, AsyncExitStack() as stack:
        seat = table.seats[role]
        await table.facilitator.call("PATCH", f"/people/{table.seats['partner'].id}", {"role": "facilitator"})
        leader = table.seats["partner"] if role == "facilitator" else table.facilitator
        connection = await seat.open(stack)
        await connection.synced()
        await leader.call("PATCH", f"/people/{seat.id}", {"role": "viewer"})
        lowered = await attempt(seat, connection, ACTS["add a note"])
        await leader.call("PATCH", f"/people/{seat.id}", {"role": "partner"})
        told = [body async for body in until(connection, "partner")]
        raised = await attempt(seat, connection, ACTS["add a note"])

    assert lowered == "role"
    assert told[-1]["writable"] is True
    assert raised is None


async def until(connection: Wire, role: Role) -> Any:
    while True:
        body = await connection.body(wire.RULES)
        yield body
        if body["role"] == role:
            return


@pytest.mark.parametrize("role", ROLES)
async def test_a_cookie_is_for_one_case(shared_server: ServerProcess, role: Role) -> None:
    """[C1] Being in one case opens no other, by cookie on the wire or in a call."""
    async with Table(shared_server) as table, Table(shared_server) as other, AsyncExitStack() as stack:
        connection = await table.seats[role].open(stack, other.case)
        with pytest.raises(Closed) as closed:
            await connection.synced()
        seat = table.seats[role]
        cookie = {"Cookie": f"puzzeltafel-{other.case}={seat.http.cookies[f'puzzeltafel-{table.case}']}"}
        call = await (await table.client()).get(f"/api/cases/{other.case}/me", headers=cookie)

    assert closed.value.code == 4401
    assert call.status_code == 401


@pytest.mark.parametrize("role", ROLES)
async def test_an_old_token_opens_nothing(shared_server: ServerProcess, role: Role) -> None:
    """[C1] Signed by this server, but too long ago."""
    async with Table(shared_server) as table:
        key = (shared_server.data_dir / KEY_FILE).read_bytes()
        token = URLSafeTimedSerializer(key, salt="puzzeltafel.token", signer=_OldSigner).dumps([table.case, table.seats[role].id])
        async with connect(f"ws://127.0.0.1:{shared_server.port}/ws/{table.case}?token={token}") as connection:
            with pytest.raises(ConnectionClosed) as closed:
                await connection.recv()

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


class _OldSigner(TimestampSigner):
    def get_timestamp(self) -> int:
        return int(time.time()) - 10**6


@pytest.mark.parametrize("role", ["facilitator", "partner"])
async def test_a_copy_of_an_old_epoch_brings_nothing_back(shared_server: ServerProcess, role: Role) -> None:
    """[S11] After the case was replaced, what was made under an old client id is refused, whoever sends it."""
    async with Table(shared_server) as table, AsyncExitStack() as stack:
        connection = await table.seats[role].open(stack)
        copy = await connection.synced()
        assert await connection.change(copy.add_note("old", author=table.seats[role].id)) is None
        fresh = shared_server.data_dir.parent / f"{table.case}.json"
        fresh.write_text('{"format": "purpose-case/1", "title": "Nieuw", "language": "nl"}')
        assert shared_server.run("import", str(fresh), "--over", table.case).returncode == 0
        with pytest.raises(Closed) as closed:
            await connection.change(copy.type("old", 0, "x"))
        again = await table.seats[role].open(stack)
        refused = await again.change(copy.document.keyframe())

    assert closed.value.code == 4410
    assert refused == "epoch"


# Calls

FACILITATOR, EVERYONE, WRITERS = ("facilitator",), ROLES, ("facilitator", "partner")
CALLS: dict[tuple[str, str], tuple[tuple[str, ...], object]] = {
    ("GET", "/me"): (EVERYONE, None),
    ("PATCH", "/me"): (EVERYONE, {"name": "Ander"}),
    ("POST", "/me/way-back"): (EVERYONE, {}),
    ("GET", "/rules"): (EVERYONE, None),
    ("PATCH", "/rules"): (FACILITATOR, {"paused": False}),
    ("GET", "/links"): (FACILITATOR, None),
    ("POST", "/links"): (FACILITATOR, {"role": "viewer"}),
    ("PATCH", "/links/{link}"): (FACILITATOR, {"seats": 99}),
    ("DELETE", "/links/{link}"): (FACILITATOR, {}),
    ("GET", "/people"): (FACILITATOR, None),
    ("PATCH", "/people/{person}"): (FACILITATOR, {"role": "viewer"}),
    ("GET", "/moments"): (EVERYONE, None),
    ("GET", "/moments/1"): (EVERYONE, None),
    ("GET", "/export"): (EVERYONE, None),
    ("GET", "/history/sessions"): (EVERYONE, None),
    ("GET", "/history/versions"): (EVERYONE, None),
    ("GET", "/history/timeline"): (EVERYONE, None),
    ("GET", "/history/changes?from=0"): (EVERYONE, None),
    ("GET", "/history/minutes?from=0"): (EVERYONE, None),
    ("PATCH", "/history/sessions/1"): (FACILITATOR, {"name": "Start"}),
    ("POST", "/history/versions"): (FACILITATOR, {"name": "Eerste"}),
    ("POST", "/history/restore"): (FACILITATOR, {"seq": 1, "scope": {"kind": "case", "key": ""}}),
}


async def call(table: Table, seat: Seat, method: str, path: str, body: object) -> int:
    filled = path.format(link=table.links["viewer"], person=table.seats["viewer"].id)
    return (await seat.call(method, filled, body)).status_code


@pytest.mark.parametrize("role", ROLES)
async def test_calls(shared_server: ServerProcess, role: Role) -> None:
    """Each call answers those who may make it, and nobody else."""
    for (method, path), (allowed, body) in CALLS.items():
        async with Table(shared_server) as table:
            status = await call(table, table.seats[role], method, path, body)
        good = (200, 201) if role in allowed else (403,)

        assert status in good, (method, path, status)


@pytest.mark.parametrize("standing", ["removed", "waiting", "stranger", "other case"])
async def test_calls_of_those_who_are_not_in(shared_server: ServerProcess, standing: str) -> None:
    """Who was taken out, waits, or is not known here gets no answer but that."""
    async with Table(shared_server) as table, Table(shared_server) as other:
        seat = await outside(table, other, standing)
        answers = {key: await call(table, seat, *key, body) for key, (_, body) in CALLS.items()}

    assert set(answers.values()) == {401 if standing in ("stranger", "other case") else 403}


async def outside(table: Table, other: Table, standing: str) -> Seat:
    if standing == "stranger":
        return Seat(table.server, table.case, await table.client(), "nobody")
    if standing == "other case":
        return Seat(table.server, table.case, other.facilitator.http, other.facilitator.id)
    if standing == "waiting":
        await table.facilitator.call("PATCH", f"/links/{table.links['partner']}", {"has_waiting_room": True})
        return await table.join(table.secrets["partner"], {"name": "Wim"})
    await table.facilitator.call("PATCH", f"/people/{table.seats['partner'].id}", {"status": "removed"})
    return table.seats["partner"]


async def test_writing_calls_come_from_our_own_pages(shared_server: ServerProcess) -> None:
    """A page elsewhere cannot write with a visitor's cookie, whatever it says its content is."""
    async with Table(shared_server) as table:
        for (method, path), (_, body) in CALLS.items():
            if method == "GET":
                continue
            for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
                filled = path.format(link=table.links["viewer"], person=table.seats["viewer"].id)
                answer = await table.facilitator.http.request(method, f"/api/cases/{table.case}{filled}", json=body, headers=headers)
                assert answer.json()["type"] == "cross-origin"


@pytest.fixture(scope="module", autouse=True)
def nothing_secret_is_stored_or_logged(shared_server: ServerProcess) -> Iterator[None]:
    """After all of it: the database holds no secret of a link or way back, and the log no secret and no query."""
    yield
    with httpx.Client(base_url=shared_server.url) as http:
        started = http.post("/api/cases", json={"title": "x", "person": {"name": "Noor"}}).json()
        way_back = http.post(f"/api/cases/{started['case']}/me/way-back", json={}).json()["secret"]
        cookie = http.cookies[f"puzzeltafel-{started['case']}"]
    kept = b"".join(path.read_bytes() for path in shared_server.data_dir.glob(f"{DATABASE}*"))
    log = shared_server.log_path.read_text("utf-8")
    for secret in (*(link["secret"] for link in started["links"]), way_back, cookie):
        assert secret.encode() not in kept
        assert secret not in log
    assert "token=" not in log
    assert "?" not in log
