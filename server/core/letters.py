"""Where people type now: texts in which a change was judged at length, so that the next letter there need not be.

A text is known from the first change in it that was judged and left its shape alone, until anything else happens to what it belongs to.
Who may type is asked anew for every letter; only what cannot have changed since is not. Letters are not applied to the shadow one by one:
they wait here, at most MAX_WAITING, until something has to be judged that can depend on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crdt.characters import Characters
from crdt.effect import Effect
from crdt.gate import Gate, Sender
from crdt.keystroke import Keystroke
from crdt.layout import Layout
from crdt.nesting import Place
from crdt.rules import Rules

MAX_WAITING: Final = 256

Subject = tuple[str, str]


@dataclass(slots=True)
class _Text:
    """A text that is there, whose it is, and how many characters more it can take."""

    subject: Subject
    room: int


class Letters:
    """The texts of one document in which people type, and the letters that wait."""

    def __init__(self, gate: Gate, layout: Layout, characters: Characters) -> None:
        self._gate = gate
        self._layout = layout
        self._characters = characters
        self._texts: dict[Place, _Text] = {}
        self._places: dict[Subject, Place] = {}
        self.waiting: list[bytes] = []

    def take(self, keystroke: Keystroke, update: bytes, clocks: dict[int, int], sender: Sender, rules: Rules) -> bool:
        """Take in a keystroke whose client is the sender's and goes on where it was; False when it must be judged at length."""
        client, clock, end, left, right = keystroke
        for neighbour in (left, right):
            if neighbour is not None and neighbour[1] >= clocks.get(neighbour[0], 0):
                return False
        place = self._layout.between(left, right)
        text = self._texts.get(place) if place is not None else None
        if place is None or text is None or text.room < end - clock or len(self.waiting) >= MAX_WAITING:
            return False
        if not self._characters.lie_apart(left, right) or not self._gate.may_type(text.subject, sender, rules):
            return False
        text.room -= end - clock
        self._layout.extend(client, clock, end, place)
        self.waiting.append(update)
        return True

    def learn(self, effect: Effect, news: dict[int, int]) -> None:
        """Hold what was judged at length against what is known: forget what it touched, and know the text that only got other words."""
        for root, keys in effect.touched.items():
            for key in keys:
                self._forget((root, key))
        subjects = [(root, key) for root, keys in effect.touched.items() for key in keys]
        if len(subjects) != 1 or len(news) != 1 or effect.reshaped:
            return
        place = self._layout.newest(*next(iter(news.items())))
        if place is not None:
            self._texts[place] = _Text(subjects[0], self._gate.room_for_words(subjects[0]))
            self._places[subjects[0]] = place

    def _forget(self, subject: Subject) -> None:
        place = self._places.pop(subject, None)
        if place is not None:
            self._texts.pop(place, None)

    def take_waiting(self) -> list[bytes]:
        waiting, self.waiting = self.waiting, []
        return waiting
