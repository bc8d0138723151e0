"""What once got past the walker, or would have hurt what comes after it. Each stays here under a name of its own."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from crdt.case import CaseDocument
from crdt.errors import MalformedFrame
from crdt.gate import Refused, Sender
from crdt.walker import FROM_CLIENTS, OF_OURS, walk_state_vector, walk_update
from crdt.wire import var_text, var_uint
from server.core.live import Live
from server.core.room import Room
from server.core.shadow import Accepted, Missing, Nothing, Shadow, Verdict
from tests.support import Replica, RoomDriver

ANN = Sender("ann", "partner")
NOW_MS = 1_763_900_000_000
ME, OTHER = 5, 6


def update(*structs: bytes, client: int = ME, start: int = 0, deletes: bytes = b"\x00") -> bytes:
    """Build an update of structs of one client."""
    return var_uint(1) + section(*structs, client=client, start=start) + deletes


def section(*structs: bytes, client: int = ME, start: int = 0) -> bytes:
    return var_uint(len(structs)) + var_uint(client) + var_uint(start) + b"".join(structs)


def struct_id(clock: int, client: int = ME) -> bytes:
    return var_uint(client) + var_uint(clock)


def under_root(kind: int, content: bytes, root: str = "notes", key: str | None = "k") -> bytes:
    if key is None:
        return bytes((kind,)) + b"\x01" + var_text(root) + content
    return bytes((0x20 | kind,)) + b"\x01" + var_text(root) + var_text(key) + content


def under_struct(kind: int, content: bytes, clock: int, key: str | None = "k") -> bytes:
    flags = 0x20 if key is not None else 0
    return bytes((flags | kind,)) + b"\x00" + struct_id(clock) + (var_text(key) if key is not None else b"") + content


def after(kind: int, content: bytes, clock: int) -> bytes:
    return bytes((0x80 | kind,)) + struct_id(clock) + content


MAP, TEXT, NOTHING, LETTER = b"\x01", b"\x02", b"\x01\x7e", b"\x01x"


def maps_within_maps(depth: int) -> bytes:
    """Deleting the outermost overflows the native stack when there are enough of them."""
    structs = [under_root(7, MAP), *(under_struct(7, MAP, clock) for clock in range(depth - 1))]
    return update(*structs, deletes=b"\x01" + var_uint(ME) + b"\x01\x00\x01")


def texts_within_texts(depth: int) -> bytes:
    structs = [under_root(7, MAP), *(under_struct(7, TEXT, clock, "text") for clock in range(depth - 1))]
    return update(*structs, deletes=b"\x01" + var_uint(ME) + b"\x01\x00\x01")


def maps_within_maps_without_saying_so(depth: int) -> bytes:
    """Each map stands beside a value in the one before, so its parent is never written."""
    structs = [under_root(7, MAP)]
    for level in range(depth):
        structs += [under_struct(8, NOTHING, 2 * level), after(7, MAP, 2 * level + 1)]
    return update(*structs)


def texts_within_texts_without_saying_so() -> bytes:
    return update(
        under_root(7, MAP), under_struct(7, TEXT, 0, "text"), under_struct(4, LETTER, 1, None), after(7, TEXT, 2), after(7, TEXT, 3)
    )


FINDS: dict[str, Callable[[], bytes]] = {
    "60,000 maps within maps kill the process": lambda: maps_within_maps(60_000),
    "1,000 maps within maps exhaust the stack of Python": lambda: maps_within_maps(1_000),
    "a map within a map": lambda: update(under_root(7, MAP), under_struct(7, MAP, 0)),
    "texts within texts": lambda: texts_within_texts(3),
    "maps within maps, named by neighbours alone": lambda: maps_within_maps_without_saying_so(3),
    "texts within texts, named by neighbours alone": texts_within_texts_without_saying_so,
    "a text in a root of maps": lambda: update(under_root(7, TEXT)),
    "a map in a root of values": lambda: update(under_root(7, MAP, "meta")),
    "a text in a field that holds none": lambda: update(under_root(7, MAP), under_struct(7, TEXT, 0, "place")),
    "characters in a map": lambda: update(under_root(7, MAP), under_struct(4, LETTER, 0, "k")),
    "a value in a text": lambda: update(under_root(8, NOTHING, "statement.impact", None)),
    "characters under a key": lambda: update(under_root(4, LETTER)),
    "list content in a map": lambda: update(under_root(7, MAP), under_struct(4, LETTER, 0, None)),
    "keys in a text": lambda: update(under_root(7, MAP), under_struct(7, TEXT, 0, "text"), under_struct(8, NOTHING, 1)),
    "a client told of twice: Yjs keeps the last, others both": lambda: (
        var_uint(2) + section(under_root(4, LETTER, "statement.impact", None)) + section(after(4, LETTER, 0), start=1) + b"\x00"
    ),
    "a client without structs": lambda: var_uint(1) + b"\x00" + struct_id(0) + b"\x00\x00\x00",
    "an empty struct with flags is another struct to another reader": lambda: update(bytes((0x80,)) + b"\x01\x00\x00\x00\x00"),
    "a skip with flags": lambda: update(bytes((0x4A,)) + b"\x01\x00\x00\x00\x00"),
    "a parent that is neither named nor a struct": lambda: update(bytes((0x28,)) + b"\x02" + struct_id(0) + var_text("k") + NOTHING),
    "a struct that builds upon what comes after it in its own client": lambda: update(after(4, LETTER, 3), after(4, LETTER, 0)),
    "a struct that builds upon itself": lambda: update(after(4, LETTER, 0)),
    "a struct within itself": lambda: update(under_struct(7, MAP, 0, "k")),
    "a reference beyond any clock": lambda: update(after(4, LETTER, 2**40)),
    "a section that begins beyond any clock": lambda: update(b"\x00\x01", start=2**40),
    "a jump without content": lambda: update(b"\x00" + var_uint(FROM_CLIENTS.jump + 1)),
    "a move": lambda: update(under_root(11, b"\x00\x00\x00")),
    "a link to elsewhere": lambda: update(under_root(7, b"\x07" + b"\x00" * 8)),
    "characters of no length": lambda: update(under_root(4, b"\x00", "statement.impact", None)),
    "values of no length": lambda: update(under_root(8, b"\x00")),
    "half a character as three bytes": lambda: update(under_root(4, b"\x03\xed\xa0\x80", "statement.impact", None)),
    "a deletion of nothing": lambda: b"\x00\x01" + struct_id(1) + b"\x05\x00",
    "deletions of a client told of twice": lambda: b"\x00\x02" + (var_uint(ME) + b"\x01\x00\x01") * 2,
    "a million values in one field": lambda: update(under_root(8, var_uint(1_000_000) + b"\x7e" * 1_000_000)),
    "250,000 structs of two bytes": lambda: update(*[b"\x00\x01"] * 250_000),
    "100,001 deleted ranges": lambda: (
        b"\x00\x01" + var_uint(ME) + var_uint(100_001) + b"".join(var_uint(2 * at) + b"\x01" for at in range(100_001))
    ),
    "lists within lists": lambda: update(under_root(8, b"\x01" + b"\x75\x01" * 30_000 + b"\x7e")),
    "objects within objects": lambda: update(under_root(8, b"\x01" + b"\x76\x01\x01k" * 30_000 + b"\x7e")),
}


@pytest.mark.parametrize("find", FINDS, ids=str)
def test_a_find_stays_refused(find: str) -> None:
    """[S4, F4] None of them reaches the CRDT library."""
    with pytest.raises(MalformedFrame):
        walk_update(FINDS[find]())


def judge(*updates: bytes) -> Verdict:
    shadow = Shadow(Live(CaseDocument()), owners={})
    verdict: Verdict = Nothing()
    for one in updates:
        verdict = shadow.submit(one, ANN, NOW_MS)
    return verdict


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_twice_is_heard_once(seed: int) -> None:
    """[S4, S8] Other words under ids that are known, in the tick of the first: merged, they made a row that no document could take."""
    rng, first = random.Random(seed), Replica(client_id=5)
    start = first.add_note("zero")
    driver = RoomDriver(Room("case", CaseDocument.open([start]), owners={5: "bob"}))
    ann = driver.session("ann")
    driver.holds_commits = True
    acts: list[Callable[[Replica], bytes]] = [
        lambda copy: copy.add_note("n1", "woorden"),
        lambda copy: copy.change(lambda document: document.maps["notes"]["zero"].update({"order": "a5"})),
        lambda copy: copy.type("zero", 0, "hallo"),
        lambda copy: copy.change(lambda document: document.maps["notes"].pop("zero")),
        lambda copy: copy.change(lambda document: document.texts["statement.impact"].insert(0, "iedereen doet mee")),
    ]
    driver.update(ann, Replica(start, client_id=6).type("zero", 0, "x"))
    for _ in range(5):
        driver.update(ann, rng.choice(acts)(Replica(start, client_id=7)))

    judged = driver.room._shadow._gate.shadow.view()
    driver.finish_all()
    assert driver.room.document.view() == judged
    assert CaseDocument.open([start, *(row.update for commit in driver.committed for row in commit.append.rows)]).view() == judged


def letters_in_each_others_way(count: int) -> bytes:
    """Each letter begins at the start and ends at another letter far away, so that it has to pass all that came before it."""
    line = bytes((4, 1)) + var_text("statement.impact") + var_text("r" * count)
    return update(line, *(bytes((0x44,)) + struct_id(at) + LETTER for at in range(count)))


def values_in_each_others_way(count: int) -> bytes:
    """Each value claims to be the first under the same key."""
    return update(*[under_root(8, NOTHING)] * count)


@pytest.mark.parametrize("bomb", [letters_in_each_others_way, values_in_each_others_way])
def test_what_would_take_seconds_to_place_is_refused(bomb: Callable[[int], bytes]) -> None:
    """[S4] 70 kB took the library ten seconds: finding a place can mean passing everything else."""
    verdict = judge(bomb(4_000))

    assert isinstance(verdict, Refused)
    assert verdict.reason == "limit"


def test_a_day_without_a_network_is_not_too_much() -> None:
    """[S6] Hundreds of notes, moves and words in one update are taken, and a whole document that is known already is."""
    start, replica = Replica(client_id=7), Replica(client_id=8)
    start.add_note("first")
    replica.document.apply(start.document.keyframe())
    for number in range(300):
        replica.add_note(f"n{number}", "een notitie van gewone lengte", author="ann", created=1_763_900_000_000)
        for at in (3, 9, 12):
            replica.type(f"n{number}", at, "x")
        replica.type("first", 0, "x")
    whole = replica.document.keyframe()
    shadow = Shadow(Live(CaseDocument.open([start.document.keyframe()])), owners={})

    assert isinstance(shadow.submit(whole, ANN, NOW_MS), Accepted)
    assert isinstance(shadow.submit(whole, ANN, NOW_MS), Nothing)


def test_a_hundred_strangers_in_one_update_are_refused() -> None:
    """[S7] A person works under one client id, a returning one under a few."""
    crowd = var_uint(101) + b"".join(section(b"\x00\x01", client=client) for client in range(101)) + b"\x00"

    verdict = judge(crowd)

    assert isinstance(verdict, Refused)
    assert verdict.reason == "limit"


def face(*more: bytes) -> list[bytes]:
    """Return updates that write a😀b (clocks 0, 1 to 2, 3), and more."""
    return [update(under_root(4, var_text("a😀b"), "statement.impact", None)), *more]


HALVES: dict[str, bytes] = {
    "the second half deleted": b"\x00\x01" + struct_id(1) + b"\x02\x01",
    "the first half deleted": b"\x00\x01" + struct_id(1) + b"\x01\x01",
    "all before the second half deleted": b"\x00\x01" + struct_id(1) + b"\x00\x02",
    "a letter after the first half": update(after(4, LETTER, 1), client=OTHER),
    "a letter before the second half": update(bytes((0x44,)) + struct_id(2) + LETTER, client=OTHER),
}


@pytest.mark.parametrize("half", HALVES, ids=str)
def test_a_character_is_not_cut_in_half(half: str) -> None:
    """[S4] The library shifts what follows a cut, and then leaves most of the case out of its keyframe."""
    verdict = judge(*face(HALVES[half]))

    assert isinstance(verdict, Refused)
    assert verdict.reason == "shape"


def test_no_half_of_a_character_comes_alone() -> None:
    """[S4] What is known of a client ends where a character would be in the middle."""
    known = update(under_root(1, b"\x02", "statement.impact", None))

    assert isinstance(judge(known, update(after(4, var_text("😀"), 0), start=1)), Refused)


def test_nothing_stands_between_two_places() -> None:
    """[S4] One between the last letter of a note and the next note cut the note short in what the document writes as a whole."""
    note = [under_root(7, MAP), under_struct(7, TEXT, 0, "text"), under_struct(4, b"\x03abc", 1, None)]
    fields = [under_struct(8, b"\x01\x77\x05value", 0, "place"), under_root(7, MAP, key="other")]
    case = update(*note, *fields)
    tied = update(bytes((0xC4,)) + struct_id(4) + struct_id(6) + LETTER, client=OTHER)
    shadow = Shadow(Live(CaseDocument.open([case])), owners={ME: "ann"})

    verdict = shadow.submit(tied, ANN, NOW_MS)

    assert isinstance(verdict, Refused)
    assert "between two places" in verdict.message


def test_what_is_half_known_goes_on_where_it_began() -> None:
    """[S4] A struct of which the first letter is known, in another text, came out in one place and was written in another."""
    begun = update(under_root(4, LETTER, "statement.ambition", None))
    shadow = Shadow(Live(CaseDocument.open([begun])), owners={ME: "ann"})

    elsewhere = shadow.submit(update(under_root(4, b"\x03xyz", "statement.impact", None)), ANN, NOW_MS)
    there = shadow.submit(update(under_root(4, b"\x03xyz", "statement.ambition", None)), ANN, NOW_MS)

    assert isinstance(elsewhere, Refused)
    assert isinstance(there, Accepted)


def test_hundreds_of_notes_at_once_are_too_many() -> None:
    """[S13] Judging is dearer than reading: what a client may add at once is bounded by its notes as well."""
    replica = Replica(client_id=8)
    for number in range(301):
        replica.add_note(f"n{number}")

    verdict = judge(replica.document.keyframe())

    assert isinstance(verdict, Refused)
    assert verdict.reason == "limit"


def test_a_type_already_there_holds_its_own_kind() -> None:
    """[S4] What the update does not tell, the document does: no key in a text of before, no letter in a note of before."""
    case = update(under_root(7, MAP), under_struct(7, TEXT, 0, "text"), under_struct(8, b"\x01\x77\x05value", 0, "place"))
    shadow = Shadow(Live(CaseDocument.open([case])), owners={ME: "ann"})

    for stray in (under_struct(8, NOTHING, 1), under_struct(4, LETTER, 0, None), after(7, MAP, 2), after(4, LETTER, 2)):
        assert isinstance(shadow.submit(update(stray, client=OTHER), ANN, NOW_MS), Refused)


def test_around_a_whole_character_everything_may_happen() -> None:
    """[S4] Words before and behind a face, and the face deleted."""
    before = update(bytes((0xC4,)) + struct_id(0) + struct_id(1) + LETTER, client=OTHER)
    behind = update(after(4, LETTER, 2), client=OTHER, start=1)

    assert isinstance(judge(*face(before, behind, b"\x00\x01" + struct_id(1) + b"\x01\x02")), Accepted)


def test_what_waits_for_itself_is_refused() -> None:
    """[S6] Two clients whose structs need each other never integrate; the library would keep them aside, and out of every keyframe."""
    first = section(bytes((0x84,)) + struct_id(0, OTHER) + LETTER)
    second = section(bytes((0x84,)) + struct_id(0) + LETTER, client=OTHER)

    verdict = judge(var_uint(2) + second + first + b"\x00")

    assert isinstance(verdict, Refused)
    assert verdict.reason == "gap"


def test_a_deletion_of_what_does_not_exist_is_a_gap() -> None:
    """[S6] No delete set reaches beyond what is there."""
    assert isinstance(judge(b"\x00\x01" + struct_id(1) + b"\x00\x05"), Missing)


def test_the_server_may_make_more_at_once_than_a_client() -> None:
    """An import of a large case is one change."""
    big = update(*[b"\x00\x01"] * (FROM_CLIENTS.parts + 1))

    assert walk_update(big, OF_OURS).structs == FROM_CLIENTS.parts + 1
    with pytest.raises(MalformedFrame, match="limit is 6000"):
        walk_update(big)


def test_half_a_character_as_yjs_writes_it_is_read() -> None:
    """[S4] Yjs puts U+FFFD where it cuts a character of two units in half."""
    assert walk_update(update(under_root(4, var_text("a\ufffd"), "statement.impact", None))).ranges[0].end == 2


@pytest.mark.parametrize(
    "vector",
    [b"\xff\xff\xff\xff\x0f", var_uint(2) + (struct_id(1)) * 2, var_uint(1) + struct_id(2**40), var_uint(50_001) + b"\x01\x01" * 50_001],
    ids=["a giant count", "a client twice", "a giant clock", "too many clients"],
)
def test_hostile_state_vectors_are_refused(vector: bytes) -> None:
    """[S1, F4] A viewer's six bytes made the library spend a gigabyte."""
    with pytest.raises(MalformedFrame):
        walk_state_vector(vector)
