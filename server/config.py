"""Every setting: where it comes from, its unit, its default and why that default.

Settings come from the command line or from environment variables named `PUZZELTAFEL_…`; `docs/operations.md` lists them, and a
test holds that list against this file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from server.errors import SetupFault

PREFIX = "PUZZELTAFEL_"


def _setting(default: object, reason: str) -> object:
    return field(default=default, metadata={"reason": reason})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one server."""

    data_dir: Path = _setting(Path("data"), "the folder of the database, the signing key and the lock; beside the program")  # type: ignore[assignment]
    host: str = _setting("127.0.0.1", "this machine only, until someone decides otherwise")  # type: ignore[assignment]
    port: int = _setting(8000, "the usual port of a Python server")  # type: ignore[assignment]
    room_idle_s: float = _setting(30.0, "seconds a case without people stays in memory: longer than a reload, shorter than a break")  # type: ignore[assignment]
    token_valid_s: int = _setting(12 * 3600, "seconds a token may be used to connect: one working day")  # type: ignore[assignment]
    cookie_valid_s: int = _setting(400 * 24 * 3600, "seconds a browser stays a participant: the most that browsers keep a cookie")  # type: ignore[assignment]
    secure_cookies: bool = _setting(False, "set to 1 behind HTTPS; off so that a trial on http works")  # type: ignore[assignment]
    client_dir: Path = _setting(Path(__file__).parent.parent / "client" / "dist", "the built browser client")  # type: ignore[assignment]

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: object) -> Config:
        """Read the environment; what is given (and not None) wins. Raises SetupFault for a value of the wrong type."""
        values: dict[str, object] = {}
        for setting in fields(cls):
            raw = environment.get(PREFIX + setting.name.upper())
            if raw is not None:
                values[setting.name] = _parse(setting.name, raw, setting.default)
        return cls(**(values | {name: value for name, value in given.items() if value is not None}))  # type: ignore[arg-type]


def _parse(name: str, raw: str, default: object) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "0": False, "false": False}[raw.lower()]
        return type(default)(raw)  # type: ignore[call-arg]
    except (KeyError, ValueError):
        raise SetupFault(f"{PREFIX}{name.upper()} is {raw!r}, which is no {type(default).__name__}") from None
