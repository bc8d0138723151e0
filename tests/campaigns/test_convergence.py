"""The short form of the convergence campaign, the same table in the hands of Hypothesis, and the bugs it must catch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from crdt.case import CaseDocument
from crdt.log import LogRow
from server.core.effects import Commit
from server.core.room import Room
from server.core.shadow import Shadow
from tests.campaigns import table_sim
from tests.campaigns.convergence import NAME, PLACES, WORDS, run
from tests.campaigns.plants import log_what_came
from tests.campaigns.report import CampaignFailed, Report
from tests.campaigns.table_sim import LoggedRoom, TableSim
from tests.campaigns.yjs_pipe import YjsPipe

ROUNDS = 150
SEED = 20_261_124
PLANTED_ROUNDS = 150


def test_everybody_ends_with_the_same_case() -> None:
    """Seeded scenarios of edits, cuts, failing storage, restarts, compaction and new epochs: equal content, nothing acknowledged gone."""
    run(ROUNDS, SEED, Report(NAME, None, quiet=True, seed=SEED, rounds=ROUNDS))


@pytest.fixture(scope="module")
def pipe() -> Iterator[YjsPipe]:
    with YjsPipe() as opened:
        yield opened


WHO = st.integers(0, 3)


def machine(pipe: YjsPipe) -> type[RuleBasedStateMachine]:
    """Return the state machine over one Yjs process."""

    class Table(RuleBasedStateMachine):
        @initialize()
        def sit_down(self) -> None:
            self.table = TableSim(pipe, clients=4)
            for client in self.table.clients:
                self.table.connect(client)

        @rule(who=WHO, place=st.sampled_from(PLACES))
        def add(self, who: int, place: str) -> None:
            self.table.tokens += 1
            note, token = f"n{self.table.tokens}", f"<{self.table.tokens}>"
            self.table.notes.append(note)
            edit = {"kind": "add", "note": note, "text": token, "token": token, "place": place, "order": "a1"}
            self.table.edit(self.table.clients[who], edit)

        @rule(who=WHO, which=st.integers(0, 50), at=st.sampled_from(("start", "end")))
        def type(self, who: int, which: int, at: str) -> None:
            if self.table.notes:
                self.table.tokens += 1
                note, token = self.table.notes[which % len(self.table.notes)], f"<{self.table.tokens}>"
                self.table.edit(self.table.clients[who], {"kind": "type", "note": note, "text": token, "token": token, "at": at})

        @rule(who=WHO, which=st.integers(0, 50), place=st.sampled_from(PLACES))
        def move(self, who: int, which: int, place: str) -> None:
            if self.table.notes:
                note = self.table.notes[which % len(self.table.notes)]
                self.table.edit(self.table.clients[who], {"kind": "set", "note": note, "field": "place", "value": place})

        @rule(who=WHO, which=st.integers(0, 50))
        def remove(self, who: int, which: int) -> None:
            if self.table.notes:
                self.table.edit(self.table.clients[who], {"kind": "remove", "note": self.table.notes[which % len(self.table.notes)]})

        @rule(who=WHO, text=st.sampled_from(WORDS), at=st.floats(0, 1))
        def say(self, who: int, text: str, at: float) -> None:
            self.table.edit(self.table.clients[who], {"kind": "say", "root": "statement.impact", "text": text, "at": at})

        @rule(who=WHO, most=st.integers(1, 5))
        def deliver_up(self, who: int, most: int) -> None:
            self.table.deliver_up(self.table.clients[who], most)

        @rule(who=WHO, most=st.integers(1, 5))
        def deliver_down(self, who: int, most: int) -> None:
            self.table.deliver_down(self.table.clients[who], most)

        @rule(who=WHO)
        def cut(self, who: int) -> None:
            self.table.disconnect(self.table.clients[who])

        @rule(who=WHO)
        def come_back(self, who: int) -> None:
            self.table.connect(self.table.clients[who])

        @rule(who=WHO)
        def open_anew(self, who: int) -> None:
            self.table.open_anew(self.table.clients[who])

        @rule(seconds=st.sampled_from((0.01, 0.03, 1.0)))
        def wait(self, seconds: float) -> None:
            self.table.server.wait(seconds)

        @rule(
            what=st.sampled_from(
                ("hold_commits", "release_commits", "storage_fails", "storage_returns", "restart", "compact", "begin_epoch")
            )
        )
        def happen(self, what: str) -> None:
            getattr(self.table, what)()

        def teardown(self) -> None:
            problems = self.table.heal()
            self.table.close()
            assert problems == []

    return Table


def test_hypothesis_finds_no_course_of_events_that_diverges(pipe: YjsPipe) -> None:
    """The same steps, chosen and shrunk by Hypothesis."""
    run_state_machine_as_test(
        machine(pipe),
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )


# Planted bugs: each must be caught


def acknowledge_before_commit(patch: pytest.MonkeyPatch) -> None:
    """Tell senders "saved" as soon as their update is accepted."""
    real = Room._settle

    def settle(room: Room, session: object, now: float, now_ms: int) -> object:
        effects = real(room, session, now, now_ms)  # type: ignore[arg-type]
        batch = room._batch_in_flight or room._batch
        batch.tell_settled(room.seq)
        return effects

    patch.setattr(Room, "_settle", settle)


def drop_one_row_in_twenty(patch: pytest.MonkeyPatch) -> None:
    """Call committed what was not written."""
    real = LoggedRoom.finish
    count = 0

    def finish(room: LoggedRoom, commit: Commit) -> None:
        nonlocal count
        count += 1
        rows = len(room.rows)
        real(room, commit)
        if count % 20 == 0 and len(room.rows) > rows:
            last = room.rows.pop()
            room.rows[-1:] = [replace(room.rows[-1], covers=room.rows[-1].covers + 1, seq=last.seq)] if room.rows else []

    patch.setattr(LoggedRoom, "finish", finish)


def compact_through_a_document(patch: pytest.MonkeyPatch) -> None:
    """Join rows by what a document makes of each of them alone: what builds upon other rows stays pending and is left out."""

    def coarsen(rows: Sequence[LogRow]) -> list[LogRow]:
        return [replace(row, update=CaseDocument.open([row.update]).keyframe()) for row in rows]

    patch.setattr(table_sim, "coarsen", coarsen)


def take_updates_with_gaps(patch: pytest.MonkeyPatch) -> None:
    """Keep updates whose predecessors are missing, as they came."""
    patch.setattr("crdt.walker.Walked.gap", lambda _walked, _known: None)
    log_what_came(patch)


def forget_who_is_in_flight(patch: pytest.MonkeyPatch) -> None:
    """Keep in the shadow what a failed commit lost: it is then taken for known when it is sent again."""
    patch.setattr(Shadow, "forget", lambda shadow: shadow._gathered.clear())


@pytest.mark.parametrize(
    "plant",
    [acknowledge_before_commit, drop_one_row_in_twenty, compact_through_a_document, take_updates_with_gaps, forget_who_is_in_flight],
    ids=lambda plant: str(plant.__name__),
)
def test_planted_bugs_are_caught(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """An oracle that catches nothing proves nothing."""
    plant(monkeypatch)

    with pytest.raises(CampaignFailed):
        run(PLANTED_ROUNDS, SEED, Report(NAME, None, quiet=True, seed=SEED, rounds=PLANTED_ROUNDS))
