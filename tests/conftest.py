"""Fixtures that several folders of tests share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import logs
from tests.postgres import PostgresProcess
from tests.process import ServerProcess
from tests.redis_process import RedisProcess
from tests.support import PROJECT

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # a busy machine is no fault of what is tested

EXAMPLE = PROJECT / "server" / "examples" / "warm-oosterduin.json"


@pytest.fixture(autouse=True)
def nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Hold what is logged in this process to what a log may hold; that of servers is, when they end."""
    caplog.set_level(logging.INFO, "puzzeltafel")
    yield
    logs.check(caplog.text)


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresProcess]:
    """One PostgreSQL for all tests that need one, each with a database of its own. Who stops it starts it again."""
    with PostgresProcess() as process:
        yield process


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisProcess]:
    """One Redis for all tests that need one. Who stops it starts it again."""
    with RedisProcess() as process:
        yield process
