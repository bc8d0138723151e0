"""Every event the server logs and every metric it keeps, in one list. None ever carries a secret, a query string or what people wrote.

Each event is counted as well (`puzzeltafel_events_total{event="…"}`), so what should never be seen can raise an alarm. What a line of the
log looks like is `logbook.py`'s. `docs/operations.md` lists all of them; tests hold that list and `docs/grafana.json` against this file.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from enum import StrEnum
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Event(StrEnum):
    """The name of a log event."""

    SERVING = "serving"
    DRAINING = "draining"
    ROOM_OPENED = "room-opened"
    ROOM_RETIRED = "room-retired"
    ROOM_BROKEN = "room-broken"
    COMMIT_FAILED = "commit-failed"
    COMMIT_CONFLICT = "commit-conflict"
    STORAGE_BACK = "storage-back"
    KEYFRAME_LOST = "keyframe-lost"
    KEYFRAME_WRONG = "keyframe-wrong"
    LOG_HOLE = "log-hole"
    COMPACTED = "compacted"
    COMPACTION_REFUSED = "compaction-refused"
    EPOCH_BEGUN = "epoch-begun"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    CONNECTION_BROKEN = "connection-broken"
    TURNED_AWAY = "turned-away"
    CASE_TRIED = "case-tried"
    CASE_SET_ASIDE = "case-set-aside"
    CASE_RELEASED = "case-released"
    CASE_STARTED = "case-started"
    JOINED = "joined"
    CAME_BACK = "came-back"
    LINK_MADE = "link-made"
    LINK_REVOKED = "link-revoked"
    LINK_REFUSED = "link-refused"
    WAY_BACK_MADE = "way-back-made"
    STANDING_CHANGED = "standing-changed"
    RULES_CHANGED = "rules-changed"
    CHANGE_REFUSED = "change-refused"
    SLOWED = "slowed"
    FANOUT_CONNECTED = "fanout-connected"
    FANOUT_AWAY = "fanout-away"
    FANOUT_UNREADABLE = "fanout-unreadable"


ALARMS: Final = (
    Event.LOG_HOLE,
    Event.KEYFRAME_WRONG,
    Event.COMPACTION_REFUSED,
    Event.COMMIT_CONFLICT,
    Event.ROOM_BROKEN,
    Event.CONNECTION_BROKEN,
    Event.CASE_SET_ASIDE,
    Event.FANOUT_UNREADABLE,
)
"""Events that should never be seen."""

SECURITY: Final = (
    Event.TURNED_AWAY,
    Event.CAME_BACK,
    Event.LINK_MADE,
    Event.LINK_REVOKED,
    Event.LINK_REFUSED,
    Event.WAY_BACK_MADE,
    Event.STANDING_CHANGED,
    Event.RULES_CHANGED,
    Event.CHANGE_REFUSED,
    Event.SLOWED,
    Event.CASE_SET_ASIDE,
    Event.CASE_RELEASED,
)
"""Events that tell who was let in, what was allowed and what was turned down."""

_LEVELS = dict.fromkeys((*ALARMS, Event.COMMIT_FAILED), logging.ERROR) | dict.fromkeys(
    (Event.KEYFRAME_LOST, Event.FANOUT_AWAY), logging.WARNING
)

REGISTRY: Final = CollectorRegistry()
EVENTS: Final = Counter("puzzeltafel_events", "events by name", ["event"], registry=REGISTRY)
ROOMS: Final = Gauge("puzzeltafel_rooms", "cases in memory", registry=REGISTRY)
CONNECTIONS: Final = Gauge("puzzeltafel_connections", "open connections", registry=REGISTRY)
READ_ONLY: Final = Gauge("puzzeltafel_rooms_read_only", "cases that cannot be saved now", registry=REGISTRY)
COMMIT_SECONDS: Final = Histogram(
    "puzzeltafel_commit_seconds",
    "time of one durable commit for all rooms",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=REGISTRY,
)
UPDATES: Final = Counter("puzzeltafel_updates", "rows committed: what one participant did in one tick", registry=REGISTRY)
REFUSED: Final = Counter("puzzeltafel_refused", "changes that were not allowed, by reason (E3)", ["reason"], registry=REGISTRY)
TURNED_AWAY: Final = Counter("puzzeltafel_turned_away", "connections refused or ended, by close code", ["code"], registry=REGISTRY)
OUTBOX_DROPS: Final = Counter(
    "puzzeltafel_outbox_drops", "times what waited for a slow reader gave way to one difference", registry=REGISTRY
)
STORAGE_STATE: Final = Gauge("puzzeltafel_storage_answers", "1 when storage could do what it was last asked", registry=REGISTRY)
FANOUT_STATE: Final = Gauge("puzzeltafel_fanout_connected", "0 while the line to the other servers is lost", registry=REGISTRY)
FANOUT_STATE.set(1)  # as it is for a server alone
FANOUT_PUBLISHED: Final = Counter("puzzeltafel_fanout_published", "messages to other servers", registry=REGISTRY)
FANOUT_UNSENT: Final = Counter("puzzeltafel_fanout_unsent", "messages to other servers that could not be sent", registry=REGISTRY)
FANOUT_RECEIVED: Final = Counter("puzzeltafel_fanout_received", "messages from other servers", registry=REGISTRY)
FANOUT_SECONDS: Final = Histogram(
    "puzzeltafel_fanout_seconds",
    "time from when a row was made on another server until it was taken in here; both clocks must agree",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=REGISTRY,
)
GAPS_HEALED: Final = Counter("puzzeltafel_gaps_healed", "times rows of other servers were read from the log", registry=REGISTRY)
for _event in Event:
    EVENTS.labels(_event.value)  # an alarm must be there at zero before it can rise

REQUEST: Final[ContextVar[str]] = ContextVar("request", default="")
"""The id of the call or connection that set off what runs now; empty for what the server does by itself."""

FACTS: Final = "facts"
"""Under this name a record of the log carries the event and its facts."""

_PLAIN: Final = re.compile(r"[^\s\"=]+")


def log_event(logger: logging.Logger, event: Event, **facts: object) -> None:
    """Log one event with its facts as `key=value`, and count it."""
    EVENTS.labels(event.value).inc()
    told = {"event": event.value, **facts}
    logger.log(_LEVELS.get(event, logging.INFO), "%s %s", event.value, in_words(facts), extra={FACTS: told})


def in_words(facts: Mapping[str, object]) -> str:
    """Write facts so that they can be read apart again: what has spaces, quotes or equal signs stands in quotes, and what cannot be printed
    is spelt out: it could tell a terminal to do things."""
    return " ".join(f"{key}={_quoted(str(value))}" for key, value in facts.items())


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value.isprintable() else json.dumps(value, ensure_ascii=not value.isprintable())


def exposition() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    return generate_latest(REGISTRY)
