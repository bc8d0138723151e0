"""What a line of the server's log looks like: when, how grave, which part, what happened with its facts, and which call set it off.

Not to be confused with the log of a case. Which events there are, and that none carries a secret, is `telemetry.py`'s. Lines of others,
such as uvicorn's, get the same form; its lines about connections are left out, for they carry query strings.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Final

from server.telemetry import FACTS, REQUEST, in_words

_QUIET: Final = ("uvicorn.error", "alembic")


def begin(*, as_json: bool) -> None:
    """Write the log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for quiet in _QUIET:
        logging.getLogger(quiet).setLevel(logging.WARNING)


class Lines(logging.Formatter):
    """One line of text for people: the event first, then `key=value`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        request = REQUEST.get()
        return super().formatMessage(record) + (f" {in_words({'request': request})}" if request else "")


class JsonLines(logging.Formatter):
    """One JSON object a line for programs; what is no event of ours has a `message`."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if request := REQUEST.get():
            told["request"] = request
        told |= getattr(record, FACTS, None) or {"message": record.getMessage()}
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, default=str)
