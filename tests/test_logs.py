"""The search for secrets in logs finds them, and nothing else; that there are none is held against every server a test ends."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from server.signing import Membership, Signer, load_key, new_id, new_secret
from tests.logs import betrayals, check

ID = secrets.token_urlsafe(16)


@pytest.mark.parametrize(
    "line",
    [
        f"connected case={ID} role=partner",
        f"link-made case={ID} link={ID} role=partner by={ID}",
        "serving data=/tmp/pytest-of-someone/pytest-1/test_with_a_very_long_name_indeed_0/data",
        "    await wrap_app_handling_exceptions(self.app, conn)(scope, receive, send)",
        "room-broken case=x fault=DocumentFault('the document could not take this: why?')",
    ],
)
def test_what_may_be_logged(line: str) -> None:
    assert betrayals(line) == []


@pytest.mark.parametrize(
    "what",
    [f"path=/ws/{ID}?token=abc", "GET /?a=1", f"Cookie: puzzeltafel-{ID}=x", "link=V1StGXR8_Z5jdHi6B-myT0aQ", "&secret"],
)
def test_what_may_not(what: str) -> None:
    with pytest.raises(AssertionError, match="must stay secret"):
        check(f"2026-01-01 INFO puzzeltafel {what}\n")


def test_what_the_server_signs_is_found(tmp_path: Path) -> None:
    """The tokens and secrets that there really are."""
    signer = Signer(load_key(tmp_path), token_valid_s=60, cookie_valid_s=60)
    member = Membership(new_id(), new_id())

    assert betrayals(signer.token(member))
    assert betrayals(signer.cookie(member))
    assert any(betrayals(signer.link_secret(new_id())) for _ in range(20))
    assert any(betrayals(new_secret()) for _ in range(20))
    assert not betrayals(new_id())
