"""How long the server waits: the oldest that asks nothing goes first, and whoever reads nothing goes at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from server.patience import Deadline, Patience, StallWatch


class Later:
    """An event loop that only remembers what it should call, and when."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, Callable[[], None], list[bool]]] = []

    def call_later(self, seconds: float, call: Callable[[], None]) -> Any:
        cancelled: list[bool] = []
        self.calls.append((seconds, call, cancelled))

        class Handle:
            def cancel(self) -> None:
                cancelled.append(True)

        return Handle()

    def pass_all(self) -> None:
        due, self.calls = self.calls, []
        for _, call, cancelled in due:
            if not cancelled:
                call()


class Transport:
    """A transport with so many bytes that wait."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def get_extra_info(self, _: str) -> None:
        return None

    def abort(self) -> None:
        self.is_aborted = True


@pytest.fixture
def later() -> Later:
    return Later()


def loop(later: Later) -> asyncio.AbstractEventLoop:
    return cast("asyncio.AbstractEventLoop", later)


def watch(later: Later, transport: Transport) -> StallWatch:
    return StallWatch(loop(later), cast("asyncio.Transport", transport), stall_s=3)


def test_who_waited_longest_goes_when_too_many_ask_nothing() -> None:
    """[D2] A crowd that says nothing takes places from itself, not from those who asked."""
    patience, gone = Patience(most_waiting=2), list[str]()
    for name in ("a", "b", "c", "d"):
        patience.begin(name, lambda name=name: gone.append(name))  # type: ignore[misc]
        if name == "c":
            patience.end("b")

    assert gone == ["a"]


def test_who_reads_nothing_goes(later: Later) -> None:
    """[D4] Nothing was read between two looks."""
    transport = Transport(waiting=1_000)
    watch(later, transport).begin()
    later.pass_all()

    assert transport.is_aborted


def test_who_reads_slowly_stays(later: Later) -> None:
    """[D4] Something was read each time."""
    transport = Transport(waiting=1_000)
    watch(later, transport).begin()
    for left in (900, 899):
        transport.waiting = left
        later.pass_all()

    assert not transport.is_aborted


def test_who_has_read_all_is_no_longer_watched(later: Later) -> None:
    """[D4] The watch ends with what waits."""
    transport = Transport(waiting=1_000)
    watching = watch(later, transport)
    watching.begin()
    watching.end()
    later.pass_all()

    assert not transport.is_aborted


def test_a_deadline_set_again_counts_anew(later: Later) -> None:
    """[D1] Only the last one set passes."""
    passed: list[int] = []
    deadline = Deadline(loop(later), lambda: passed.append(1))
    deadline.set(1)
    deadline.set(2)
    later.pass_all()

    assert passed == [1]
