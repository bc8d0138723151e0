"""How much anyone may ask of a server: rates, given `now` (how long to wait before being heard again), and quotas of rooms and cases.

Holds and reckons. Sizes of frames are checked where the bytes are read, the quotas where a room is opened and a change is judged.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

MAX_CASE_BYTES: Final = 16 * 1_048_576
"""What the document of one case may take unless the settings say otherwise."""


@dataclass(slots=True)
class Bucket:
    """A leaky bucket: it takes `burst` at once and drains `per_second`. Times in seconds."""

    per_second: float
    burst: float
    level: float = 0.0
    filled_at: float = 0.0

    def wait(self, now: float, cost: float = 1.0) -> float:
        """Pour into the bucket and return for how many seconds the client should not be read (0 while within its rate)."""
        self.level = max(0.0, self.level - (now - self.filled_at) * self.per_second)
        self.filled_at = now
        self.level += cost
        return max(0.0, (self.level - self.burst) / self.per_second)


class Buckets:
    """A bucket per key, for the newest `most` keys: who was forgotten begins with an empty one."""

    def __init__(self, per_second: float, burst: float, most: int = 10_000) -> None:
        self._per_second = per_second
        self._burst = burst
        self._most = most
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Pour into the bucket of a key and return for how many seconds it should wait. A call that is not made is not poured back."""
        bucket = self._buckets.setdefault(key, Bucket(self._per_second, self._burst, filled_at=now))
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return bucket.wait(now)


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many rooms a server holds open, and how many bytes the document of each may take."""

    rooms: int = 1_000
    case_bytes: int = MAX_CASE_BYTES
