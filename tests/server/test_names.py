"""Names: tidied, and nothing hides in them."""

from __future__ import annotations

import pytest

from server.errors import CallProblem
from server.names import tidy_name


@pytest.mark.parametrize(
    "name",
    [
        "Noor",
        "Zoë de Vries-Çelik",
        "نور",
        "李娜",
        "O'Brien",
        "क्\u200dष",
        "👩\u200d🌾 Boerin",
        "❤\ufe0f Noor",
        "葛\U000e0100城",
        "1\ufe0f\u20e3 ronde",
        "Jose\u0301",
    ],
)
def test_people_are_called_what_they_are_called(name: str) -> None:
    """Any script, with the joiners that some of them need."""
    assert tidy_name(f"  {name} ", 60, "your name")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "\u200b",
        "No\u202eor",
        "No\u200bor",
        "\u2066Noor\u2069",
        "Noor\u200d",
        "No\u200dor",
        "\u0301",
        "a\x00b",
        "x" * 61,
        "\ud800",
        "\u3164",
        "Noor\u3164",
        "\u2800\u2800",
        "No\u034for",
        "Noor\ufe0f",
        "Zoë\ufe0f",
        "\ufe0fNoor",
        "Noor\U000e0100",
        "Noor\u180b",
    ],
)
def test_nothing_hides_in_a_name(name: str) -> None:
    """Characters that turn the reading direction, take no room or are none are refused, with words."""
    with pytest.raises(CallProblem, match="name"):
        tidy_name(name, 60, "your name")
