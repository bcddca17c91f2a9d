"""Backups on the command line: made, brought back, refused, and the line that a server needs (O2)."""

from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.databases import copy_of_sqlite_template
from tests.postgres_server import Run


@pytest.fixture
def file_desk(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give the command line on an empty organisation in a file."""
    return Desk(copy_of_sqlite_template(run, tmp_path / "organisation.desk"), capsys)


def test_backup_and_restore(file_desk: Desk, tmp_path: Path) -> None:
    backup = str(tmp_path / "friday.desk")
    made = file_desk.ok("db", "backup", backup)["backup"]
    assert (made["file"], made["size"]) == (backup, Path(backup).stat().st_size)
    code, again = file_desk.json("db", "backup", backup)
    assert (code, again["error"]["code"]) == (1, "database_error")
    file_desk.ok("users", "add", "ana", "--role", "trainer")
    done = file_desk.ok("db", "restore", backup)["database"]
    assert (done["file"], done["schema"]) == (file_desk.address, "current")
    assert [one["login"] for one in file_desk.ok("users", "list")["users"]] != ["ana"]
    assert Path(done["kept"]).is_file()
    code, said, _ = file_desk.words("db", "restore", done["kept"])
    assert (code, "kept as" in said) == (0, True)
    assert "ana" in {one["login"] for one in file_desk.ok("users", "list")["users"]}


def test_what_is_no_backup_is_told(file_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.desk").write_text("Dear Ana,\n" * 900)
    for name in ("letter.desk", "nothing.desk", "organisation.desk"):
        code, document = file_desk.json("db", "restore", str(tmp_path / name))
        assert (code, document["error"]["code"]) == (1, "database_error")
        assert document["error"]["message"].endswith(".")


@pytest.mark.parametrize(("verb", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_a_server_has_tools_of_its_own(capsys: pytest.CaptureFixture[str], verb: str, tool: str) -> None:
    desk = Desk("postgresql://ana:secret@db.example/desk", capsys)
    code, said, _ = desk.words("db", verb, "to day.dump")
    assert (code, said.startswith(tool)) == (1, True)
    assert "'to day.dump'" in said
    assert "postgresql://ana@db.example/desk" in said
    assert "secret" not in said
    code, document = desk.json("db", verb, "x")
    assert (code, document["error"]["code"]) == (1, "database_error")
    assert tool in document["error"]["message"]
