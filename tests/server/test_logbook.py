"""Lines of the log can be read by people and taken apart by programs, and say which call set them off."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from server.logbook import JsonLines, Lines
from server.telemetry import REQUEST, Event, log_event


class Kept(logging.Handler):
    """Keeps lines as a formatter writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, logger = Kept(), logging.getLogger("puzzeltafel.test")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def request_id() -> Iterator[str]:
    token = REQUEST.set("r-1")
    yield "r-1"
    REQUEST.reset(token)


def log(kept: Kept, formatter: logging.Formatter) -> str:
    kept.setFormatter(formatter)
    log_event(logging.getLogger("puzzeltafel.test"), Event.ROOM_BROKEN, case="c1", fault='it\'s "two words"\nand a line', path="/a=b")
    return kept.lines[-1]


def test_a_line_is_one_line(kept: Kept, request_id: str) -> None:
    """Facts with spaces, quotes or ends of lines stand in quotes, so nobody can write a line of their own."""
    line = log(kept, Lines())

    assert line.endswith(' ERROR puzzeltafel.test room-broken case=c1 fault="it\'s \\"two words\\"\\nand a line" path="/a=b" request=r-1')
    assert "\n" not in line


@pytest.mark.parametrize("told", ["\x1b[2J", "\x9b31m", "a\u2028b", "a\x85b", "\u202eabc", "\x7f"])
@pytest.mark.parametrize("formatter", [Lines(), JsonLines()])
def test_nothing_in_a_line_moves_a_terminal(kept: Kept, formatter: logging.Formatter, told: str) -> None:
    """The address of a call is the caller's: what cannot be printed is spelt out."""
    kept.setFormatter(formatter)
    log_event(logging.getLogger("puzzeltafel.test"), Event.TURNED_AWAY, case=told, code=4404)

    assert kept.lines[-1].isprintable()
    assert json.dumps(told) in kept.lines[-1]


def test_what_the_server_does_by_itself_has_no_request(kept: Kept) -> None:
    """A commit is made for many calls at once."""
    assert "request" not in log(kept, Lines())
    assert "request" not in json.loads(log(kept, JsonLines()))


def test_a_line_as_json(kept: Kept, request_id: str) -> None:
    """All facts by name, beside when, how grave, where, and which call."""
    told = json.loads(log(kept, JsonLines()))

    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "error",
        "logger": "puzzeltafel.test",
        "request": request_id,
        "event": "room-broken",
        "case": "c1",
        "fault": 'it\'s "two words"\nand a line',
        "path": "/a=b",
    }


def test_what_is_no_event_has_a_message_and_its_fault(kept: Kept) -> None:
    """Lines of others have the same form."""
    kept.setFormatter(JsonLines())
    try:
        raise ValueError("too many")
    except ValueError:
        logging.getLogger("puzzeltafel.test").exception("counting %s failed", "sheep")
    told = json.loads(kept.lines[-1])

    assert told["message"] == "counting sheep failed"
    assert told["fault"].endswith("ValueError: too many")
