"""Every event the server logs and every metric it keeps, in one list. None ever carries a secret, a query string or what people wrote.

Each event is counted as well (`puzzeltafel_events_total{event="…"}`), so what should never be seen can raise an alarm.
`docs/operations.md` lists them; a test holds that list against this file.
"""

from __future__ import annotations

import logging
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
STORAGE_STATE: Final = Gauge("puzzeltafel_storage_answers", "1 when storage answered the last time /readyz asked it", registry=REGISTRY)
FANOUT_STATE: Final = Gauge("puzzeltafel_fanout_connected", "1 while in touch with the other servers through Redis", registry=REGISTRY)
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


def log_event(logger: logging.Logger, event: Event, **facts: object) -> None:
    """Log one event with its facts as `key=value`, and count it."""
    EVENTS.labels(event.value).inc()
    logger.log(_LEVELS.get(event, logging.INFO), "%s %s", event.value, " ".join(f"{key}={value}" for key, value in facts.items()))


def exposition() -> bytes:
    """Return all metrics in the text format of Prometheus."""
    return generate_latest(REGISTRY)
