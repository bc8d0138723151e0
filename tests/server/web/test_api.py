"""The HTTP API of `docs/api.md`, over a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from crdt.case import CaseDocument
from tests.conftest import EXAMPLE
from tests.process import ServerProcess

PERSON = {"name": "Noor", "partner": {"name": "Dorpsraad", "helix": "society"}}


@pytest.fixture
def http(shared_server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shared_server.url) as client:
        yield client


@pytest.fixture
def stranger(shared_server: ServerProcess) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shared_server.url) as client:
        yield client


def start(http: httpx.Client, **changes: Any) -> dict[str, Any]:
    response = http.post("/api/cases", json={"title": "Proef", "language": "nl", "person": PERSON} | changes)
    assert response.status_code == 201, response.text
    started: dict[str, Any] = response.json()
    return started


def secret(started: dict[str, Any], role: str) -> str:
    [found] = [link["secret"] for link in started["links"] if link["role"] == role]
    return str(found)


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["detail"]
    return response.status_code, body["type"]


def test_starting_makes_a_facilitator_with_links(http: httpx.Client) -> None:
    """Whoever starts a case is its facilitator, is remembered, and can hand out a link for each role."""
    started = start(http)
    me = http.get(f"/api/cases/{started['case']}/me").json()

    assert started["role"] == me["role"] == "facilitator"
    assert {link["role"] for link in started["links"]} == {"partner", "critical-friend", "viewer", "facilitator"}
    assert http.get(f"/api/cases/{started['case']}/links").json()["links"] == started["links"]
    assert http.get(f"/api/cases/{started['case']}/export").json()["notes"]["partners"] == [{"text": "Dorpsraad", "helix": "society"}]


def test_the_cookie_cannot_be_read_by_scripts(http: httpx.Client) -> None:
    """The cookie is HttpOnly and SameSite, and says nothing about the person."""
    response = http.post("/api/cases", json={"title": "Proef", "person": PERSON})

    assert "HttpOnly" in response.headers["set-cookie"]
    assert "SameSite=lax" in response.headers["set-cookie"]
    assert "Noor" not in response.headers["set-cookie"]


def test_joining_by_link(http: httpx.Client, stranger: httpx.Client) -> None:
    """The holder of a link sees what they join, joins, and a new organisation appears among the partners."""
    started = start(http)
    case = started["case"]
    invitation = stranger.post(f"/api/cases/{case}/invitation", json={"secret": secret(started, "partner")}).json()
    joined = stranger.post(
        f"/api/cases/{case}/join",
        json={"secret": secret(started, "partner"), "person": {"name": "Sam", "partner": {"name": "Bakkerij Korst"}}},
    ).json()

    assert (invitation["title"], invitation["role"], invitation["people"]) == ("Proef", "partner", 1)
    assert [partner["name"] for partner in invitation["partners"]] == ["Dorpsraad"]
    assert joined["role"] == "partner"
    partners = http.get(f"/api/cases/{case}/export").json()["notes"]["partners"]
    assert [partner["text"] for partner in partners] == ["Dorpsraad", "Bakkerij Korst"]
    assert stranger.get(f"/api/cases/{case}/me").json()["name"] == "Sam"


def test_joining_again_keeps_who_you_are(http: httpx.Client, stranger: httpx.Client) -> None:
    """A second visit by the link changes the name, not the person; a lesser link takes no right away."""
    started = start(http)
    case = started["case"]
    first = stranger.post(f"/api/cases/{case}/join", json={"secret": secret(started, "partner"), "person": {"name": "Sam"}}).json()
    again = stranger.post(f"/api/cases/{case}/join", json={"secret": secret(started, "viewer"), "person": {"name": "Samira"}}).json()

    assert again["participant"] == first["participant"]
    assert again["role"] == "partner"
    assert stranger.get(f"/api/cases/{case}/me").json()["name"] == "Samira"


def test_a_partner_is_picked_or_recognised_by_name(http: httpx.Client, stranger: httpx.Client) -> None:
    """Typing the name of an organisation that is there picks it; nothing is doubled."""
    started = start(http)
    case = started["case"]
    person = {"name": "Sam", "partner": {"name": " dorpsraad "}}
    stranger.post(f"/api/cases/{case}/join", json={"secret": secret(started, "partner"), "person": person})

    assert len(http.get(f"/api/cases/{case}/export").json()["notes"]["partners"]) == 1
    assert stranger.get(f"/api/cases/{case}/me").json()["partner"] == http.get(f"/api/cases/{case}/me").json()["partner"]


def test_a_viewer_adds_no_partner(http: httpx.Client, stranger: httpx.Client) -> None:
    """Whoever may change nothing does not change the list of partners by joining."""
    started = start(http)
    person = {"name": "Vera", "partner": {"name": "Krant"}}
    stranger.post(f"/api/cases/{started['case']}/join", json={"secret": secret(started, "viewer"), "person": person})

    assert len(http.get(f"/api/cases/{started['case']}/export").json()["notes"]["partners"]) == 1


def test_who_finds_no_seat_leaves_nothing_behind(http: httpx.Client, stranger: httpx.Client) -> None:
    """The holder of a link that is full cannot go on adding organisations to the case."""
    here = f"/api/cases/{start(http)['case']}"
    full = http.post(f"{here}/links", json={"role": "partner", "seats": 1}).json()["secret"]
    answers = []
    for name in ("Krant", "Kiosk"):
        answers.append(stranger.post(f"{here}/join", json={"secret": full, "person": {"name": "Sam", "partner": {"name": name}}}))
        stranger.cookies.clear()

    assert answers[0].status_code == 200
    assert problem(answers[1]) == (409, "link-full")
    assert [partner["text"] for partner in http.get(f"{here}/export").json()["notes"]["partners"]] == ["Dorpsraad", "Krant"]


def test_names_of_links_are_text(http: httpx.Client) -> None:
    here = f"/api/cases/{start(http)['case']}/links"

    assert problem(http.post(here, json={"role": "viewer", "name": 5})) == (422, "bad-request")
    assert http.post(here, json={"role": "viewer", "name": None}).status_code == 201


def test_a_long_number_is_no_session(http: httpx.Client) -> None:
    here = f"/api/cases/{start(http)['case']}/history/sessions"

    assert problem(http.patch(f"{here}/{'9' * 5_000}", json={"name": "x"})) == (404, "no-such-session")
    assert problem(http.patch(f"{here}/one", json={"name": "x"})) == (404, "no-such-session")


def test_strangers_see_nothing(http: httpx.Client, stranger: httpx.Client) -> None:
    """Without a link or cookie a case is closed; with another's cookie too."""
    case, other = start(http)["case"], start(stranger)["case"]

    for path in ("me", "links", "moments", "moments/1", "export"):
        assert problem(stranger.get(f"/api/cases/{case}/{path}")) == (401, "not-a-member")
    stranger.cookies.set(f"puzzeltafel-{case}", stranger.cookies[f"puzzeltafel-{other}"])
    assert problem(stranger.get(f"/api/cases/{case}/me")) == (401, "not-a-member")
    assert problem(stranger.post(f"/api/cases/{case}/invitation", json={"secret": "guess"})) == (404, "link-not-valid")
    assert problem(stranger.get("/api/cases/nope/me")) == (404, "no-such-case")


def test_only_facilitators_see_links(http: httpx.Client, stranger: httpx.Client) -> None:
    """A partner cannot hand out a facilitator's link."""
    started = start(http)
    stranger.post(f"/api/cases/{started['case']}/join", json={"secret": secret(started, "partner"), "person": {"name": "Sam"}})

    assert problem(stranger.get(f"/api/cases/{started['case']}/links")) == (403, "not-allowed")


def test_moments_can_be_listed_and_opened(http: httpx.Client) -> None:
    """The past of a case can be read by who is in it, and a moment that never was gives a clear error."""
    case = start(http)["case"]
    listed = http.get(f"/api/cases/{case}/moments").json()
    update = http.get(f"/api/cases/{case}/moments/1")

    assert [moment["seq"] for moment in listed["moments"]] == [1]
    assert listed["people"][listed["moments"][0]["people"][0]]["name"] == "Noor"
    assert CaseDocument.open([update.content]).view()["meta"]["title"] == "Proef"
    assert problem(http.get(f"/api/cases/{case}/moments/99")) == (404, "no-such-moment")
    assert problem(http.get(f"/api/cases/{case}/moments/-1")) == (404, "no-such-moment")
    assert problem(http.get(f"/api/cases/{case}/moments?limit=x")) == (422, "bad-request")


def test_import_and_export_in_the_screen(http: httpx.Client) -> None:
    """A case file goes in and comes out equal."""
    file = json.loads(EXAMPLE.read_text("utf-8"))
    started = http.post("/api/cases/import", json={"file": file, "person": {"name": "Noor"}}).json()
    exported = http.get(f"/api/cases/{started['case']}/export?format=json")

    assert exported.json() == file
    assert exported.headers["content-disposition"] == 'attachment; filename="warm-oosterduin.json"'


def test_examples_can_be_seen_and_copied(http: httpx.Client) -> None:
    """The examples are there for anyone; a copy is a case of one's own."""
    examples = http.get("/api/examples").json()["examples"]
    copied = http.post(f"/api/examples/{examples[0]['id']}/copy", json={"person": {"name": "Noor"}}).json()

    assert sorted(example["language"] for example in examples if not example["retold"]) == ["en", "en", "nl", "nl"]
    assert all(example["in_english"] for example in examples if example["retold"])
    assert http.get(f"/api/examples/{examples[0]['id']}").json() == http.get(f"/api/cases/{copied['case']}/export").json()
    assert problem(http.get("/api/examples/none")) == (404, "no-such-example")


def test_leaving_forgets_this_browser(http: httpx.Client) -> None:
    """Whoever leaves is not known any more."""
    case = start(http)["case"]
    http.post(f"/api/cases/{case}/leave", json={})

    assert problem(http.get(f"/api/cases/{case}/me")) == (401, "not-a-member")


def test_renaming_oneself(http: httpx.Client) -> None:
    """A new name is kept; an empty one is not taken."""
    case = start(http)["case"]

    assert http.patch(f"/api/cases/{case}/me", json={"name": "Noor  B."}).json()["name"] == "Noor B."
    assert problem(http.patch(f"/api/cases/{case}/me", json={"name": " "})) == (422, "name")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"title": "", "person": PERSON}, (422, "title")),
        ({"title": "x" * 300, "person": PERSON}, (422, "case-file")),
        ({"title": "x", "language": "de", "person": PERSON}, (422, "case-file")),
        ({"title": "x"}, (422, "bad-request")),
        ({"title": "x", "person": {"name": ""}}, (422, "name")),
        ({"title": "x", "person": {"name": "y" * 61}}, (422, "name")),
        ({"title": "x", "person": {"name": "a\u202eb"}}, (422, "name")),
        ({"title": "x", "person": {"name": "Noor", "partner": {"name": "X", "helix": "alien"}}}, (422, "bad-request")),
        ({"title": 5, "person": PERSON}, (422, "bad-request")),
        ([], (422, "bad-request")),
    ],
)
def test_bad_bodies_are_told_in_words(http: httpx.Client, body: Any, expected: tuple[int, str]) -> None:
    """What is wrong is said; nothing is made."""
    assert problem(http.post("/api/cases", json=body)) == expected


def test_bodies_that_are_no_json_or_too_large(http: httpx.Client) -> None:
    """Rubbish and floods are turned away in words."""
    headers = {"content-type": "application/json"}

    assert problem(http.post("/api/cases", content=b"{", headers=headers)) == (400, "not-json")
    assert problem(http.post("/api/cases", content=b"\xff", headers=headers)) == (400, "not-json")
    assert problem(http.post("/api/cases", content=b"[" * 100_000, headers=headers)) == (400, "not-json")
    assert problem(http.post("/api/cases", data={"title": "x"})) == (415, "not-json")
    assert problem(http.post("/api/cases/import", content=b'"' + b"x" * 10_000_000 + b'"', headers=headers)) == (413, "too-large")


def test_a_file_is_checked_without_being_kept(http: httpx.Client) -> None:
    """Whoever wants to add a file to a case hears what is wrong with it first."""
    good = {"format": "purpose-case/1", "title": "Proef", "notes": {"value": ["warmte", "rust"]}}

    assert http.post("/api/case-files/check", json={"file": good}).json() == {"title": "Proef", "notes": 2}
    assert problem(http.post("/api/case-files/check", json={"file": {**good, "notes": {"waarde": []}}})) == (422, "case-file")
    assert problem(http.post("/api/case-files/check", json={"file": None})) == (422, "case-file")


def test_a_bad_case_file_names_its_problems(http: httpx.Client) -> None:
    """Every problem has its place."""
    response = http.post("/api/cases/import", json={"file": {"format": "purpose-case/1", "title": 3, "notes": {"x": []}}, "person": PERSON})

    assert problem(response) == (422, "case-file")
    assert {found["where"] for found in response.json()["problems"]} == {"title", "notes.x"}


@pytest.mark.parametrize(
    "file",
    ['"\\ud800": 1', '"sector": -1, "\\udfff": {}', f'"notes": {{"resources": [{{"text": "x", "amount": {"9" * 400}}}]}}'],
)
def test_what_no_file_holds_is_told_in_words_too(http: httpx.Client, file: str) -> None:
    """Half a character, and a number larger than any."""
    body = '{"file": {"format": "purpose-case/1", "title": "x", ' + file + "}}"
    response = http.post("/api/case-files/check", content=body, headers={"content-type": "application/json"})

    assert problem(response) == (422, "case-file")


def test_pages_of_other_origins_cannot_write(http: httpx.Client) -> None:
    """A page elsewhere cannot act with a visitor's cookie."""
    response = http.post("/api/cases", json={"title": "x", "person": PERSON}, headers={"origin": "https://elsewhere.example"})

    assert problem(response) == (403, "cross-origin")


def test_every_answer_carries_the_security_headers(http: httpx.Client) -> None:
    """Pages, files and calls alike."""
    for path in ("/", "/api/examples", "/nowhere", "/healthz"):
        headers = http.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert {"default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"} <= set(policy.split("; "))
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_unknown_addresses_are_problems(http: httpx.Client) -> None:
    """There is nothing there, in words."""
    assert problem(http.get("/api/nothing")) == (404, "not-found")
    assert problem(http.get("/nothing.js")) == (404, "not-found")
    assert problem(http.get("/../../etc/passwd")) == (404, "not-found")
    assert problem(http.delete("/api/cases")) == (405, "method")


def test_a_lock_is_put_on_and_taken_off_by_itself(http: httpx.Client) -> None:
    """[R3] Facilitators who lock and unlock each their own part do not undo each other's; what is no part changes nothing."""
    here = f"/api/cases/{start(http)['case']}/rules"
    http.patch(here, json={"lock": ["value", "roadmap/3"]})
    http.patch(here, json={"lock": ["returns"], "unlock": ["value"]})

    assert problem(http.patch(here, json={"lock": ["kitchen"]})) == (422, "bad-request")
    assert problem(http.patch(here, json={"unlock": "returns"})) == (422, "bad-request")
    assert http.get(here).json() == {"editing": "everyone", "locked": ["returns", "roadmap/3"], "paused": False}
    assert http.patch(here, json={"locked": []}).json()["locked"] == []
