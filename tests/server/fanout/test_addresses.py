"""Redis URLs: what is meant, or a refusal in words that never say the password."""

from __future__ import annotations

import pytest

from server.errors import SetupFault
from server.fanout.addresses import Address, read_address


def test_one_redis_and_sentinels() -> None:
    """A port of its own, or Sentinel's usual one."""
    assert read_address("redis://:secret@h:7/2") == Address({"password": "secret", "host": "h", "port": 7, "db": 2})
    asked = read_address("redis+sentinel://:secret@one:1,two/table")
    assert (asked.sentinels, asked.master, asked.settings["password"]) == ((("one", 1), ("two", 26_379)), "table", "secret")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://secret@h", "known are redis"),
        ("rubbish", "known are redis"),
        ("redis+cluster://:secret@h:1", "any one of them"),
        ("redis+sentinel://:secret@h:1", "host:port/name"),
        ("redis+sentinel://:secret@h:x/name", "host:port/name"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(url: str, words: str) -> None:
    """And the password stays unsaid."""
    with pytest.raises(SetupFault, match=words) as caught:
        read_address(url)
    assert "secret" not in str(caught.value)
