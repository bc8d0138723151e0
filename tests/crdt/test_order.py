"""Fractional indexes: each later key sorts later."""

from __future__ import annotations

from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from crdt.order import after, first, last_of, sequence
from crdt.schema import ENTRY_FIELDS


def test_keys_are_those_of_the_browser_client() -> None:
    """The first keys, and where they grow longer."""
    assert first(3) == ["a0", "a1", "a2"]
    assert after("az") == "b00"
    assert after("Zz") == "a0"
    assert after("a0V") == "a1"


def test_a_long_list_stays_in_order() -> None:
    """Five thousand keys, each after the one before."""
    keys = list(islice(sequence(), 5_000))

    assert all(one < other for one, other in pairwise(keys))


@given(st.from_regex(r"[A-Za-z0-9]{1,20}", fullmatch=True))
def test_after_sorts_after_whatever_a_client_made(last: str) -> None:
    """Even an odd key of another client gets a successor that the gate accepts."""
    assert after(last) > last
    assert ENTRY_FIELDS["notes"]["order"].check(after(last))


def test_the_last_order_of_a_document() -> None:
    """What is no string is passed over."""
    assert last_of(iter(["a1", None, "a0", 3])) == "a1"
    assert last_of(iter([])) is None
