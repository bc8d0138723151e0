"""The code map in `docs/architecture.md` names every module, each where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.support import PROJECT

SOURCES = ("crdt", "server", "client/src")
SUFFIXES = (".py", ".ts", ".tsx")


def mapped() -> Iterator[str]:
    """Read the map: a row is names, two spaces, what they are for; a name that ends with `/` holds the rows set in below it."""
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    rows = page.split("## Code map")[1].split("```")[1].strip("\n").splitlines()
    holders: list[tuple[int, str]] = []
    for row in rows:
        depth = len(row) - len(row.lstrip())
        holders = [holder for holder in holders if holder[0] < depth]
        within = holders[-1][1] if holders else ""
        for name in re.split(r"\s{2,}", row.strip())[0].split():
            yield within + name
            if name.endswith("/"):
                holders.append((depth, within + name))


def modules() -> Iterator[str]:
    for source in SOURCES:
        for path in sorted((PROJECT / source).rglob("*")):
            if path.suffix in SUFFIXES and not path.name.startswith("__"):
                yield str(path.relative_to(PROJECT).with_suffix(""))


def is_named(module: str, names: set[str]) -> bool:
    """Tell whether a module is in the map, or lies in a folder of which the map names no module."""
    whole = {name for name in names if name.endswith("/") and not any(other != name and other.startswith(name) for other in names)}
    return module in names or any(module.startswith(folder) for folder in whole)


def is_there(name: str) -> bool:
    path = PROJECT / name
    return path.is_dir() if name.endswith("/") else any(Path(f"{path}{suffix}").is_file() for suffix in SUFFIXES)


def test_the_map_names_every_module() -> None:
    """Whoever looks for a thing finds the file it is in."""
    names = set(mapped())

    assert [module for module in modules() if not is_named(module, names)] == []


def test_the_map_names_nothing_that_is_not_there() -> None:
    """Nobody is sent to a file that went or moved."""
    assert [name for name in mapped() if not is_there(name)] == []
