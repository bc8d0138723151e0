"""What only this server can make: cookies, tokens and the secrets of links. One key, in the data folder, readable by its owner alone.

A link's secret is derived from the key and the link's id, so that a facilitator can be shown it again while the database holds only
its hash. Cookies and tokens are signed, not encrypted: they carry a case id and a participant id and nothing about a person.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final, NamedTuple

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from server.errors import SetupFault

KEY_FILE: Final = "secret.key"
SHARED_KEY: Final = "signing"
"""The name under which servers that share a database keep their one key."""

_KEY_BYTES: Final = 32
_SECRET_BYTES: Final = 18


class Membership(NamedTuple):
    """Which participant of which case someone is."""

    case: str
    participant: str


def new_id() -> str:
    """Return a random, URL-safe id of 128 bits that no command line takes for an option."""
    while (drawn := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return drawn


def new_client_id() -> int:
    """Return a random Yjs client id for a change the server makes itself."""
    return secrets.randbits(32)


def new_secret() -> str:
    """Return a random, URL-safe secret of 144 bits."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def hash_secret(secret: str) -> str:
    """Return what is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Signer:
    """Signs and reads cookies and tokens, and derives link secrets."""

    def __init__(self, key: bytes, *, token_valid_s: int, cookie_valid_s: int) -> None:
        self._key = key
        self._tokens = URLSafeTimedSerializer(key, salt="puzzeltafel.token")
        self._cookies = URLSafeTimedSerializer(key, salt="puzzeltafel.cookie")
        self._token_valid_s = token_valid_s
        self._cookie_valid_s = cookie_valid_s

    def token(self, membership: Membership) -> str:
        return str(self._tokens.dumps(list(membership)))

    def cookie(self, membership: Membership) -> str:
        return str(self._cookies.dumps(list(membership)))

    def read_token(self, token: str) -> Membership | None:
        """Return who a token stands for, or None when it is not ours, has expired, or is from a time that has yet to come."""
        return _read(self._tokens, token, self._token_valid_s)

    def why_not(self, token: str) -> str:
        """Say in words why a token that cannot be read is refused."""
        try:
            self._tokens.loads(token, max_age=self._token_valid_s)
        except SignatureExpired as expired:
            made = expired.date_signed
            if made is not None and made.timestamp() > time.time():
                return "this token is from later than now, so the server's clock was set back; ask for a new one"
            return "this token has expired; ask for a new one"
        except BadData:
            pass
        return "this token is not valid"

    def read_cookie(self, cookie: str) -> Membership | None:
        """Return who a cookie stands for, or None when it is not ours or has expired.

        One from a time that has yet to come is ours all the same: the clock was set back, and nobody should have to join again for that.
        """
        return _read(self._cookies, cookie, self._cookie_valid_s, from_later=True)

    def link_secret(self, link_id: str) -> str:
        """Return the secret of a link: 144 bits, the same every time."""
        digest = hmac.digest(self._key, b"link:" + link_id.encode(), "sha256")
        return urlsafe_b64encode(digest[:_SECRET_BYTES]).decode()


def _read(serializer: URLSafeTimedSerializer, signed: str, valid_s: int, *, from_later: bool = False) -> Membership | None:
    try:
        value, made = serializer.loads(signed, return_timestamp=True)
    except BadData:
        return None
    age_s = time.time() - made.timestamp()
    if age_s > valid_s or (age_s < -1.0 and not from_later):  # stamps are whole seconds
        return None
    match value:
        case [str(case), str(participant)]:
            return Membership(case, participant)
        case _:
            return None


def load_key(data_dir: Path) -> bytes:
    """Return the key of a data folder, making it the first time. Raises SetupFault when it is damaged."""
    path = data_dir / KEY_FILE
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = secrets.token_bytes(_KEY_BYTES)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
    if len(key) != _KEY_BYTES:
        raise SetupFault(f"{path} has {len(key)} bytes, a key has {_KEY_BYTES}; restore it from a backup")
    return key
