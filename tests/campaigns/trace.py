"""Reads what strace wrote: which system calls, on which file or socket, with what bytes, and when each began and ended.

Knows the format of `strace -f -y -o FILE`; what the calls should be is for the campaign to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CALLS: Final = "pwrite64,pwritev,write,writev,sendto,sendmsg,fsync,fdatasync"
LONGEST_SHOWN: Final = 200_000

_BEGINS = re.compile(r"(?P<thread>\d+) +(?P<name>\w+)\((?P<fd>\d+)<(?P<target>[^>]*)>(?P<rest>.*)")
_RESUMES = re.compile(r"(?P<thread>\d+) +<\.\.\. (?P<name>\w+) resumed>")
_UNFINISHED: Final = "<unfinished ...>"


@dataclass(slots=True)
class Call:
    """One system call. `began` and `ended` are places in the trace: a call that ended before another began has the lower number."""

    name: str
    target: str
    shown: str
    began: int
    ended: int | None


def command(trace: Path) -> list[str]:
    """Return the words that put a program under trace."""
    return ["strace", "-f", "-y", "-s", str(LONGEST_SHOWN), "-e", f"trace={CALLS}", "-o", str(trace)]


def read(lines: Iterable[str]) -> list[Call]:
    """Return the calls of a trace in the order in which they began."""
    calls: list[Call] = []
    unfinished: dict[tuple[str, str], Call] = {}
    for place, line in enumerate(lines):
        if found := _BEGINS.match(line):
            is_whole = not line.rstrip().endswith(_UNFINISHED)
            calls.append(Call(found["name"], found["target"], found["rest"], place, place if is_whole else None))
            if not is_whole:
                unfinished[found["thread"], found["name"]] = calls[-1]
        elif found := _RESUMES.match(line):
            resumed = unfinished.pop((found["thread"], found["name"]), None)
            if resumed is not None:
                resumed.ended = place
    return calls


def of(calls: Iterable[Call], target_end: str, *names: str) -> Iterator[Call]:
    """Pick the calls of some names on files whose path ends so."""
    return (call for call in calls if call.name in names and call.target.endswith(target_end))
