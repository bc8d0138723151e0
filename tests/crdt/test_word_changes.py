"""How one text became another, in words, whatever the texts."""

from __future__ import annotations

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crdt.word_changes import MOST_CHANGES, Words, word_changes

few_words = st.lists(st.sampled_from(["warm", "dorp", "huis", " ", "  ", ",", "😀"]), max_size=40).map("".join)


@given(st.one_of(few_words, st.text(max_size=80)), st.one_of(few_words, st.text(max_size=80)), st.sampled_from([0, 3, MOST_CHANGES]))
def test_words_put_together_give_both_texts(before: str, after: str, most: int) -> None:
    """The words that stayed and went are the old text; those that stayed and came are the new one."""
    words = list(word_changes(before, after, most))

    assert "".join(word.text for word in words if word.mark != "added") == before
    assert "".join(word.text for word in words if word.mark != "removed") == after
    assert all(one.mark != other.mark for one, other in pairwise(words))


def test_two_changes_in_one_sentence() -> None:
    """What stands between them stays."""
    told = list(word_changes("Warme huizen voor iedereen.", "Koude huizen voor ouderen."))

    assert told == [
        Words("removed", "Warme"),
        Words("added", "Koude"),
        Words("same", " huizen voor "),
        Words("removed", "iedereen"),
        Words("added", "ouderen"),
        Words("same", "."),
    ]


def test_words_side_by_side_are_one_change() -> None:
    """A space that happens to be the same does not cut a rewritten phrase in pieces."""
    told = list(word_changes("voor de jeugd hier", "voor alle ouderen hier"))

    assert [word.mark for word in told] == ["same", "removed", "added", "same"]


def test_another_text_altogether_is_told_as_a_whole() -> None:
    """More changes than anyone would read, between the words that both begin and end with."""
    before = " ".join(["begin", *(f"oud{number}" for number in range(200)), "eind"])
    after = " ".join(["begin", *(f"nieuw{number}" for number in range(200)), "eind"])

    assert [word.mark for word in word_changes(before, after)] == ["same", "removed", "added", "same"]


def test_no_text_takes_long() -> None:
    """Five thousand characters made to mislead: the lines run are counted, and stay within the bound."""
    before, after = "a " * 2_500, "b a " * 1_250

    assert lines_run(lambda: list(word_changes(before, after))) < 40 * MOST_CHANGES * MOST_CHANGES + 20 * (len(before) + len(after))


def lines_run(act: object) -> int:
    """Count the lines that run within the file under test: work, whatever the machine."""
    count = 0

    def trace(frame: object, event: str, _: object) -> object:
        nonlocal count
        count += event == "line"
        return trace if "word_changes" in frame.f_code.co_filename else None  # type: ignore[attr-defined]

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        act()  # type: ignore[operator]
    finally:
        sys.settrace(before)
    return count
