"""What the command line does when the streams that it writes to are odd, full or closed, and words are no text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import Desk

FULL = Path("/dev/full")
RUN = f'"{sys.executable}" -m trainer_desk --database "$DESK"'


@pytest.fixture
def hebrew(scheduled: Desk, tmp_path: Path) -> Desk:
    """Give session A a person whose name few encodings have."""
    path = tmp_path / "people.csv"
    path.write_text("employee_no,name\n5,Zoë שלום\n", encoding="utf-8")
    scheduled.ok("import", "people", str(path))
    scheduled.ok("enroll", "A", "5")
    return scheduled


def shell(desk: Desk, line: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of the shell in which `$DESK` is the database."""
    environment = os.environ | {"DESK": desk.address} | variables
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, env=environment, check=False)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_names_that_an_encoding_lacks(hebrew: Desk, encoding: str) -> None:
    words = shell(hebrew, f"{RUN} sessions show A", PYTHONIOENCODING=encoding)
    assert (words.returncode, words.stderr) == (0, b"")
    assert b"????" in words.stdout
    document = shell(hebrew, f"{RUN} --json sessions show A", PYTHONIOENCODING=encoding)
    [session] = json.loads(document.stdout)["sessions"]
    assert session["enrollments"][0]["name"] == "Zoë שלום"
    roster = shell(hebrew, f"{RUN} export roster --session A --columns name", PYTHONIOENCODING=encoding)
    assert "Zoë שלום" in roster.stdout.decode("utf-8")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file that is always full")
@pytest.mark.parametrize("words", ["sessions list", "--json sessions list", "export roster --session A"])
def test_a_full_disk_is_told_in_words(scheduled: Desk, words: str) -> None:
    done = shell(scheduled, f"{RUN} {words} > {FULL}")
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n"), "No space left" in said) == (1, 1, True)


@pytest.mark.parametrize("words", ["sessions list", "--json sessions list", "export roster --session A"])
def test_a_reader_that_leaves_is_no_trouble(scheduled: Desk, words: str) -> None:
    done = shell(scheduled, f"{{ {RUN} {words}; echo $? >&2; }} | true")
    assert done.stderr in (b"0\n", b"")


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX closes streams like this")
def test_closed_streams(scheduled: Desk) -> None:
    done = shell(scheduled, f"{RUN} sessions list >&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert shell(scheduled, f"{RUN} publish NONE >&- 2>&-").returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ["sessions", "show", "\udcff"],
        ["publish", "\udcff"],
        ["enroll", "A", "\udcff"],
        ["withdraw", "A", "\udcff"],
        ["history", "person", "\udcff"],
        ["export", "roster", "--session", "\udcff", "--output", "x.csv"],
    ],
)
def test_bytes_that_are_no_text(
    scheduled: Desk, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    code, document = scheduled.json(*words)
    told = document.get("error") or document["results"][0]
    assert (code, told["code"] in ("bad_value", "not_found")) == (1, True)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="on Windows every name of a file is text")
def test_a_file_whose_name_is_no_text(scheduled: Desk, tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path) + b"/p\xff.csv")
    Path(path).write_text("employee_no,name\n5,Eve\n", encoding="utf-8")
    assert scheduled.ok("import", "people", path)["added"] == 1
    assert scheduled.ok("history", "person", "5")["changes"][0]["label"] == "p?.csv"


@pytest.mark.parametrize("name", ["~nobody-there/x.csv", "x" * 5000])
def test_names_that_no_file_can_have(scheduled: Desk, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = scheduled.json("export", "roster", "--session", "A", "--output", name)
    assert (code, document["error"]["code"]) == (1, "bad_value")
    code, document = Desk(name, capsys).json("sessions", "list")
    assert (code, document["error"]["code"]) == (1, "database_error")


@pytest.mark.parametrize("log", ["log", "file/log"])
def test_a_crash_is_one_sentence_and_the_rest_is_in_a_file(scheduled: Desk, tmp_path: Path, log: str) -> None:
    (tmp_path / "file").touch()
    broken = (
        "import sys, trainer_desk.cli.sessions as module; from trainer_desk.cli.main import main\n"
        "module.read_sessions = lambda *_words, **_facts: 1 / 0\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    words = [sys.executable, "-c", broken, "--database", scheduled.address, "--json", "sessions", "list"]
    environment = os.environ | {"TRAINER_DESK_LOG": str(tmp_path / log), "TMPDIR": str(tmp_path)}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"], done.stderr) == (1, "unexpected", "")
    [path] = [*tmp_path.glob("trainer-desk*.log"), *tmp_path.glob("log/*.log")]
    assert str(path) in error["message"]
    assert "ZeroDivisionError" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file that is always full")
def test_a_full_disk_of_the_log_is_nobodys_trouble(scheduled: Desk, tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "trainer-desk.log").symlink_to(FULL)
    done = shell(scheduled, f"{RUN} draft --course FIRE", TRAINER_DESK_LOG=str(tmp_path / "log"))
    assert (done.returncode, done.stderr) == (0, b"")
