"""How one text became another, in words and the space between them, never in single letters.

The way with the fewest words put in and taken out (Myers, "An O(ND) difference algorithm", 1986), within bounds: no text that anyone
can write makes it take long. What differs more than that is told as one piece that went and one that came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

Mark = Literal["same", "added", "removed"]
MOST_CHANGES: Final = 120
"""Words put in and taken out, together, that are looked for. Work grows with it times the length."""
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words that stayed, came or went."""

    mark: Mark
    text: str


def word_changes(before: str, after: str, most_changes: int = MOST_CHANGES) -> Iterator[Words]:
    """Tell what became of a text word by word; beyond so many changes, what lies between the first and the last as a whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _same_length(old, new)
    end = _same_length(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    steps = [*(("same", word) for word in old[:start]), *_steps(old_middle, new_middle, most_changes)]
    steps += [("same", word) for word in old[len(old) - end :]]
    return (Words(mark, "".join(word for _, word in stretch)) for mark, stretch in groupby(_gathered(steps), key=lambda step: step[0]))


Step = tuple[Mark, str]


def _same_length(old: Sequence[str], new: Sequence[str]) -> int:
    return next((index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))


def _steps(old: Sequence[str], new: Sequence[str], most: int) -> list[Step]:
    """Return the shortest way from one list of words to another, or, when it is longer than `most`, all out and all in."""
    trail = _trail(old, new, most)
    if trail is None:
        return [*(("removed", word) for word in old), *(("added", word) for word in new)]
    return _walk_back(old, new, trail)


def _trail(old: Sequence[str], new: Sequence[str], most: int) -> list[dict[int, int]] | None:
    """Return, for 0, 1, 2… changes, how far down `old` each diagonal (place in old less place in new) was come; None when not there."""
    reached: dict[int, int] = {1: 0}
    trail: list[dict[int, int]] = []
    for changes in range(min(most, len(old) + len(new)) + 1):
        trail.append(dict(reached))
        for diagonal in range(-changes, changes + 1, 2):
            row = _furthest(reached, diagonal, changes)
            column = row - diagonal
            while row < len(old) and column < len(new) and old[row] == new[column]:
                row, column = row + 1, column + 1
            reached[diagonal] = row
            if row >= len(old) and column >= len(new):
                return trail
    return None


def _furthest(reached: dict[int, int], diagonal: int, changes: int) -> int:
    """Return how far down a diagonal one more change leads: by a word that came, or by one that went."""
    if _comes(reached, diagonal, changes):
        return reached[diagonal + 1]
    return reached[diagonal - 1] + 1


def _comes(reached: dict[int, int], diagonal: int, changes: int) -> bool:
    return diagonal == -changes or (diagonal != changes and reached[diagonal - 1] < reached[diagonal + 1])


def _walk_back(old: Sequence[str], new: Sequence[str], trail: list[dict[int, int]]) -> list[Step]:
    row, column = len(old), len(new)
    steps: list[Step] = []
    for changes in range(len(trail) - 1, -1, -1):
        reached, diagonal = trail[changes], row - column
        comes = _comes(reached, diagonal, changes)
        from_row = reached[diagonal + 1] if comes else reached[diagonal - 1]
        from_column = from_row - (diagonal + 1 if comes else diagonal - 1)
        while row > max(from_row, 0) and column > max(from_column, 0):
            row, column = row - 1, column - 1
            steps.append(("same", old[row]))
        if changes > 0:
            steps.append(("added", new[from_column]) if comes else ("removed", old[from_row]))
            row, column = from_row, from_column
    return steps[::-1]


def _gathered(steps: Sequence[Step]) -> Iterator[Step]:
    """Read easily: between two stretches that stayed, first all that went, then all that came; a lone space does not part them."""
    went: list[Step] = []
    came: list[Step] = []
    for index, (mark, word) in enumerate(steps):
        if mark == "removed":
            went.append((mark, word))
        elif mark == "added":
            came.append((mark, word))
        elif went and came and word.isspace() and index + 1 < len(steps) and steps[index + 1][0] != "same":
            went.append(("removed", word))
            came.append(("added", word))
        else:
            yield from (*went, *came, (mark, word))
            went, came = [], []
    yield from (*went, *came)
