"""Messages between servers as bytes: one line of JSON, then the updates one after another.

Read with care for version skew, since a server of the next release may say more than this one knows: unknown fields are passed over, at the
end of a list as well, and an unknown kind is no message (None). What cannot be read at all raises MalformedMessage; the log has it anyway.
"""

from __future__ import annotations

import json
from typing import Any, Final

from crdt.log import LogRow
from crdt.wire import AwarenessEntry
from server.errors import ServerError
from server.fanout import Changed, Committed, Message, Present, WhoIsThere

MOST_UPDATE_BYTES: Final = 262_144
"""Larger commits are told without their bytes; the others read them from the log."""


class MalformedMessage(ServerError):
    """Bytes that are no message between servers."""


def write(server: str, message: Message) -> bytes:
    """Return the bytes of a message."""
    head: dict[str, Any] = {"from": server, "case": message.case}
    match message:
        case Committed(_, epoch, first_seq, last_seq, rows):
            fits = sum(len(row.update) for row in rows) <= MOST_UPDATE_BYTES
            sent = rows if fits else ()
            head |= {"kind": "committed", "epoch": epoch, "first": first_seq, "last": last_seq}
            head["rows"] = [[row.seq, row.at, row.participant, list(row.clients), len(row.update)] for row in sent]
            return _line(head) + b"".join(row.update for row in sent)
        case Present(_, entries, is_whole):
            states = [[entry.client_id, entry.clock, entry.state] for entry in entries]
            return _line(head | {"kind": "present", "entries": states, "whole": is_whole})
        case WhoIsThere():
            return _line(head | {"kind": "who-is-there"})
        case Changed():
            return _line(head | {"kind": "changed"})


def _line(head: dict[str, Any]) -> bytes:
    return json.dumps(head, separators=(",", ":")).encode() + b"\n"


def read(data: bytes) -> tuple[str, Message | None]:
    """Return who says it, and the message, or None when this version does not know its kind. Raises MalformedMessage."""
    try:
        line, _, rest = data.partition(b"\n")
        head = json.loads(line)
        return str(head["from"]), _message(head, rest)
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError) as error:
        raise MalformedMessage(f"{len(data)} bytes are no message between servers: {error!r}") from error


def _message(head: dict[str, Any], rest: bytes) -> Message | None:
    case = str(head["case"])
    match head["kind"]:
        case "committed":
            epoch = _number(head["epoch"])
            return Committed(case, epoch, _number(head["first"]), _number(head["last"]), _rows(epoch, head["rows"], rest))
        case "present":
            entries = tuple(AwarenessEntry(int(client), int(clock), str(state)) for client, clock, state, *_ in head["entries"])
            return Present(case, entries, bool(head["whole"]))
        case "who-is-there":
            return WhoIsThere(case)
        case "changed":
            return Changed(case)
        case _:
            return None


def _number(value: Any) -> int:
    """Return a whole number such as a database holds. Raises ValueError, OverflowError."""
    number = int(value)
    if abs(number) >= 2**63:
        raise OverflowError("a number is larger than any in a log")
    return number


def _rows(epoch: int, listed: list[Any], rest: bytes) -> tuple[LogRow, ...]:
    if sum(int(row[4]) for row in listed) != len(rest):
        raise ValueError(f"the rows do not add up to the {len(rest)} bytes that follow")
    rows, start = [], 0
    for seq, at, participant, clients, size, *_ in listed:
        rows.append(LogRow(_number(seq), epoch, _number(at), str(participant), tuple(map(int, clients)), rest[start : start + size]))
        start += size
    return tuple(rows)
