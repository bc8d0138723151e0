"""Opens one case as a server would, in a process that may die of it: `python -m server.trial` with its updates on standard input.

Each update has its length in eight bytes before it. Says `read` when it has them all: what happens before that is not their fault. Exit
code 0 when all went well. Touches no storage and no network.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

from crdt.case import CaseDocument
from crdt.replay import has_hole
from server.core.room import Room

MEMORY_BYTES: Final = 4 * 2**30


def updates_in(given: BinaryIO) -> Iterator[bytes]:
    while head := given.read(8):
        yield given.read(int.from_bytes(head, "big"))


def open_case(updates: list[bytes]) -> None:
    """Do what opening a case does, and what its first visitor asks."""
    document = CaseDocument()
    for update in updates:
        document.apply(update)
    has_hole(document, updates)
    room = Room("trial", document, owners={})
    room.document.view()
    CaseDocument.open([room.document.keyframe()]).view()


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    updates = list(updates_in(sys.stdin.buffer))
    print("read", flush=True)
    open_case(updates)
    return 0


if __name__ == "__main__":
    sys.exit(main())
