"""Databases: made, looked at, checked, and every kind that cannot be opened."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.commands import Desk
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.engines import make_writer


def test_init_status_check_upgrade(empty_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(empty_url, capsys)
    assert desk.ok("db", "init", "--zone", "Europe/Berlin")["database"]["zone"] == "Europe/Berlin"
    status = desk.ok("db", "status")["database"]
    assert (status["schema"], status["zone"], status["counts"]["sessions"]) == ("current", "Europe/Berlin", 0)
    assert desk.ok("db", "check") == {"ok": True, "findings": []}
    upgraded = desk.ok("db", "upgrade")["database"]
    assert (upgraded["before"], upgraded["backup"]) == (upgraded["revision"], None)
    code, again = desk.json("db", "init")
    assert (code, again["error"]["code"]) == (1, "database_error")


def test_unknown_zone_makes_nothing(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = Desk(sqlite_url, capsys).json("db", "init", "--zone", "Mars/Base")
    assert (code, document["error"]["code"]) == (1, "bad_value")
    assert "Mars/Base" in document["error"]["message"]
    assert not Path(sqlite_url).exists()


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()


@pytest.mark.parametrize("command", [("db", "status"), ("db", "check"), ("db", "upgrade"), ("sessions", "list")])
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda path: None, id="missing"),
        pytest.param(lambda path: path.mkdir(), id="folder"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_text("Dear all,\n" * 500, encoding="utf-8"), id="text"),
        pytest.param(other_program, id="another program's"),
        pytest.param(newer, id="newer"),
    ],
)
def test_files_that_are_no_database_of_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: object, command: tuple[str, ...]
) -> None:
    path = tmp_path / "a?b%20c.desk"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    code, document = Desk(str(path), capsys).json(*command)
    if command == ("db", "status") and "error" not in document:
        assert (code, document["database"]["schema"]) == (1, "newer")
    else:
        assert (code, document["error"]["code"]) == (1, "database_error")
        assert document["error"]["message"].endswith(".")
        assert "Traceback" not in document["error"]["message"]
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("address", ["mysql://host/name", "postgresql://host:port/x"])
def test_addresses_that_are_none(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = Desk(address, capsys).json("db", "status")
    assert (code, document["error"]["code"]) == (1, "bad_value")


def test_no_server_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, document = Desk("postgresql://user:secret@127.0.0.1:1/x", capsys).json("sessions", "list")
    assert (code, document["error"]["code"]) == (1, "database_error")
    assert "secret" not in document["error"]["message"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("DELETE FROM claims", "claims_differ"),
        ("UPDATE sessions SET seats_taken = 2", "seats_miscounted"),
        ("UPDATE people SET search = 'x', version = version + 1", "keys_stale"),
        ("UPDATE resources SET sort_name = 'x', version = version + 1", "keys_stale"),
        ("UPDATE compliance_items SET sort_name = 'x'", "keys_stale"),
        ("UPDATE sessions SET ends_at = starts_at, status = 'DRAFT', version = version + 1", "claims_differ"),
    ],
)
def test_check_finds_what_is_wrong(scheduled: Desk, wrong: str, code: str) -> None:
    assert scheduled.ok("db", "check")["ok"]
    engine = make_writer(read_address(scheduled.address))
    with engine.begin() as connection:
        connection.execute(sa.text(wrong))
    engine.dispose()
    exit_code, document = scheduled.json("db", "check")
    assert (exit_code, document["ok"]) == (1, False)
    assert {finding["code"] for finding in document["findings"]} == {code}
    assert all(finding["message"].endswith(".") for finding in document["findings"])


def test_check_repairs_what_follows_from_other_rows(scheduled: Desk) -> None:
    engine = make_writer(read_address(scheduled.address))
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM claims"))
        connection.execute(sa.text("UPDATE sessions SET seats_taken = 2"))
    engine.dispose()
    document = scheduled.ok("db", "check", "--repair")
    assert (document["ok"], document["findings"]) == (True, [])
    assert {one["code"] for one in document["repaired"]} == {"claims_differ", "seats_miscounted"}
    assert all(one["message"].endswith(".") for one in document["repaired"])
    assert scheduled.ok("db", "check")["ok"]
    assert [change["label"] for change in scheduled.ok("history", "setting", "repaired")["changes"]] == [
        "Repair: seats counted again",
        "Repair: what sessions claim",
    ]
    code, said, _ = scheduled.words("db", "check", "--repair")
    assert (code, said) == (0, "The database is sound.\n")
