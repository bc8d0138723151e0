"""What is measured is told of: every metric in the papers, and none in the dashboard that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from server.telemetry import ALARMS, REGISTRY, Event
from tests.support import PROJECT

DASHBOARD = PROJECT / "docs" / "grafana.json"
NAME = re.compile(r"puzzeltafel_[a-z_]+")
EVENT = re.compile(r'event=~?"([^"]+)"')


def metrics() -> set[str]:
    """Return the names under which metrics are served."""
    kinds = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
    return {f"{family.name}{ending}" for family in REGISTRY.collect() for ending in kinds[family.type]}


def queries(part: Any) -> Iterator[str]:
    """Give everything a dashboard asks Prometheus for."""
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key in ("expr", "query") and isinstance(value, str))
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from queries(each)


@pytest.fixture(scope="module")
def asked() -> list[str]:
    return list(queries(json.loads(DASHBOARD.read_text("utf-8"))))


def test_the_dashboard_asks_only_for_what_is_there(asked: list[str]) -> None:
    """A misspelt metric would be an empty panel, which looks like good news."""
    assert {name for query in asked for name in NAME.findall(query)} - metrics() == set()


def test_the_dashboard_shows_every_metric(asked: list[str]) -> None:
    """Of a histogram the buckets."""
    shown = {name for query in asked for name in NAME.findall(query)}

    assert {name for name in metrics() if not name.endswith(("_sum", "_count"))} - shown == set()


def test_the_dashboard_knows_the_events(asked: list[str]) -> None:
    """All alarms, and no event that is not there."""
    named = {event for query in asked for found in EVENT.findall(query) for event in found.split("|")}

    assert named - {event.value for event in Event} == set()
    assert {alarm.value for alarm in ALARMS} <= named


def test_every_metric_is_documented() -> None:
    """`docs/operations.md` says of each what it counts."""
    told = (PROJECT / "docs" / "operations.md").read_text("utf-8")

    names = {name.removesuffix("_bucket") for name in metrics() if not name.endswith(("_sum", "_count"))}
    assert {name for name in names if not re.search(rf"`{name}[`{{]", told)} == set()


def test_panels_do_not_lie_on_each_other() -> None:
    """Every panel has a place of its own on the grid of 24 columns."""
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(DASHBOARD.read_text("utf-8"))["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + column, at["y"] + line) for column in range(at["w"]) for line in range(at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
