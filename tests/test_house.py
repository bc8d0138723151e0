"""Who may import whom, and what may not stand anywhere: the rules of `docs/architecture.md`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import PROJECT

ALLOWED = {
    "crdt": {"crdt", "pycrdt"},
    "server.core": {"crdt", "server.core", "server.errors"},
    "server.storage": {"crdt", "server.errors", "server.storage", "sqlalchemy", "alembic", "asyncpg"},
    "server.tickets": {"crdt.gate", "server.errors"},
    "server.admission": {"server.errors"},
    "server.open_room": {"server.core", "server.errors"},
    "server.committer": {"crdt", "server.errors", "server.storage", "server.telemetry"},
    "server.fanout": {"crdt", "server.errors", "server.fanout", "server.telemetry", "redis"},
    "server.following": {"crdt", "server.core", "server.fanout"},
    "server.neighbours": {
        "crdt",
        "server.following",
        "server.core",
        "server.errors",
        "server.fanout",
        "server.open_room",
        "server.storage",
        "server.telemetry",
    },
    "server.errands": {
        "crdt",
        "server.core",
        "server.errors",
        "server.neighbours",
        "server.open_room",
        "server.storage",
        "server.telemetry",
    },
    "server.hub": {
        "server.errands",
        "server.fanout",
        "server.neighbours",
        "server.quarantine",
        "server.opening",
        "crdt",
        "server.attendance",
        "server.committer",
        "server.core",
        "server.errors",
        "server.open_room",
        "server.storage",
        "server.telemetry",
        "server.tickets",
    },
    "server.past": {"crdt", "server.quarantine", "server.rereading", "server.storage"},
    "server.rereading": {"server.quarantine", "server.storage"},
    "server.history": {"crdt", "server.errors", "server.hub", "server.past", "server.signing", "server.storage", "server.tickets"},
    "server.attendance": {"crdt", "server.core.access", "server.storage"},
    "server.names": {"crdt.names", "server.errors"},
    "server.cases": {"crdt", "server.errors", "server.hub", "server.names", "server.signing", "server.storage", "server.telemetry"},
    "server.invitations": {
        "crdt",
        "server.cases",
        "server.errors",
        "server.hub",
        "server.names",
        "server.signing",
        "server.storage",
        "server.telemetry",
        "server.tickets",
    },
    "server.people": {"crdt", "server.cases", "server.errors", "server.hub", "server.storage", "server.telemetry"},
    "server.commands": {
        "server.quarantine",
        "crdt.casefile",
        "server.backup",
        "server.cases",
        "server.checking",
        "server.compaction",
        "server.errors",
        "server.invitations",
        "server.signing",
        "server.storage",
    },
    "server.backup": {"server.errors", "server.folder", "server.signing", "server.storage"},
    "server.control": {"server.commands", "server.errors"},
    "server.examples": {"crdt", "server.errors"},
    "server.draining": {"server.admission", "server.health", "server.hub", "server.telemetry"},
    "server.health": {"server.errors", "server.fanout", "server.storage", "server.telemetry"},
    "server.web": {
        "crdt",
        "server.admission",
        "server.attendance",
        "server.cases",
        "server.config",
        "server.core.limits",
        "server.core.session",
        "server.errors",
        "server.examples",
        "server.health",
        "server.history",
        "server.hub",
        "server.invitations",
        "server.open_room",
        "server.people",
        "server.signing",
        "server.storage",
        "server.telemetry",
        "server.web",
        "starlette",
    },
    "server.quarantine": {"server.errors", "server.telemetry"},
    "server.trial": {"crdt", "server.core"},
    "server.opening": {
        "crdt",
        "server.attendance",
        "server.core",
        "server.errors",
        "server.open_room",
        "server.quarantine",
        "server.storage",
        "server.telemetry",
    },
    "server.direct_line": {"server.open_room", "uvicorn", "websockets"},
    "server.pacing": {"server.core.limits", "server.direct_line", "uvicorn", "websockets"},
    "server.patience": {"server.pacing", "uvicorn", "websockets"},
    "server.config": {"server.errors"},
    "server.folder": {"server.errors"},
    "server.signing": {"server.errors", "itsdangerous"},
    "server.errors": set(),
    "server.telemetry": {"prometheus_client"},
    "server.logbook": {"server.telemetry"},
    "server.compaction": {"crdt", "server.errors", "server.quarantine", "server.rereading", "server.storage", "server.telemetry"},
    "server.checking": {"crdt", "server.errors", "server.quarantine", "server.rereading", "server.storage"},
}
IMPURE = {"time", "random", "secrets", "asyncio", "os", "socket", "threading", "datetime", "uuid", "pathlib", "subprocess"}
PURE = {"datetime.date"}  # a day that is written down is a value
LONGEST_FILE = 400


def modules() -> Iterator[tuple[str, Path]]:
    for package in ("crdt", "server"):
        for path in sorted((PROJECT / package).rglob("*.py")):
            name = ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
            yield name, path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rule_for(module: str) -> set[str] | None:
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((ALLOWED[prefix] for prefix in prefixes if prefix in ALLOWED), None)


def is_allowed(imported: str, allowed: set[str]) -> bool:
    if imported.split(".", maxsplit=1)[0] in sys.stdlib_module_names:
        return True
    return any(imported == name or imported.startswith(f"{name}.") for name in allowed)


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_modules_import_only_what_they_may(module: str, path: Path) -> None:
    """Each room of the house knows only the rooms below it."""
    allowed = rule_for(module)
    if allowed is not None:
        foreign = [name for name in imports(path) if not is_allowed(name, allowed)]

        assert foreign == []


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_only_the_program_imports_the_app(module: str, path: Path) -> None:
    """`server.app` knows everything; nothing but the command line knows it."""
    if module not in ("server.app", "server.cli", "server.serving", "server.__main__"):
        assert not [name for name in imports(path) if name.startswith("server.app")]


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_decisions_are_pure(module: str, path: Path) -> None:
    """`crdt` and `server.core` know no clock, no chance, no I/O and no await."""
    if module.startswith(("crdt", "server.core")):
        assert not [name for name in imports(path) if name.split(".")[0] in IMPURE and name not in PURE]
        assert not [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, (ast.AsyncFunctionDef, ast.Await))]


def test_imports_have_no_cycles() -> None:
    """No module imports itself by way of others."""
    known = {name for name, _ in modules()}
    imported = {name: set(imports(path)) for name, path in modules()}
    imported = {name: names | {each.rpartition(".")[0] for each in names} for name, names in imported.items()}
    graph = {name: (names & known) - {name} for name, names in imported.items()}

    while leaves := {name for name, targets in graph.items() if not targets}:
        graph = {name: targets - leaves for name, targets in graph.items() if name not in leaves}
    assert graph == {}


def test_files_can_be_read_at_one_sitting() -> None:
    """No source file is longer than 400 lines."""
    client = (path for path in (PROJECT / "client" / "src").rglob("*") if path.suffix in (".ts", ".tsx", ".css"))
    sources = [*(path for _, path in modules()), *client]
    too_long = [str(path) for path in sources if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE]

    assert too_long == []


def test_every_module_says_what_it_is_for() -> None:
    """Every module begins with a docstring."""
    silent = [name for name, path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]

    assert silent == []


def test_nothing_unfinished_and_no_foreign_addresses_are_committed() -> None:
    """No unfinished marks, no package registry hosts, no paths of one machine in any tracked file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False).stdout.decode().split("\0")
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"registry\.npm" + r"js\.org", r"files\.python" + "hosted", "/" + "root/")))
    texts = [PROJECT / name for name in listed if name and (PROJECT / name).suffix not in (".png", ".woff2")]

    assert [str(path) for path in texts if path.is_file() and marks.search(path.read_text("utf-8", "replace"))] == []
