"""Settings: from the environment, with clear words for a wrong one, and all documented."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from server.config import PREFIX, Config
from server.errors import SetupFault
from server.telemetry import ALARMS, SECURITY
from tests.support import PROJECT


def test_environment_and_command_line() -> None:
    """What is given wins over the environment, which wins over the default."""
    environment = {"PUZZELTAFEL_PORT": "9000", "PUZZELTAFEL_SECURE_COOKIES": "1", "PUZZELTAFEL_DATA_DIR": "/tmp/x"}
    config = Config.from_environment(environment, port=None, data_dir=Path("/tmp/y"))

    assert (config.port, config.secure_cookies, config.data_dir, config.host) == (9000, True, Path("/tmp/y"), "127.0.0.1")


@pytest.mark.parametrize("setting", ["PORT", "SECURE_COOKIES", "ROOM_IDLE_S"])
def test_a_wrong_value_is_named(setting: str) -> None:
    """The message says which setting and what stood there."""
    with pytest.raises(SetupFault, match=f"PUZZELTAFEL_{setting} is 'veel'"):
        Config.from_environment({PREFIX + setting: "veel"})


def test_every_setting_is_documented() -> None:
    """`docs/operations.md` has each setting with its default, its unit and the reason, word for word as the code has it."""
    told = (PROJECT / "docs" / "operations.md").read_text("utf-8")
    kinds = get_type_hints(Config, include_extras=True)
    rows = [f"| `{PREFIX}{each.name.upper()}` | {shown(each.default)} | {kinds[each.name].__metadata__[0]} |" for each in fields(Config)]

    assert [row for row in rows if row.replace("|  |", "| |") not in told.splitlines()] == []


def test_every_documented_setting_is_there() -> None:
    """One that is told of and not read would be passed over without a word."""
    told = (PROJECT / "docs" / "operations.md").read_text("utf-8")

    assert set(re.findall(rf"{PREFIX}([A-Z_]+)", told)) <= {setting.name.upper() for setting in fields(Config)}


def test_every_number_has_a_unit() -> None:
    """A setting that is a number says of what in its first words, or is a port."""
    kinds = get_type_hints(Config, include_extras=True)
    numbers = {setting.name: kinds[setting.name].__metadata__[0] for setting in fields(Config) if type(setting.default) in (int, float)}

    units = ("seconds ", "days ", "bytes ", "cases ", "connections ", "port ")
    assert [name for name, meaning in numbers.items() if not meaning.startswith(units)] == []


def shown(default: object) -> str:
    """Write a default as one would set it; nothing for none."""
    match default:
        case bool():
            return f"`{int(default)}`"
        case float():
            return f"`{default:g}`"
        case Path() if default.is_absolute():
            return f"`{default.relative_to(PROJECT)}`"
        case "" | ():
            return ""
        case _:
            return f"`{default}`"


def test_compose_names_settings_that_are_there() -> None:
    """A setting that is misspelt would be passed over without a word."""
    named = set(re.findall(rf"{PREFIX}([A-Z_]+):", (PROJECT / "compose.yaml").read_text("utf-8")))

    assert named
    assert named <= {setting.name.upper() for setting in fields(Config)}


def test_every_security_event_is_documented() -> None:
    """Whoever reads the log finds what each of them means."""
    told = (PROJECT / "docs" / "operations.md").read_text("utf-8").partition("### Who was let in")[2]

    assert [event.value for event in SECURITY if f"`{event.value}`" not in told] == []


def test_every_alarm_is_documented() -> None:
    """The table of alarms says of each event that should never be seen what to do."""
    told = (PROJECT / "docs" / "operations.md").read_text("utf-8")

    assert [event.value for event in ALARMS if f"| `{event.value}` |" not in told] == []
