"""What a partner may send to pass for another, each kind a recipe: notes and comments in their name, their client ids, their presence."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pycrdt

from crdt import wire
from crdt.case import CaseDocument, merge
from tests.support import Replica, put_note


@dataclass(slots=True)
class Aim:
    """Whom to pass for: `state` is the case as the forger has it, `victim` a participant with a name, who writes under `client_id`.

    `me` is the forger's own participant and client id.
    """

    state: bytes
    victim: str
    name: str
    client_id: int
    me: str
    my_client_id: int

    def copy(self, client_id: int) -> Replica:
        return Replica(self.state, client_id)


def note_in_their_name(rng: random.Random, aim: Aim) -> bytes:
    note = f"forged{rng.randrange(10**9)}"
    return wire.update_frame(aim.copy(aim.my_client_id).add_note(note, "dit schreef ik nooit", author=aim.victim))


def comment_in_their_name(rng: random.Random, aim: Aim) -> bytes:
    values = {"note": "hers0", "author": aim.victim, "text": "mee eens", "created": 1}
    comment = f"forged{rng.randrange(10**9)}"
    return wire.update_frame(_change(aim, lambda document: document.maps["comments"].update({comment: pycrdt.Map(values)})))


def author_of_theirs_changed(rng: random.Random, aim: Aim) -> bytes:
    author = rng.choice((aim.me, None, "niemand"))
    return wire.update_frame(_change(aim, lambda document: document.maps["notes"]["hers0"].update({"author": author})))


def author_of_theirs_taken_away(_: random.Random, aim: Aim) -> bytes:
    return wire.update_frame(_change(aim, lambda document: document.maps["notes"]["hers1"].pop("author")))


def theirs_replaced(rng: random.Random, aim: Aim) -> bytes:
    """Put a note of one's own, or of nobody, where theirs is."""
    author: dict[str, Any] = rng.choice(({}, {"author": aim.me}))
    values = {"place": "value", "order": "a0", **author}
    return wire.update_frame(_change(aim, lambda document: put_note(document, "hers2", "iets anders", values)))


def own_note_given_to_them(rng: random.Random, aim: Aim) -> bytes:
    mine = aim.copy(aim.my_client_id)
    note = f"mine{rng.randrange(10**9)}"
    first = mine.add_note(note, "van mij", author=aim.me)
    given = mine.change(lambda document: document.maps["notes"][note].update({"author": aim.victim}))
    return wire.update_frame(merge([first, given]))


def under_their_client_id(rng: random.Random, aim: Aim) -> bytes:
    return wire.update_frame(aim.copy(aim.client_id).add_note(f"forged{rng.randrange(10**9)}", "onder haar nummer"))


def words_under_their_client_id(rng: random.Random, aim: Aim) -> bytes:
    return wire.update_frame(aim.copy(aim.client_id).type("hers0", 0, rng.choice(("niet ", "nooit "))))


def theirs_among_own(rng: random.Random, aim: Aim) -> bytes:
    mine = aim.copy(aim.my_client_id).add_note(f"mine{rng.randrange(10**9)}", "van mij", author=aim.me)
    return wire.update_frame(merge([mine, aim.copy(aim.client_id).type("hers1", 0, "niet ")]))


def theirs_said_again(rng: random.Random, aim: Aim) -> bytes:
    """Bring what they brought once more, with other words under the same ids, beside a change of one's own."""
    again = Replica(client_id=aim.client_id)
    said = [again.add_note(f"hers{number}", "dat wil ik niet!", author=aim.victim) for number in range(3)]
    said += [again.type("hers0", 0, "nee") for _ in range(rng.randrange(40))]
    return wire.update_frame(merge([*said, aim.copy(aim.my_client_id).add_note(f"mine{rng.randrange(10**9)}", "van mij")]))


def presence_in_their_name(rng: random.Random, aim: Aim) -> bytes:
    user = {"id": aim.victim, "name": aim.name, "partner": None, "role": "facilitator"}
    state = {"user": user, "name": aim.name, "id": aim.victim, "at": "value", "typing": True}
    return wire.awareness_frame([wire.AwarenessEntry(rng.randrange(2**31), rng.randrange(2**20), json.dumps(state))])


def presence_under_their_client_id(rng: random.Random, aim: Aim) -> bytes:
    state = rng.choice(('{"at":"returns"}', "null", json.dumps({"user": {"id": aim.victim, "name": aim.name}})))
    entries = [wire.AwarenessEntry(aim.client_id, 2**20 + rng.randrange(2**20), state)]
    others = [wire.AwarenessEntry(rng.randrange(2**31), 1, state) for _ in range(rng.randrange(3))]
    return wire.awareness_frame(rng.choice((entries + others, others + entries)))


def word_of_the_server(rng: random.Random, aim: Aim) -> bytes:
    """Say who is who, as only the server does."""
    people = {aim.victim: {"name": "Iemand anders", "partner": None, "role": "viewer"}}
    body = {"people": people, "clients": {str(aim.client_id): aim.me}}
    return wire.extension_frame(rng.choice((wire.PEOPLE, wire.HELLO, wire.RULES)), body)


def _change(aim: Aim, act: Callable[[CaseDocument], object]) -> bytes:
    return aim.copy(aim.my_client_id).change(act)


FORGERIES: Final[Sequence[Callable[[random.Random, Aim], bytes]]] = (
    note_in_their_name,
    comment_in_their_name,
    author_of_theirs_changed,
    author_of_theirs_taken_away,
    theirs_replaced,
    own_note_given_to_them,
    under_their_client_id,
    words_under_their_client_id,
    theirs_among_own,
    theirs_said_again,
    presence_in_their_name,
    presence_under_their_client_id,
    word_of_the_server,
)
