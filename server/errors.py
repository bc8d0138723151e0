"""What the server tells a client that it turns away: close codes, each declared once.

    ServerError
    ├── Refusal             a connection that is turned away; carries a CloseCode
    ├── CallProblem         an HTTP call or command that cannot be done; carries what a problem document needs
    ├── StorageFault        the storage could not do it now; nothing was acknowledged
    │   └── ConflictFault   it can never do this: what was to be written contradicts what is there
    └── SetupFault          the server cannot start, or a command cannot run; the message says what to do

The table of close codes in `docs/protocol.md` is tested against this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAX_REASON_BYTES: Final = 123


class ServerError(Exception):
    """Base of all errors of this package."""


class StorageFault(ServerError):
    """The storage failed. What was being written is not acknowledged and may or may not be there."""


class ConflictFault(StorageFault):
    """What was to be written contradicts what is there; trying again cannot help. Nothing was written.

    `clients` are the Yjs clients of whom there are other words.
    """

    def __init__(self, message: str, clients: frozenset[int] = frozenset()) -> None:
        super().__init__(message)
        self.clients = clients


class SetupFault(ServerError):
    """Something outside the program is not as it must be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CloseCode:
    """Why a WebSocket is closed, and whether the client may come back by itself."""

    number: int
    name: str
    meaning: str
    may_retry: bool


TOO_BIG: Final = CloseCode(1009, "too big", "a frame is larger than the limit", may_retry=False)
RESTART: Final = CloseCode(1012, "restart", "the server restarts; come back at a random moment", may_retry=True)
BUSY: Final = CloseCode(1013, "busy", "you read too slowly, or too many come at once; come back in a moment", may_retry=True)
BAD_FRAME: Final = CloseCode(4400, "bad frame", "the frame cannot be read", may_retry=False)
NOT_KNOWN: Final = CloseCode(4401, "not known", "no valid cookie or token, or it expired: join again", may_retry=False)
NOT_ALLOWED: Final = CloseCode(4403, "not allowed", "the role, origin or client id may not do this", may_retry=False)
NO_SUCH_CASE: Final = CloseCode(4404, "no such case", "the case does not exist here", may_retry=False)
REMOVED: Final = CloseCode(4405, "removed", "a facilitator took you out of this case", may_retry=False)
NEW_EPOCH: Final = CloseCode(4410, "new epoch", "the document was replaced: drop the local copy and come back", may_retry=True)
WAITING: Final = CloseCode(4423, "waiting", "a facilitator has yet to let you in; ask again in a few seconds", may_retry=True)
TOO_FAST: Final = CloseCode(4429, "too fast", "you send too much; come back in a minute", may_retry=True)
FAULT: Final = CloseCode(4500, "fault", "the server failed; nothing acknowledged is lost", may_retry=True)
SET_ASIDE: Final = CloseCode(4503, "set aside", "this case cannot be opened safely; who runs the server can release it", may_retry=False)

CLOSE_CODES: Final = (
    TOO_BIG,
    RESTART,
    BUSY,
    BAD_FRAME,
    NOT_KNOWN,
    NOT_ALLOWED,
    NO_SUCH_CASE,
    REMOVED,
    NEW_EPOCH,
    WAITING,
    TOO_FAST,
    FAULT,
    SET_ASIDE,
)


class Refusal(ServerError):
    """A connection that is turned away: with which code, and in which words."""

    def __init__(self, code: CloseCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CallProblem(ServerError):
    """A call that cannot be done: a stable code for programs, an HTTP status, and a sentence for people."""

    def __init__(self, kind: str, status: int, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.kind = kind
        self.status = status
        self.detail = detail
        self.extra = extra


def close_reason(message: str) -> str:
    """Shorten words to what a WebSocket close frame can carry (123 bytes of UTF-8)."""
    encoded = message.encode("utf-8")
    if len(encoded) <= MAX_REASON_BYTES:
        return message
    return encoded[: MAX_REASON_BYTES - 3].decode("utf-8", "ignore") + "…"
