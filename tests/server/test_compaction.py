"""The compactor over real storage: proves before it squashes, leaves alone what does not agree, and can be interrupted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from crdt.case import CaseDocument
from crdt.compaction import coarsen
from crdt.log import Append, Keyframe, LogRow, NewRow
from server import compaction
from server.checking import check
from server.compaction import DAY_MS, Compactor
from server.errors import StorageFault
from server.history import History
from server.hub import Hub
from server.past import Past
from server.storage import Case, DocumentName, Participant, PointName
from server.storage.sql import SqlStorage
from tests.support import Replica

NAME = DocumentName("c1")
NOW = 100 * DAY_MS
LETTERS = 60


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """A case with a note in which one participant typed sixty letters, a second apart, long ago."""
    opened = await SqlStorage.open_sqlite(tmp_path / "p.db")
    replica = Replica()
    ann = Participant("ann", "c1", "Ann", None, "facilitator", 1)
    owner = {replica.client_id: "ann"}
    await opened.create_case(Case("c1", 1), ann, [], Append("c1", (row(replica.add_note("n1", ""), 0),), owner))
    letters = (row(replica.type("n1", 0, "x"), second * 1_000) for second in range(1, LETTERS))
    for letter in letters:
        await opened.append([Append("c1", (letter,))])
    yield opened
    await opened.close()


def row(update: bytes, at: int) -> NewRow:
    return NewRow("ann", at, (), update)


async def state_at(storage: SqlStorage, seq: int) -> bytes:
    return CaseDocument.open(await storage.at("c1", seq)).keyframe()


def compactor(storage: SqlStorage) -> Compactor:
    return Compactor(storage, keep_fine_days=30, every_s=3600, wall_ms=lambda: NOW)


async def shape(storage: SqlStorage) -> list[tuple[int, int]]:
    return [(kept.seq, kept.covers) for kept in await storage.rows(NAME, 0, 1_000)]


async def test_old_rows_become_one_a_minute(storage: SqlStorage) -> None:
    """Sixty rows of one minute become one; the case is the same and the log is whole."""
    before = CaseDocument.open(await storage.at("c1", LETTERS)).view()

    done = await compactor(storage).compact(30)

    assert (done.rows_before, done.rows_after, done.refused) == (LETTERS, 1, 0)
    assert await shape(storage) == [(LETTERS, LETTERS)]
    assert CaseDocument.open(await storage.at("c1", LETTERS)).view() == before
    assert (await check(storage)).problems == []
    assert (await compactor(storage).compact(30)).rows_before == 0


async def test_young_rows_stay_as_they_are(storage: SqlStorage) -> None:
    """Every keystroke is kept for as long as the setting says."""
    done = await compactor(storage).compact(100)

    assert (done.rows_before, len(await shape(storage))) == (0, LETTERS)


async def test_moments_with_a_keyframe_stay_points_to_open(storage: SqlStorage) -> None:
    """Rows are not joined across a keyframe that is kept; the newest always is, earlier ones go when few rows lie between."""
    for seq in (20, 40):
        await storage.add_keyframe(NAME, Keyframe(1, seq, 1, await state_at(storage, seq)))

    done = await compactor(storage).compact(30)

    assert await shape(storage) == [(20, 20), (40, 20), (LETTERS, 20)]
    assert await storage.keyframe_seqs(NAME) == [40]
    assert done.keyframes_dropped == 1
    assert (await check(storage)).problems == []


async def test_named_points_stay_exactly_as_they_were(storage: SqlStorage) -> None:
    """A version in the middle of a minute is the same version afterwards, to the letter."""
    await storage.put_point_name(PointName("c1", "version", 33, "Voor de raad", 1, "ann"))
    before = CaseDocument.open(await storage.at("c1", 33)).view()

    await compactor(storage).compact(30)

    assert await shape(storage) == [(33, 33), (LETTERS, LETTERS - 33)]
    assert CaseDocument.open(await storage.at("c1", 33)).view() == before
    assert (await check(storage)).problems == []


async def test_sessions_stay_what_they_were(storage: SqlStorage) -> None:
    """Cut at the same places, as much work in them, and with the names they were given."""
    replica = Replica(client_id=9)
    for update in await storage.at("c1", LETTERS):
        replica.document.apply(update)
    evenings = [hours * 3_600_000 + second * 1_000 for hours in (5, 9) for second in range(70)]
    for at in evenings:
        await storage.append([Append("c1", (row(replica.type("n1", 0, "y"), at),), {9: "ann"})])
    await storage.put_point_name(PointName("c1", "session", LETTERS + 1, "Tweede avond", 1, "ann"))

    async def told() -> list[tuple[int, int, int, int, int, int, str | None]]:
        async with Hub(storage) as hub:  # anew, as after a restart
            found = await History(storage, hub, Past(storage)).sessions("c1")
        cut = [(named.session, named.name) for named in found]
        return [(each.number, each.first_seq, each.seq, each.first_at, each.last_at, each.updates, name) for each, name in cut]

    before = await told()
    done = await compactor(storage).compact(30)

    assert done.rows_after < done.rows_before
    assert [each[-1] for each in before] == [None, "Tweede avond", None]
    assert await told() == before


async def test_a_wrong_keyframe_is_dropped_and_told(storage: SqlStorage, caplog: pytest.LogCaptureFixture) -> None:
    """A keyframe that is not what the log makes is thrown away before anything relies on it."""
    await storage.add_keyframe(NAME, Keyframe(1, 30, 1, await state_at(storage, 29)))
    assert [problem["problem"] for problem in (await check(storage)).problems] == ["the keyframe is not what the log makes"]

    await compactor(storage).compact(30)

    assert await storage.keyframe_seqs(NAME) == []
    assert "keyframe-wrong" in caplog.text
    assert (await check(storage)).problems == []


async def test_rows_that_would_make_another_document_are_left_alone(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """When the coarse rows do not equal the fine ones, the fine ones stay."""
    monkeypatch.setattr(compaction, "coarsen", lambda rows: coarsen(rows[:-1]))

    done = await compactor(storage).compact(30)

    assert (done.refused, len(await shape(storage))) == (1, LETTERS)
    assert "compaction-refused" in caplog.text


async def test_a_log_that_changed_meanwhile_is_left_alone(storage: SqlStorage) -> None:
    """Coarse rows only take the place of exactly the rows they were made from."""
    rows = await storage.rows(NAME, 0, 10)
    await compactor(storage).compact(30)

    with pytest.raises(StorageFault, match="10 were read"):
        await storage.replace_rows(NAME, rows, rows[-1:])
    assert await shape(storage) == [(LETTERS, LETTERS)]


async def test_long_logs_go_in_stretches(storage: SqlStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stretch is one transaction; what is done stays done when a later stretch fails, and the next round goes on there."""
    monkeypatch.setattr(compaction, "STRETCH_ROWS", 25)
    real, calls = storage.replace_rows, 0

    async def fail_once(name: DocumentName, old: Sequence[LogRow], new: Sequence[LogRow]) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise StorageFault("disk full")
        await real(name, old, new)

    monkeypatch.setattr(storage, "replace_rows", fail_once)
    with pytest.raises(StorageFault):
        await compactor(storage).compact(30)
    assert (await shape(storage))[:2] == [(25, 25), (26, 1)]

    await compactor(storage).compact(30)

    assert await shape(storage) == [(25, 25), (50, 25), (LETTERS, 10)]
    assert (await check(storage)).problems == []


async def test_a_missing_row_is_found(storage: SqlStorage) -> None:
    """The check says where the log has a hole, by its counts and by what builds upon the missing row."""
    await storage._write(lambda connection: connection.exec_driver_sql("DELETE FROM log WHERE seq = 10").rowcount)

    found = [str(problem["problem"]) for problem in (await check(storage, "c1")).problems]

    assert any("row 11 builds upon client" in problem for problem in found)
    assert found[-1] == f"the rows stand for {LETTERS - 1} updates, {LETTERS} were logged"
