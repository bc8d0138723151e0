"""The command line: beside a running server and without one, with exit codes that scripts can trust."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
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


def test_backup_and_restore(server: ServerProcess, tmp_path: Path) -> None:
    """A backup made while a server runs opens elsewhere with cases, links and memberships; it never overwrites one."""
    case = server.import_case(EXAMPLE)["case"]
    target = tmp_path / "monday.tar"
    made = server.run("backup", str(target))
    again = server.run("backup", str(target))
    elsewhere = tmp_path / "elsewhere"
    restored = run_command("restore", str(target), "--data", str(elsewhere))

    assert (made.returncode, again.returncode, restored.returncode) == (0, 1, 0)
    assert "there already" in again.stderr.decode()
    assert target.stat().st_mode & 0o777 == 0o600
    assert json.loads(made.stdout)["cases"] == json.loads(restored.stdout)["cases"] == 1
    assert json.loads(run_command("export", case, "--data", str(elsewhere)).stdout) == json.loads(EXAMPLE.read_text("utf-8"))
    assert (elsewhere / "secret.key").read_bytes() == (server.data_dir / "secret.key").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".backup")] == []


def test_restoring_replaces_nothing_unasked(server: ServerProcess, tmp_path: Path) -> None:
    """Beside a running server, over a database, or from a damaged file: words, and nothing is touched."""
    server.import_case(EXAMPLE)
    target, damaged = tmp_path / "backup.tar", tmp_path / "damaged.tar"
    assert server.run("backup", str(target)).returncode == 0
    damaged.write_bytes(target.read_bytes().replace(b"Oosterduin", b"Westerduin"))
    beside = server.run("restore", str(target), "--replace")
    server.stop()
    over, broken, no_backup = server.run("restore", str(target)), server.run("restore", str(damaged)), server.run("restore", str(EXAMPLE))
    replaced = server.run("restore", str(target), "--replace")

    assert [done.returncode for done in (beside, over, broken, no_backup, replaced)] == [1, 1, 1, 1, 0]
    for done, words in ((beside, "another server"), (over, "--replace"), (broken, "is damaged"), (no_backup, "no backup made by")):
        assert words in done.stderr.decode()
    aside = Path(json.loads(replaced.stdout)["moved_aside"])
    assert {path.name for path in aside.iterdir()} >= {"puzzeltafel.db", "secret.key"}


def test_check_and_compact(server: ServerProcess) -> None:
    """Both go through the running server; a check that finds something wrong ends with 1."""
    server.import_case(EXAMPLE)
    checked, compacted = server.run("check"), server.run("compact", "--older-than-days", "0")

    assert json.loads(checked.stdout) == {"documents": 1, "rows": 1, "keyframes": 0, "problems": []}
    assert (compacted.returncode, json.loads(compacted.stdout)["refused"]) == (0, 0)
    server.stop()
    with closing(sqlite3.connect(server.data_dir / "puzzeltafel.db")) as database, database:
        database.execute("DELETE FROM log")
    broken = server.run("check")
    assert broken.returncode == 1
    assert "not whole" in broken.stderr.decode()


def test_importing_over_a_case(server: ServerProcess) -> None:
    """The case holds what the file holds; partners that both name keep their people, and what was there can still be looked at."""
    case = server.import_case(EXAMPLE)["case"]
    server.token(case, "partner", "Sam", "Bakkerij Korst")
    other = json.loads((EXAMPLE.parent / "zorg-dichtbij.json").read_text("utf-8"))
    done = run_command("import", str(EXAMPLE.parent / "zorg-dichtbij.json"), "--over", case, "--data", str(server.data_dir))

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(server.run("export", case).stdout) == other
    assert json.loads(server.run("check", case).stdout)["problems"] == []


def test_a_restore_done_again_meets_no_old_log(server: ServerProcess, tmp_path: Path) -> None:
    """Interrupted between moving the database and its write-ahead log, done again: the old log goes aside too."""
    case = server.import_case(EXAMPLE)["case"]
    target = tmp_path / "backup.tar"
    assert server.run("backup", str(target)).returncode == 0
    server.import_case(EXAMPLE)
    server.kill()
    assert (server.data_dir / "puzzeltafel.db-wal").stat().st_size > 0
    (server.data_dir / "puzzeltafel.db").unlink()
    unasked, done = server.run("restore", str(target)), server.run("restore", str(target), "--replace")

    assert (unasked.returncode, done.returncode) == (1, 0)
    assert not (server.data_dir / "puzzeltafel.db-wal").exists()
    assert json.loads(server.run("check").stdout)["documents"] == 1
    assert json.loads(server.run("export", case).stdout) == json.loads(EXAMPLE.read_text("utf-8"))


def test_words_that_make_no_sense_are_answered(server: ServerProcess) -> None:
    """Beside a running server too, a bad number is words and not a closed socket."""
    done = server.run("compact", "--older-than-days", "nan")

    assert done.returncode == 1
    assert "no number of days" in done.stderr.decode()
