"""The short forms of fuzzing, updates in the hands of Hypothesis, and what the campaign must catch."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crdt import gate, wire
from crdt.errors import MalformedFrame
from crdt.walked import Walked
from crdt.wire import var_text, var_uint
from server.core import shadow
from tests.campaigns import fuzz, fuzz_honest
from tests.campaigns.fuzz import MOST_GROWTH_BYTES, NAME, problems, run_child
from tests.campaigns.fuzz_child import Target
from tests.campaigns.fuzz_child import run as throw
from tests.campaigns.fuzz_frames import MINE, VICTIM, Frame, frame
from tests.campaigns.plants import log_what_came
from tests.campaigns.report import SEED, Report

FRAMES = 10_000
HONEST_ROUNDS = 20


def test_whatever_strangers_send_the_room_stands() -> None:
    """[S4, F4] No death, no escaped exception, bounded memory; the bound on time is the full form's, on a quiet machine."""
    report = Report(NAME, None, quiet=True, seed=SEED)
    outcome, found = run_child(SEED, 0, FRAMES)

    report.round(found, **outcome)
    assert outcome["frames"] == FRAMES
    assert min(outcome["unreadable"], outcome["refused"], outcome["taken"]) > FRAMES // 100, "most kinds of end should be met"


def test_honest_clients_are_never_refused() -> None:
    """[S5, S6] Typing, moving, deleting and undoing, offline and at once, by real Yjs: all taken, equal at the end."""
    report = Report(fuzz_honest.NAME, None, seed=SEED)

    fuzz_honest.run(HONEST_ROUNDS, SEED, report)

    assert report.total("updates") > 100 * HONEST_ROUNDS


def test_a_frame_can_be_made_again() -> None:
    """What did harm is told by its number."""
    assert [frame(1, number) for number in range(50)] == [frame(1, number) for number in range(50)]


# Hypothesis builds updates that are nearly right, and shrinks what does harm

NUMBERS = st.one_of(st.integers(0, 40), st.sampled_from([2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53])).map(var_uint)
IDS = st.tuples(st.sampled_from((MINE, VICTIM)).map(var_uint), NUMBERS).map(b"".join)
WORDS = st.sampled_from(["notes", "meta", "statement.impact", "note3", "text", "place", "value", "😀", "a\ufffd"]).map(var_text)
VALUES = st.one_of(st.sampled_from([b"\x7e", b"\x78", b"\x7d\x05", b"\x75\x00"]), WORDS.map(lambda words: b"\x77" + words))
CONTENTS = st.one_of(
    st.tuples(st.just(4), WORDS),
    st.tuples(st.just(7), st.sampled_from((b"\x01", b"\x02", b"\x03"))),
    st.tuples(st.just(8), VALUES.map(lambda value: b"\x01" + value)),
    st.tuples(st.just(1), NUMBERS),
)
STANDS = st.one_of(
    st.tuples(st.just(0x80), IDS),
    st.tuples(st.just(0x40), IDS),
    st.tuples(st.just(0xC0), st.tuples(IDS, IDS).map(b"".join)),
    st.tuples(st.just(0x20), st.tuples(WORDS.map(lambda root: b"\x01" + root), WORDS).map(b"".join)),
    st.tuples(st.just(0x00), WORDS.map(lambda root: b"\x01" + root)),
    st.tuples(st.just(0x20), st.tuples(IDS.map(lambda parent: b"\x00" + parent), WORDS).map(b"".join)),
    st.tuples(st.just(0x00), IDS.map(lambda parent: b"\x00" + parent)),
)
STRUCTS = st.one_of(
    st.tuples(STANDS, CONTENTS).map(lambda parts: bytes((parts[0][0] | parts[1][0],)) + parts[0][1] + parts[1][1]),
    NUMBERS.map(lambda length: b"\x00" + length),
)


def _section(parts: tuple[int, bytes, list[bytes]]) -> bytes:
    client, clock, structs = parts
    return var_uint(len(structs)) + var_uint(client) + clock + b"".join(structs)


SECTIONS = st.tuples(st.sampled_from((MINE, MINE + 1)), st.sampled_from((b"\x00", b"\x01")), st.lists(STRUCTS, min_size=1, max_size=6))
DELETES = st.one_of(st.just(b"\x00"), st.tuples(IDS, NUMBERS).map(lambda parts: b"\x01" + parts[0][:5] + b"\x01\x00" + parts[1]))
UPDATES = st.tuples(st.lists(SECTIONS.map(_section), max_size=2), DELETES).map(
    lambda parts: var_uint(len(parts[0])) + b"".join(parts[0]) + parts[1]
)


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(UPDATES, min_size=1, max_size=4))
def test_hypothesis_finds_no_update_that_harms_a_room(updates: list[bytes]) -> None:
    """[S4] Whatever a room takes, what it writes of itself is what it shows."""
    target = Target()
    for update in updates:
        with contextlib.suppress(MalformedFrame):
            target.take(Frame(1, "by Hypothesis", wire.update_frame(update)))

    assert target.problems() == []


# Planted bugs: each must be caught


def let_characters_be_cut_and_places_be_tied(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shadow.Shadow, "_check_whole", lambda *_: None)
    patch.setattr(gate, "_is_only_text", lambda *_: True)


def let_structs_build_upon_themselves(patch: pytest.MonkeyPatch) -> None:
    log_what_came(patch)
    patch.setattr(gate.Gate, "_against_waiting", lambda *_: None)
    patch.setattr(Walked, "gap", lambda *_: None)


def let_faults_through(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shadow, "DocumentFault", ZeroDivisionError)


@pytest.mark.parametrize("plant", [let_characters_be_cut_and_places_be_tied, let_structs_build_upon_themselves, let_faults_through])
def test_planted_holes_are_found(plant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """An oracle that catches nothing proves nothing."""
    plant(monkeypatch)

    assert throw(SEED, 0, 12_000).escaped


def test_growth_is_told() -> None:
    """Memory has a bound."""
    assert "memory grew" in problems({"escaped": [], "grown_bytes": MOST_GROWTH_BYTES + 1})[0]


def test_a_death_is_told_with_its_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends names the frame it ended at."""
    monkeypatch.setattr(fuzz, "CHILD", "tests.campaigns.fuzz_dying_child")

    _, found = run_child(SEED, 40, 10)

    assert "ended with -9 at frame 43" in found[0]
