"""The halls that are measured: how many sit there, who writes, and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many rooms, each with `clients` of whom `writers` write `rate` letters a second; `presence` is signs of life a second of each.

    `bytes` of other text lie in the document from the start. `joiners` more come all at once, while the others write.
    """

    name: str
    rooms: int
    clients: int
    writers: int
    rate: float
    presence: float = 0.0
    bytes: int = 0
    joiners: int = 0

    @property
    def deliveries_per_second(self) -> float:
        return self.rooms * self.writers * self.rate * max(0, self.clients - 1)


TABLE: Final = (
    Scenario("1 canvas, 200 clients, 100 writers x 10/s", 1, 200, 100, 10),
    Scenario("1 canvas, 400 clients, 300 writers x 10/s", 1, 400, 300, 10),
    Scenario("1 canvas, 500 clients, 20 writers x 2/s", 1, 500, 20, 2),
    Scenario("100 canvases x 5 clients, 2 writers x 5/s", 100, 5, 2, 5),
    Scenario("1 canvas, 50 clients, 10 writers x 5/s", 1, 50, 10, 5),
)
PRESENCE: Final = Scenario("1 canvas, 500 clients, 20 writers x 2/s, presence of all at 1/s", 1, 500, 20, 2, presence=1)
ALONE: Final = Scenario("1 canvas, 2 clients, 1 writer x 3/s", 1, 2, 1, 3)

JOINING: Final = Scenario("1 canvas of 1 MB, 20 clients, 5 writers x 2/s, 300 come at once", 1, 20, 5, 2, bytes=1_000_000, joiners=300)
EMPTY: Final = Scenario("nobody", 1, 1, 1, 0)
SEATED: Final = Scenario("1 canvas, 500 clients, nobody writes", 1, 500, 1, 0)
ROOMS: Final = Scenario("200 canvases with 1 client each, nobody writes", 200, 1, 1, 0)

GROWTH: Final = (
    *(Scenario(f"{clients} clients, 10 writers x 5/s", 1, clients, 10, 5) for clients in (20, 100, 500)),
    *(Scenario(f"200 clients, {writers} writers x 5/s", 1, 200, writers, 5) for writers in (10, 50, 200)),
    *(Scenario(f"{rooms} canvases x 5 clients, 2 writers x 5/s", rooms, 5, 2, 5) for rooms in (1, 10, 100)),
    *(
        Scenario(f"100 clients, 10 writers x 5/s, {size} of text", 1, 100, 10, 5, bytes=of)
        for size, of in (("100 kB", 10**5), ("1 MB", 10**6))
    ),
)
"""Ours alone: what a delivery costs as one number grows and the others stay."""


def crowd(writers: int) -> Scenario:
    """Return a hall in which everyone writes."""
    return Scenario(f"{writers} clients who all write, 2/s", 1, writers, writers, 2)
