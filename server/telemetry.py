"""Every event the server logs, in one list. An event never carries a secret, a query string or what people wrote."""

from __future__ import annotations

import logging
from enum import StrEnum


class Event(StrEnum):
    """The name of a log event."""

    SERVING = "serving"
    ROOM_OPENED = "room-opened"
    ROOM_RETIRED = "room-retired"
    ROOM_BROKEN = "room-broken"
    COMMIT_FAILED = "commit-failed"
    KEYFRAME_LOST = "keyframe-lost"
    CONNECTED = "connected"
    DISCONNECTED = "disconnected"
    TURNED_AWAY = "turned-away"
    CASE_STARTED = "case-started"
    JOINED = "joined"


_LEVELS = {Event.ROOM_BROKEN: logging.ERROR, Event.COMMIT_FAILED: logging.ERROR, Event.KEYFRAME_LOST: logging.WARNING}


def log_event(logger: logging.Logger, event: Event, **facts: object) -> None:
    """Log one event with its facts as `key=value`."""
    logger.log(_LEVELS.get(event, logging.INFO), "%s %s", event.value, " ".join(f"{key}={value}" for key, value in facts.items()))
