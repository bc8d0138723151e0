"""The command line: beside a running server and without one, with exit codes that scripts can trust."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLE
from tests.process import ServerProcess, run_command


def both_ways(data: Path) -> None:
    """Import, export and make a token on a data folder."""
    imported = run_command("import", str(EXAMPLE), "--name", "Noor", "--data", str(data))
    case = json.loads(imported.stdout)["case"]
    exported = run_command("export", case, "--format", "json", "--data", str(data))
    token = run_command("token", case, "--role", "partner", "--name", "Sam", "--partner", "Bakkerij Korst", "--data", str(data))
    after = run_command("export", case, "--data", str(data))

    assert [done.returncode for done in (imported, exported, token, after)] == [0, 0, 0, 0]
    assert json.loads(exported.stdout) == json.loads(EXAMPLE.read_text("utf-8"))
    assert len(token.stdout.decode().split()) == 1
    assert json.loads(after.stdout)["notes"]["partners"][-1] == {"text": "Bakkerij Korst", "helix": "other"}


def test_without_a_server(tmp_path: Path) -> None:
    """The commands open the folder themselves when no server runs."""
    both_ways(tmp_path / "data")


def test_beside_a_server(server: ServerProcess) -> None:
    """The commands go through the server that holds the folder."""
    both_ways(server.data_dir)
    assert (server.data_dir / "control.sock").stat().st_mode & 0o777 == 0o600


def test_a_folder_with_a_long_path(tmp_path: Path) -> None:
    """The control socket works where the path is longer than the system's limit for sockets."""
    with ServerProcess(tmp_path / ("long" * 20) / ("longer" * 20) / "data") as server:
        both_ways(server.data_dir)


def test_standard_input(tmp_path: Path) -> None:
    """A case file can be piped in."""
    done = run_command("import", "-", "--data", str(tmp_path), stdin=EXAMPLE.read_bytes())

    assert done.returncode == 0
    assert set(json.loads(done.stdout)) == {"case", "participant", "token", "links"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{}", "format: must be 'purpose-case/1'"),
        (b"not json", "this is not JSON"),
        (b"\xff\xff", "not UTF-8"),
        (b'"' + b"x" * 10_000_000 + b'"', "limit is 1,048,576"),
        (b'{"format": "purpose-case/1", "title": "x", "notes": {"fun": []}}', "notes.fun: this is not part of the format"),
    ],
)
def test_bad_files_are_told_on_standard_error(tmp_path: Path, data: bytes, words: str) -> None:
    """Exit code 1, words on standard error, nothing on standard output, nothing imported."""
    done = run_command("import", "-", "--data", str(tmp_path), stdin=data)

    assert (done.returncode, done.stdout) == (1, b"")
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_what_is_not_there(tmp_path: Path) -> None:
    """An unknown case, file, folder or role: each has its words and code."""
    data = str(tmp_path / "data")
    run_command("import", str(EXAMPLE), "--data", data)
    for arguments, code, words in (
        (("export", "nope"), 1, "does not exist"),
        (("import", "/no/such/file.json"), 1, "No such file"),
        (("token", "nope", "--role", "partner", "--name", "X"), 1, "does not exist"),
        (("token", "nope", "--role", "boss", "--name", "X"), 2, "invalid choice"),
        (("export",), 2, "required"),
    ):
        done = run_command(*arguments, "--data", data)
        assert done.returncode == code, arguments
        assert words in done.stderr.decode()
    assert "no data folder" in run_command("export", "x", "--data", str(tmp_path / "none")).stderr.decode()


def test_one_server_per_folder(server: ServerProcess) -> None:
    """A second server on the same folder says so and stops."""
    done = run_command("serve", "--port", "1", "--data", str(server.data_dir))

    assert done.returncode != 0
    assert "another server" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
