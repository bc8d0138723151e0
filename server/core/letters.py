"""Where people type now: texts in which a change was judged at length, so that the next letter there need not be.

A text is known from the first change in it that was judged and left its shape alone, until anything else happens to what it belongs to.
Who may type is asked anew whenever the answer may be another; only what cannot have changed since is not asked. Who goes on where their
last letter was types beside the same letters as then. Letters are not applied to the shadow one by one: they wait here, at most
MAX_WAITING, until something has to be judged that can depend on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crdt.characters import Characters
from crdt.effect import Effect
from crdt.gate import Gate, Sender
from crdt.keystroke import Keystroke
from crdt.layout import Layout
from crdt.nesting import Place, StructId
from crdt.rules import Rules

MAX_WAITING: Final = 256

Subject = tuple[str, str]


@dataclass(slots=True)
class _Text:
    """A text that is there, whose it is, and how many characters more it can take: none once it is no longer known.

    `typist` may type in it, by `rules`, for as long as it is known.
    """

    subject: Subject
    place: Place
    characters_left: int
    typist: Sender | None = None
    rules: Rules | None = None


@dataclass(slots=True)
class _Cursor:
    """Where a client typed last: the text, the letter to the right of that, and the clock after it.

    Made of what was taken in and of nothing else: what was refused must not tell where the next letter lies."""

    text: _Text
    right: StructId | None
    end: int

    def goes_on_at(self, client: int, clock: int, left: StructId | None, right: StructId | None) -> bool:
        """Tell whether a letter follows the last one of its client, before the same letter as that one, in a text that is still known."""
        return clock == self.end and left == (client, clock - 1) and right == self.right and self.text.characters_left > 0


class Letters:
    """The texts of one document in which people type, and the letters that wait."""

    def __init__(self, gate: Gate, layout: Layout, characters: Characters) -> None:
        self._gate = gate
        self._layout = layout
        self._characters = characters
        self._texts: dict[Place, _Text] = {}
        self._places: dict[Subject, Place] = {}
        self._cursors: dict[int, _Cursor] = {}
        self.waiting: list[bytes] = []

    def take(self, keystroke: Keystroke, update: bytes, clocks: dict[int, int], sender: Sender, rules: Rules) -> bool:
        """Take in a keystroke whose client is the sender's and goes on where it was; False when it must be judged at length."""
        client, clock, end, left, right = keystroke
        cursor = self._cursors.get(client)
        if cursor is not None and cursor.goes_on_at(client, clock, left, right):
            text: _Text | None = cursor.text
        else:
            cursor, text = None, self._text_between(left, right, clocks)
        if text is None or text.characters_left < end - clock or len(self.waiting) >= MAX_WAITING:
            return False
        if not self._may_type(text, sender, rules):
            return False
        text.characters_left -= end - clock
        if cursor is None:
            self._cursors[client] = _Cursor(text, right, end)
        else:
            cursor.end = end
        self._layout.extend(client, clock, end, text.place)
        self.waiting.append(update)
        return True

    def _text_between(self, left: StructId | None, right: StructId | None, clocks: dict[int, int]) -> _Text | None:
        """Return the text that is known between two letters that are here and are whole characters."""
        for neighbour in (left, right):
            if neighbour is not None and neighbour[1] >= clocks.get(neighbour[0], 0):
                return None
        place = self._layout.between(left, right)
        text = self._texts.get(place) if place is not None else None
        return text if text is not None and self._characters.lie_apart(left, right) else None

    def _may_type(self, text: _Text, sender: Sender, rules: Rules) -> bool:
        if text.typist is sender and text.rules is rules:
            return True
        if not self._gate.may_type(text.subject, sender, rules):
            return False
        text.typist, text.rules = sender, rules
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
            self._texts[place] = _Text(subjects[0], place, self._gate.room_for_words(subjects[0]))
            self._places[subjects[0]] = place

    def _forget(self, subject: Subject) -> None:
        place = self._places.pop(subject, None)
        text = self._texts.pop(place, None) if place is not None else None
        if text is not None:
            text.characters_left = 0

    def take_waiting(self) -> list[bytes]:
        waiting, self.waiting = self.waiting, []
        return waiting
