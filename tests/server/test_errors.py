"""Close codes: the table in the protocol is the table in the code."""

from __future__ import annotations

import re

from server.errors import CLOSE_CODES, MAX_REASON_BYTES, close_reason
from tests.support import PROJECT


def test_the_protocol_lists_every_close_code() -> None:
    """[X] Number, name, meaning and whether to retry are the same in `docs/protocol.md`."""
    rows = re.findall(r"^\| (\d{4}) \| ([^|]+) \| ([^|]+) \| (yes|no) \|$", (PROJECT / "docs" / "protocol.md").read_text("utf-8"), re.M)

    assert rows == [(str(code.number), code.name, code.meaning, "yes" if code.may_retry else "no") for code in CLOSE_CODES]


def test_reasons_fit_into_a_close_frame() -> None:
    """A reason is cut between characters, never within one."""
    assert close_reason("kort") == "kort"
    assert len(close_reason("ë" * 200).encode()) <= MAX_REASON_BYTES
    assert close_reason("ë" * 200).endswith("ë…")
