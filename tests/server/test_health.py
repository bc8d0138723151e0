"""Health: down without storage, degraded without the other servers, and asked of storage once a second at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from server.errors import StorageFault
from server.fanout import Fanout, State
from server.health import FRESH_S, Condition, Health
from server.storage import Storage


class Answers:
    """A storage that answers or not, and a line to the others; it counts how often it is asked."""

    def __init__(self) -> None:
        self.works = True
        self.asked = 0
        self.state: State = "connected"
        self.now = 0.0

    async def positions(self, _: Sequence[str]) -> dict[str, Any]:
        self.asked += 1
        if not self.works:
            raise StorageFault("nobody there")
        return {}


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def health(answers: Answers) -> Health:
    return Health(cast(Storage, answers), cast(Fanout, answers), clock=lambda: answers.now)


@pytest.mark.parametrize(
    ("has_storage", "line", "status"),
    [
        (True, "alone", "ok"),
        (True, "connected", "ok"),
        (True, "away", "degraded"),
        (False, "connected", "down"),
        (False, "away", "down"),
    ],
)
async def test_what_is_wrong_makes_the_status(answers: Answers, health: Health, has_storage: bool, line: State, status: str) -> None:
    """Without storage nothing can be saved; without the line all is saved and others hear of it later."""
    answers.works, answers.state = has_storage, line

    assert await health.condition() == Condition(has_storage, line)
    assert (await health.condition()).status == status


async def test_one_that_leaves_is_not_ready(health: Health) -> None:
    """Whatever else it could say: nobody should be sent there any more."""
    assert (await health.condition()).is_ready
    health.drain()

    assert (await health.condition()).status == "draining"
    assert not (await health.condition()).is_ready


async def test_storage_is_asked_once_a_second(answers: Answers, health: Health) -> None:
    """However many ask; the line is looked at each time, since that costs nothing."""
    lines: tuple[State, ...] = ("connected", "away", "connected")
    for line in lines:
        answers.state = line
        assert (await health.condition()).line == line
    assert answers.asked == 1
    answers.works, answers.now = False, FRESH_S

    assert not (await health.condition()).has_storage
    assert answers.asked == 2
