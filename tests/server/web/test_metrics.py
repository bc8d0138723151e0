"""Metrics are served only when the operator wants them, and tell of alarms before the first one rings."""

from __future__ import annotations

from pathlib import Path

import httpx

from server.telemetry import ALARMS
from tests.conftest import EXAMPLE
from tests.process import ServerProcess


def test_metrics_are_served_when_wanted(tmp_path: Path) -> None:
    """Every alarm is there at zero; nothing of a case is."""
    with ServerProcess(tmp_path / "data", metrics="1") as server:
        case = server.import_case(EXAMPLE)["case"]
        told = httpx.get(f"{server.url}/metrics").text

    assert [alarm.value for alarm in ALARMS if f'puzzeltafel_events_total{{event="{alarm.value}"}} 0.0' not in told] == []
    assert case not in told


def test_metrics_are_not_served_unasked(shared_server: ServerProcess) -> None:
    """By default there is nothing at that address."""
    assert httpx.get(f"{shared_server.url}/metrics").status_code == 404
