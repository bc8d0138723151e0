"""Fixtures that several folders of tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.process import ServerProcess
from tests.support import PROJECT

EXAMPLE = PROJECT / "server" / "examples" / "warm-oosterduin.json"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A running server on an empty data folder."""
    with ServerProcess(tmp_path / "data") as process:
        yield process


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One running server for all tests of a module, each with cases of its own."""
    with ServerProcess(tmp_path_factory.mktemp("shared") / "data") as process:
        yield process
