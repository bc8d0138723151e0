"""`make bench`: what one typing update costs at each step of its way, beside applying it with pycrdt alone.

Prints medians of several runs and their ratio to the bare library; absolute figures are noise on a shared machine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from crdt import wire
from crdt.case import CaseDocument
from crdt.gate import Gate, Sender
from crdt.walker import walk_update
from tests.bench import kinds, past
from tests.support import Replica, RoomDriver, frames

UPDATES = 1_000
RUNS = 7
SENDER = Sender("ann", "partner")


def typing_updates(count: int) -> tuple[bytes, list[bytes]]:
    """Return a small case and the updates of someone typing in it, letter by letter."""
    replica = Replica(client_id=7)
    for number in range(40):
        replica.add_note(f"note{number}", "een notitie van gewone lengte, met een paar woorden")
    start = replica.document.keyframe()
    return start, [replica.type("note3", 0, "x") for _ in range(count)]


def library_alone(start: bytes, updates: list[bytes]) -> None:
    document = CaseDocument.open([start])
    for update in updates:
        document.doc.apply_update(update)


def walker(_: bytes, updates: list[bytes]) -> None:
    for update in updates:
        walk_update(update)


def gate(start: bytes, updates: list[bytes]) -> None:
    judge = Gate(CaseDocument.open([start])).judge
    for update in updates:
        judge(update, SENDER)


def room_of_thirty(start: bytes, updates: list[bytes]) -> None:
    """The whole way through a room with 30 clients, every update in a tick of its own, commits at no cost."""
    driver = RoomDriver()
    writer = driver.session("ann")
    readers = [driver.session(f"reader{number}", "viewer") for number in range(29)]
    driver.update(writer, start)
    for update in updates:
        driver.wait(0.02)
        driver.receive(writer, wire.Update(update))
        for session in (writer, *readers):
            frames(session)


def median_us(work: Callable[[bytes, list[bytes]], None], start: bytes, updates: list[bytes]) -> float:
    """Return the median over several runs of µs per update."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work(start, updates)
        taken.append((time.perf_counter() - began) / len(updates) * 1e6)
    return statistics.median(taken)


def main() -> None:
    start, updates = typing_updates(UPDATES)
    base = median_us(library_alone, start, updates)
    print(f"{'step':<38}{'µs per update':>14}{'ratio':>8}")
    print(f"{'pycrdt alone: apply':<38}{base:>14.1f}{1:>8.1f}")
    for name, work in (
        ("walker", walker),
        ("gate: apply to the shadow and judge", gate),
        ("room of 30, the whole way in memory", room_of_thirty),
    ):
        cost = median_us(work, start, updates)
        print(f"{name:<38}{cost:>14.1f}{cost / base:>8.1f}")


if __name__ == "__main__":
    main()
    kinds.main()
    past.main()
