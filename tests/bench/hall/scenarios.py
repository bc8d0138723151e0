"""The halls that are measured: how many sit there, who writes, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many rooms, each with `clients` of whom `writers` write `rate` letters a second; `presence` is signs of life a second of each.

    `bytes` of other text lie in the document from the start.
    """

    name: str
    rooms: int
    clients: int
    writers: int
    rate: float
    presence: float = 0.0
    bytes: int = 0

    @property
    def deliveries_per_second(self) -> float:
        return self.rooms * self.writers * self.rate * (self.clients - 1)


TABLE: Final = (
    Scenario("1 canvas, 200 clients, 100 writers x 10/s", 1, 200, 100, 10),
    Scenario("1 canvas, 400 clients, 300 writers x 10/s", 1, 400, 300, 10),
    Scenario("1 canvas, 500 clients, 20 writers x 2/s", 1, 500, 20, 2),
    Scenario("100 canvases x 5 clients, 2 writers x 5/s", 100, 5, 2, 5),
    Scenario("1 canvas, 50 clients, 10 writers x 5/s", 1, 50, 10, 5),
)
PRESENCE: Final = Scenario("1 canvas, 500 clients, 20 writers x 2/s, presence of all at 1/s", 1, 500, 20, 2, presence=1)
ALONE: Final = Scenario("1 canvas, 2 clients, 1 writer x 3/s", 1, 2, 1, 3)
