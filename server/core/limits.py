"""Rates, given `now`: how long a client must wait before it is heard again. Sizes are checked where the bytes are read."""

from __future__ import annotations

from dataclasses import dataclass


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
