"""Signatures: ours are read, others are not, and nothing about a person is in them."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from server.errors import SetupFault
from server.signing import Membership, Signer, hash_secret, load_key, new_id

ANN = Membership("case1", "ann")
YEAR_S = 365 * 24 * 3600


def signer(key: bytes = b"k" * 32, valid_s: int = 60) -> Signer:
    return Signer(key, token_valid_s=valid_s, cookie_valid_s=valid_s)


def test_tokens_and_cookies_are_not_interchangeable() -> None:
    """[C1] Each is read as what it is, by the key that made it."""
    ours = signer()

    assert ours.read_token(ours.token(ANN)) == ours.read_cookie(ours.cookie(ANN)) == ANN
    assert ours.read_token(ours.cookie(ANN)) is None
    assert signer(b"x" * 32).read_token(ours.token(ANN)) is None
    assert ours.read_token("rubbish") is None


def test_expired_tokens_are_told_apart() -> None:
    """[C1] A token that is too old can be named as such."""
    late = signer(valid_s=-1)

    assert late.read_token(late.token(ANN)) is None
    assert "expired" in late.why_not(late.token(ANN))
    assert late.why_not("rubbish") == "this token is not valid"


def test_a_clock_that_was_set_back_puts_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """[C1] A cookie from later than now is ours all the same; a token is not, and the words say why."""
    ours = signer()
    ahead = time.time() + YEAR_S
    with monkeypatch.context() as later:
        later.setattr(time, "time", lambda: ahead)
        token, cookie = ours.token(ANN), ours.cookie(ANN)

    assert ours.read_cookie(cookie) == ANN
    assert ours.read_token(token) is None
    assert "clock was set back" in ours.why_not(token)


def test_link_secrets_are_stable_and_only_their_hash_is_stored() -> None:
    """The same link has the same secret; the hash does not give it away."""
    secret = signer().link_secret("link1")

    assert secret == signer().link_secret("link1") != signer().link_secret("link2")
    assert secret not in hash_secret(secret)
    assert len(secret) == 24


def test_ids_have_128_bits_and_are_no_options() -> None:
    """An id can be typed on a command line."""
    ids = [new_id() for _ in range(500)]

    assert len(set(ids)) == 500
    assert all(len(drawn) == 22 and not drawn.startswith("-") for drawn in ids)


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    """The key survives a restart and only its owner can read it."""
    key = load_key(tmp_path)

    assert load_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(SetupFault, match="restore it from a backup"):
        load_key(tmp_path)
