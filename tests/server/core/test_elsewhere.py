"""People on other servers: newest word counts, silence is absence, and clocks only rise."""

from __future__ import annotations

from crdt.presence import GONE
from crdt.wire import AwarenessEntry
from server.core.elsewhere import SILENT_S, Elsewhere

HERE = '{"user":{"id":"ann"}}'
MOVED = '{"user":{"id":"ann"},"at":"value"}'


def entry(clock: int, state: str = HERE, client: int = 5) -> AwarenessEntry:
    return AwarenessEntry(client, clock, state)


def test_only_what_is_new_is_told() -> None:
    """Repeating, or saying late, what is known changes nothing."""
    elsewhere = Elsewhere()

    assert elsewhere.hear("a", [entry(1)], 0.0, is_whole=False) == [entry(1)]
    assert elsewhere.hear("a", [entry(1)], 1.0, is_whole=True) == []
    assert elsewhere.hear("a", [entry(3, MOVED)], 2.0, is_whole=False) == [entry(3, MOVED)]
    assert elsewhere.hear("a", [entry(2)], 3.0, is_whole=False) == []
    assert elsewhere.present() == [entry(3, MOVED)]
    assert elsewhere.speaker(5) == "ann"


def test_who_is_not_named_any_more_is_gone() -> None:
    """[P3] A server's whole list ends those it left out, and nobody of another server."""
    elsewhere = Elsewhere()
    elsewhere.hear("a", [entry(1)], 0.0, is_whole=True)
    elsewhere.hear("b", [entry(1, client=6)], 0.0, is_whole=True)

    assert elsewhere.hear("a", [], 1.0, is_whole=True) == [entry(2, GONE)]
    assert [each.client_id for each in elsewhere.present()] == [6]


def test_a_silent_server_takes_its_people_with_it() -> None:
    """Within 15 s of a server's death nobody shows its people; one that comes back shows them again, under higher clocks."""
    elsewhere = Elsewhere()
    elsewhere.hear("a", [entry(1)], 0.0, is_whole=True)

    assert elsewhere.expire(SILENT_S) == []
    assert elsewhere.expire(SILENT_S + 0.1) == [entry(2, GONE)]
    assert elsewhere.hear("a", [entry(1)], 20.0, is_whole=True) == [entry(3)]


def test_a_client_that_moves_between_servers_stays() -> None:
    """The goodbye of the server it left comes after the welcome of the one it went to."""
    elsewhere = Elsewhere()
    elsewhere.hear("a", [entry(1)], 0.0, is_whole=True)
    elsewhere.hear("b", [entry(3)], 1.0, is_whole=False)

    assert elsewhere.hear("a", [entry(2, GONE)], 1.1, is_whole=False) == []
    assert elsewhere.hear("a", [], 2.0, is_whole=True) == []
    assert elsewhere.present() == [entry(3)]


def test_a_client_that_comes_here_steps_over_what_was_told() -> None:
    """[P5] Its own word counts from now on, above the clock under which others knew it, or knew it gone."""
    elsewhere = Elsewhere()
    elsewhere.hear("a", [entry(4)], 0.0, is_whole=True)
    assert elsewhere.arrives_here(5) == 4
    elsewhere.hear("a", [entry(5, GONE)], 0.0, is_whole=False)

    assert elsewhere.arrives_here(5) == 5
    assert elsewhere.arrives_here(5) is None
