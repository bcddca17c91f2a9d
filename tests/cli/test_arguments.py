"""What is wrong usage, what help costs, and what stands on stdout."""

import json
import subprocess
import sys

import pytest

from trainer_desk.cli.main import main

QUICK = (
    "import sys; from trainer_desk.cli.main import main\n"
    "code = main(sys.argv[1:])\n"
    "heavy = {'sqlalchemy', 'PySide6', 'alembic', 'psycopg', 'platformdirs'} & set(sys.modules)\n"
    "sys.exit(f'imported {sorted(heavy)}' if heavy else code)\n"
)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["sessions", "list", "--help"], ["import", "--help"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", QUICK, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "trainer-desk" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["sessions"],
        ["sessions", "show"],
        ["import", "robots", "x.csv"],
        ["draft"],
        ["cancel", "A"],
        ["publish"],
        ["edit", "A", "--version", "one"],
        ["sessions", "list", "--status", "GONE"],
        ["--databas", "x", "db", "status"],
        ["load"],
        [],
    ],
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if words:
        assert main(words) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err
    assert main([*words, "--json"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert document["error"]["code"] == "usage"
    assert document["error"]["message"].endswith(".")
    assert document["error"]["findings"] == []


def test_a_database_must_be_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("TRAINER_DESK_DATABASE", raising=False)
    assert main(["--json", "sessions", "list"]) == 2
    assert "TRAINER_DESK_DATABASE" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_the_database_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sqlite_url: str
) -> None:
    monkeypatch.setenv("TRAINER_DESK_DATABASE", sqlite_url)
    assert main(["--json", "db", "init", "--zone", "Europe/Paris"]) == 0
    assert json.loads(capsys.readouterr().out)["database"]["zone"] == "Europe/Paris"
    assert main(["sessions", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sessions": []}


def test_as_a_module(sqlite_url: str) -> None:
    words = [sys.executable, "-m", "trainer_desk", "--database", sqlite_url]
    made = subprocess.run([*words, "db", "init"], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (0, "")
    refused = subprocess.run([*words, "--json", "sessions", "show", "X"], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "not_found"
    assert refused.stderr == ""
