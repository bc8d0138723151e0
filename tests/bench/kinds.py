"""What reading each kind of change costs before it is applied, beside applying it with pycrdt and with Yjs in Node.

The walker reads every update, so its cost is held against both: a ratio below one means that looking first is cheaper than doing.
"""

from __future__ import annotations

import statistics
import time
from base64 import b64encode
from collections.abc import Callable

from crdt.case import CaseDocument
from crdt.walker import walk_update
from tests.campaigns.yjs_pipe import YjsPipe
from tests.support import Replica

RUNS = 7
COUNT = 300
PASTE = "woord " * 833


def changes() -> tuple[bytes, dict[str, list[bytes]]]:
    """Return a small case and, by kind, the updates of someone who changes it."""
    replica = Replica(client_id=3_141_592_653)
    for number in range(40):
        replica.add_note(f"note{number}", "een notitie van gewone lengte, met een paar woorden")
    start = replica.document.keyframe()

    def many(make: Callable[[Replica, int], bytes]) -> list[bytes]:
        writer = Replica(start, client_id=2_718_281_828)
        return [make(writer, number) for number in range(COUNT)]

    return start, {
        "a letter typed": many(lambda writer, _: writer.type("note3", 0, "x")),
        "a note made": many(
            lambda writer, number: writer.add_note(f"new{number}", "", author="x" * 22, partner="y" * 22, created=1_763_900_000_000)
        ),
        "a note moved": many(lambda writer, number: writer.change(lambda document: _move(document, number))),
        "5 kB pasted": many(lambda writer, _: writer.type("note3", 0, PASTE)),
    }


def _move(document: CaseDocument, number: int) -> None:
    note = document.maps["notes"][f"note{number % 40}"]
    note["place"], note["order"] = ("returns", "value")[number % 2], f"a{number}"


def median_us(work: Callable[[], float]) -> float:
    return statistics.median(work() for _ in range(RUNS)) / COUNT * 1e6


def walk(updates: list[bytes]) -> float:
    began = time.perf_counter()
    for update in updates:
        walk_update(update)
    return time.perf_counter() - began


def apply(start: bytes, updates: list[bytes]) -> float:
    document = CaseDocument.open([start])
    began = time.perf_counter()
    for update in updates:
        document.doc.apply_update(update)
    return time.perf_counter() - began


def apply_in_yjs(pipe: YjsPipe, start: bytes, updates: list[bytes]) -> float:
    encoded = [b64encode(update).decode() for update in updates]
    return float(pipe.ask(op="time", start=b64encode(start).decode(), updates=encoded)["ns"]) / 1e9


def main() -> None:
    start, kinds = changes()
    print(f"{'read by the walker':<22}{'bytes':>8}{'µs':>8}{'to pycrdt':>12}{'to Yjs':>9}")
    with YjsPipe() as pipe:
        for name, updates in kinds.items():
            walked = median_us(lambda updates=updates: walk(updates))  # type: ignore[misc]
            applied = median_us(lambda updates=updates: apply(start, updates))  # type: ignore[misc]
            in_yjs = median_us(lambda updates=updates: apply_in_yjs(pipe, start, updates))  # type: ignore[misc]
            print(f"{name:<22}{len(updates[-1]):>8}{walked:>8.1f}{walked / applied:>12.2f}{walked / in_yjs:>9.2f}")
