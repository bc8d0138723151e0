"""Looking back over a real server: sessions, differences, words, lives, and bringing back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from crdt import wire
from crdt.case import CaseDocument
from tests.process import ServerProcess
from tests.server.web.test_api import problem, secret, start
from tests.support import Replica, extension_bodies

DEADLINE_S = 10


@dataclass
class Story:
    """A case in which Noor (facilitator) and Sam (partner) worked on one note, and Sam threw another away."""

    noor: httpx.Client
    sam: httpx.Client
    case: str
    noor_id: str
    sam_id: str

    def get(self, call: str, **query: Any) -> Any:
        response = self.noor.get(f"/api/cases/{self.case}/history/{call}", params=query)
        assert response.status_code == 200, response.text
        return response.json()

    def exported(self) -> list[Any]:
        notes: list[Any] = self.noor.get(f"/api/cases/{self.case}/export").json()["notes"].get("value", [])
        return [item if isinstance(item, str) else item["text"] for item in notes]


WARMTH = "notes/warmte0000000000"


def guest(server: ServerProcess, story: Story, role: str) -> httpx.Client:
    """Join the case of a story by the link of a role."""
    joined = httpx.Client(base_url=server.url)
    links = {"links": story.noor.get(f"/api/cases/{story.case}/links").json()["links"]}
    body = {"secret": secret(links, role), "person": {"name": "Gerda", "partner": None}}
    assert joined.post(f"/api/cases/{story.case}/join", json=body).status_code == 200
    return joined


def work(server: ServerProcess, who: httpx.Client, case: str, replica: Replica, changes: list[bytes]) -> None:
    """Send changes one after another, each saved before the next."""
    cookie = who.cookies[f"puzzeltafel-{case}"]
    headers = {"Cookie": f"puzzeltafel-{case}={cookie}"}
    address = f"ws://127.0.0.1:{server.port}/ws/{case}"
    with connect(address, subprotocols=[Subprotocol("puzzeltafel.1")], additional_headers=headers) as socket:
        for number, change in enumerate(changes, start=1):
            socket.send(wire.update_frame(change))
            saved = 0
            while saved < number:
                frame = socket.recv(timeout=DEADLINE_S)
                assert isinstance(frame, bytes)
                saved = max([saved, *(body["updates"] for body in extension_bodies([frame], wire.SAVED))])


@pytest.fixture
def story(shared_server: ServerProcess) -> Iterator[Story]:
    with httpx.Client(base_url=shared_server.url) as noor, httpx.Client(base_url=shared_server.url) as sam:
        started = start(noor)
        case = started["case"]
        person = {"name": "Sam", "partner": {"name": "Bakkerij Korst"}}
        joined = sam.post(f"/api/cases/{case}/join", json={"secret": secret(started, "partner"), "person": person}).json()
        hers, his = Replica(), Replica()
        made = [hers.add_note("warmte0000000000", "warme huizen"), hers.add_note("weg0000000000000", "dit gaat weg")]
        work(shared_server, noor, case, hers, made)
        for update in made:
            his.document.apply(update)

        def throw_away(document: CaseDocument) -> None:
            del document.maps["notes"]["weg0000000000000"]

        def move(document: CaseDocument) -> None:
            document.maps["notes"]["warmte0000000000"].update({"place": "audiences", "order": "a1"})

        work(shared_server, sam, case, his, [his.type("warmte0000000000", 0, "échte "), his.change(move), his.change(throw_away)])
        yield Story(noor, sam, case, started["participant"], joined["participant"])


def test_a_session_says_what_happened(story: Story) -> None:
    """Who was there, how much came, and mostly where; it can be given a name."""
    [session] = story.get("sessions")["sessions"]

    assert session["number"] == 1
    assert session["people"] == [story.noor_id, story.sam_id]
    assert (session["places"]["value"], session["contributions"]) == (3, 5)
    renamed = story.noor.patch(f"/api/cases/{story.case}/history/sessions/1", json={"name": " Eerste  avond "})
    assert renamed.json()["name"] == story.get("sessions")["sessions"][0]["name"] == "Eerste avond"
    assert problem(story.sam.patch(f"/api/cases/{story.case}/history/sessions/1", json={"name": "x"})) == (403, "not-allowed")
    assert problem(story.noor.patch(f"/api/cases/{story.case}/history/sessions/9", json={"name": "x"})) == (404, "no-such-session")


def test_differences_are_told_per_piece_with_who(story: Story) -> None:
    """From the beginning, between two moments, and since a time."""
    newest = story.get("timeline")["seq"]
    found = story.get("changes", **{"from": newest - 3})["changes"]

    assert [(change["kind"], change["key"], change["piece"]) for change in found] == [
        ("moved", "warmte0000000000", "audiences"),
        ("rewritten", "warmte0000000000", "audiences"),
        ("removed", "weg0000000000000", "value"),
    ]
    assert found[1]["words"] == [["added", "échte "], ["same", "warme huizen"]]
    assert {person for change in found for person in change["people"]} == {story.sam_id}
    everything = story.get("changes", **{"from": 0})
    assert ("added", "warmte0000000000") in {(change["kind"], change["key"]) for change in everything["changes"]}
    assert story.get("changes", since=0)["changes"] == everything["changes"]
    assert story.get("changes", since=10**14)["changes"] == []


def test_words_have_their_writers(story: Story) -> None:
    """To the character, now and at an earlier moment, deleted ones on demand."""
    newest = story.get("timeline")["seq"]
    told = story.get("words", subject="notes/warmte0000000000")
    before = story.get("words", subject="notes/warmte0000000000", at=newest - 3)
    gone = story.get("words", subject="notes/weg0000000000000", deleted=1)

    assert [(run["text"], run["by"]) for run in told["runs"]] == [("échte ", story.sam_id), ("warme huizen", story.noor_id)]
    assert [run["text"] for run in before["runs"]] == ["warme huizen"]
    assert gone["runs"][0]["deleted"]["by"] == story.sam_id
    assert told["people"][story.sam_id]["name"] == "Sam"


def test_the_life_of_a_note(story: Story) -> None:
    """Written, edited, moved: by whom."""
    life = story.get("life", subject="notes/warmte0000000000")["happenings"]

    assert [(told["kind"], told["by"]) for told in life] == [("added", story.noor_id), ("edited", story.sam_id), ("moved", story.sam_id)]
    assert (life[2]["was_at"], life[2]["place"]) == ("value", "audiences")


def test_a_deleted_note_comes_back(story: Story) -> None:
    """Whoever may write may bring a note back; it is a change of theirs, and keeps who made the note."""
    newest = story.get("timeline")["seq"]
    scope = {"kind": "note", "key": "weg0000000000000"}
    done = story.sam.post(f"/api/cases/{story.case}/history/restore", json={"seq": newest - 3, "scope": scope})
    again = story.sam.post(f"/api/cases/{story.case}/history/restore", json={"seq": newest - 3, "scope": scope})

    assert (done.json(), again.json()) == ({"seq": newest + 1}, {"seq": None})
    assert story.exported() == ["dit gaat weg"]
    assert [(told["kind"], told["by"]) for told in story.get("life", subject="notes/weg0000000000000")["happenings"]][-1] == (
        "restored",
        story.sam_id,
    )


def test_a_whole_case_is_the_facilitators_to_bring_back(story: Story) -> None:
    """A partner may not; the facilitator may, and nothing of the log is lost."""
    newest = story.get("timeline")["seq"]
    wanted = {"seq": newest - 3, "scope": {"kind": "case"}}
    refused = story.sam.post(f"/api/cases/{story.case}/history/restore", json=wanted)
    done = story.noor.post(f"/api/cases/{story.case}/history/restore", json=wanted)

    assert problem(refused) == (403, "not-allowed")
    assert done.json() == {"seq": newest + 1}
    assert sorted(story.exported()) == ["dit gaat weg", "warme huizen"]
    assert story.get("changes", **{"from": newest - 3})["changes"] == []


def test_what_one_brought_back_one_can_undo(story: Story) -> None:
    """Once, by who did it; another is told that it is not theirs, and what nobody made is refused."""
    here = f"/api/cases/{story.case}/history"
    newest = story.get("timeline")["seq"]
    done = story.sam.post(f"{here}/restore", json={"seq": newest - 1, "scope": {"kind": "note", "key": "weg0000000000000"}}).json()["seq"]
    assert "dit gaat weg" in story.exported()

    assert problem(story.noor.post(f"{here}/undo", json={"seq": done})) == (403, "not-yours")
    assert problem(story.sam.post(f"{here}/undo", json={"seq": done + 9})) == (404, "no-such-moment")
    assert problem(story.sam.post(f"{here}/undo", json={"seq": "1"})) == (422, "bad-request")
    undone = story.sam.post(f"{here}/undo", json={"seq": done})
    again = story.sam.post(f"{here}/undo", json={"seq": done})

    assert undone.json() == {"seq": done + 1}
    assert again.json() == {"seq": None}
    assert "dit gaat weg" not in story.exported()


def test_versions_are_named_points(story: Story) -> None:
    """The present, or an earlier entry; a name can be changed and taken away."""
    address = f"/api/cases/{story.case}/history/versions"
    newest = story.get("timeline")["seq"]
    now = story.noor.post(address, json={"name": "Voor de raad"}).json()["version"]
    story.noor.post(address, json={"name": "Begin", "seq": 1})

    assert (now["seq"], now["name"], now["by"]) == (newest, "Voor de raad", story.noor_id)
    assert [version["name"] for version in story.get("versions")["versions"]] == ["Begin", "Voor de raad"]
    assert story.noor.post(address, json={"name": None, "seq": 1}).json() == {"version": None}
    assert problem(story.sam.post(address, json={"name": "x"})) == (403, "not-allowed")


def test_minutes_with_and_without_names(story: Story) -> None:
    """A report per piece in the words of the case; without names it names nobody."""
    report = story.noor.get(f"/api/cases/{story.case}/history/minutes", params={"format": "markdown"})
    nameless = story.get("minutes", names=0)
    markdown = report.text

    assert report.headers["content-type"].startswith("text/markdown")
    assert "# Verslag: Proef" in markdown
    assert "- Bakkerij Korst: Sam" in markdown
    assert "- Erbij: échte warme huizen — Noor, Sam, " in markdown
    assert nameless["people"] == 2
    assert "Noor" not in str(nameless)


@pytest.mark.parametrize(
    ("call", "status", "kind"),
    [
        ("changes", 422, "bad-request"),
        ("changes?from=99999", 404, "no-such-moment"),
        ("changes?from=0&to=99999", 404, "no-such-moment"),
        ("changes?from=veel", 422, "bad-request"),
        ("words?subject=notes/nergens", 404, "no-such-text"),
        ("words?subject=notes/warmte0000000000&at=0", 404, "no-such-moment"),
        ("minutes?format=pdf", 422, "format"),
        ("minutes?format=markdown&utc_offset=9999", 422, "bad-request"),
        ("life?subject=notes/nergens", 404, "no-such-subject"),
        ("life?subject=notes/nergens&before=-1", 422, "bad-request"),
        ("life", 404, "no-such-subject"),
        ("words?subject=__proto__", 404, "no-such-text"),
        ("changes?from=0&to=18446744073709551616", 422, "bad-request"),
        ("changes?from=0&after=x", 422, "bad-request"),
        ("minutes?from=2&to=1", 422, "bad-request"),
        ("timeline?bars=1e9", 422, "bad-request"),
        ("sessions?before=%00", 422, "bad-request"),
    ],
)
def test_bad_questions_get_clear_answers(story: Story, call: str, status: int, kind: str) -> None:
    """Never a trace."""
    assert problem(story.noor.get(f"/api/cases/{story.case}/history/{call}")) == (status, kind)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seq": "1", "scope": {"kind": "case"}},
        {"seq": 1, "scope": {"kind": "boss"}},
        {"seq": 1, "scope": {"kind": "piece", "key": "fun"}},
        {"seq": 1, "scope": {"kind": "statement"}},
    ],
)
def test_bad_scopes_change_nothing(story: Story, body: dict[str, Any]) -> None:
    """Words and no change."""
    response = story.noor.post(f"/api/cases/{story.case}/history/restore", json=body)

    assert response.status_code == 422
    assert story.exported() == []


def test_a_long_list_comes_in_pages(story: Story) -> None:
    """Every page goes on where the one before ended, and together they are the whole; no page is larger than asked."""
    whole = story.get("changes", **{"from": 0})["changes"]
    paged: list[Any] = []
    after: int | None = 0
    while after is not None:
        page = story.get("changes", **{"from": 0, "after": after, "limit": 1})
        assert len(page["changes"]) == 1
        paged += page["changes"]
        after = page["next"]

    assert paged == whole


def test_a_long_life_comes_in_pages(story: Story) -> None:
    """The newest first, each page in order; what one entry did is not parted."""
    whole = story.get("life", subject=WARMTH)["happenings"]
    paged: list[Any] = []
    before: dict[str, int] = {}
    while True:
        page = story.get("life", subject=WARMTH, limit=1, **before)
        paged = page["happenings"] + paged
        if page["next"] is None:
            break
        before = {"before": page["next"]}

    assert paged == whole
    assert len(whole) > 1


@pytest.mark.parametrize("role", ["viewer", "critical-friend"])
def test_who_only_reads_looks_back_and_brings_nothing_back(story: Story, shared_server: ServerProcess, role: str) -> None:
    """Every question has an answer, of the kind others get; naming and bringing back are refused in words."""
    with closing(guest(shared_server, story, role)) as reader:
        here = f"/api/cases/{story.case}/history"
        questions = ("sessions", "versions", "timeline", "changes?from=0", f"words?subject={WARMTH}", f"life?subject={WARMTH}", "minutes")
        asked = [reader.get(f"{here}/{question}") for question in questions]
        newest = asked[2].json()["seq"]
        refused = [
            reader.post(f"{here}/restore", json={"seq": newest - 1, "scope": {"kind": kind, "key": key}})
            for kind, key in (("note", "weg0000000000000"), ("piece", "value"), ("case", ""))
        ]
        named = [reader.patch(f"{here}/sessions/1", json={"name": "x"}), reader.post(f"{here}/versions", json={"name": "x"})]

        assert [answer.status_code for answer in asked] == [200] * len(questions)
        assert [answer.status_code for answer in (*refused, *named)] == [403] * 5
        assert reader.get(f"{here}/timeline").json()["seq"] == newest


def test_strangers_may_not_look(story: Story, shared_server: ServerProcess) -> None:
    """Looking back is for who is in the case."""
    with httpx.Client(base_url=shared_server.url) as stranger:
        assert problem(stranger.get(f"/api/cases/{story.case}/history/sessions")) == (401, "not-a-member")
