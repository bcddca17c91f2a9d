"""Accounts from the command line: added, linked, listed, disabled, and what a role is refused (section I)."""

from pathlib import Path

import pytest

from tests.cli.commands import Desk


@pytest.fixture
def me(desk: Desk) -> str:
    """Give the login that made the database: its administrator."""
    (user,) = desk.ok("users", "list")["users"]
    assert user == {"login": user["login"], "role": "administrator", "person": None, "trainer": None} | {
        "disabled_at": None
    }
    return str(user["login"])


def test_a_login_is_added_linked_and_listed(desk: Desk, me: str) -> None:
    answer = desk.ok("users", "add", "  una ", "--role", "trainer", "--person", "1", "--trainer", "UNA")
    una = {"login": "una", "role": "trainer", "person": "1", "trainer": "UNA", "disabled_at": None}
    assert answer == {"user": una}
    users = desk.ok("users", "list")["users"]
    assert sorted(user["login"] for user in users) == sorted([me, "una"])
    assert "una" in desk.words("users", "list")[1]


def test_a_known_login_gets_the_role_keeps_its_links_and_is_enabled_again(desk: Desk, me: str) -> None:
    desk.ok("users", "add", "una", "--role", "trainer", "--trainer", "UNA")
    assert desk.ok("users", "disable", "una")["user"]["disabled_at"] is not None
    assert [user["login"] for user in desk.ok("users", "list")["users"]] == [me, "una"]
    again = desk.ok("users", "add", "una", "--role", "supervisor")["user"]
    assert (again["role"], again["trainer"], again["disabled_at"]) == ("supervisor", "UNA", None)
    assert desk.ok("users", "add", "una", "--role", "supervisor", "--trainer", "")["user"]["trainer"] is None


@pytest.mark.parametrize("words", [("disable",), ("add", "--role", "supervisor")])
def test_the_last_administrator_stays(desk: Desk, me: str, words: tuple[str, ...]) -> None:
    code, answer = desk.json("users", words[0], me, *words[1:])
    assert (code, answer["error"]["code"]) == (1, "bad_value")
    assert answer["error"]["message"] == ("An administrator must remain. Make somebody else administrator first.")
    assert desk.ok("users", "list")["users"][0]["role"] == "administrator"
    desk.ok("users", "add", "una", "--role", "administrator")
    desk.ok("users", words[0], me, *words[1:])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", " ", "--role", "trainer"), "bad_value"),
        (("add", "x" * 101, "--role", "trainer"), "bad_value"),
        (("add", "una", "--role", "trainer", "--person", "99"), "not_found"),
        (("add", "una", "--role", "trainer", "--trainer", "R1"), "not_found"),
        (("disable", "nobody"), "not_found"),
    ],
)
def test_bad_input_leaves_nothing(desk: Desk, me: str, words: tuple[str, ...], code: str) -> None:
    status, answer = desk.json("users", *words)
    assert (status, answer["error"]["code"]) == (1, code)
    assert [user["login"] for user in desk.ok("users", "list")["users"]] == [me]


def test_a_role_that_does_not_exist_is_wrong_usage(desk: Desk) -> None:
    assert desk.json("users", "add", "una", "--role", "king")[0] == 2


MAY = {
    "supervisor": (("draft", "--course", "FIRE"), ("undo",)),
    "trainer": (("checkin", "A", "1"), ("undo",)),
    "requester": (("sessions", "list"),),
}
MAY_NOT = {
    "supervisor": (("users", "add", "una", "--role", "administrator"), ("import", "people", "people.csv")),
    "trainer": (("unpublish", "A"), ("enroll", "A", "1"), ("draft", "--course", "FIRE")),
    "requester": (("checkin", "A", "1"), ("draft", "--course", "FIRE")),
}


@pytest.mark.parametrize("role", MAY)
def test_a_role_does_what_the_table_says(
    scheduled: Desk, role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("employee_no,name\n77,Eve\n")
    me = scheduled.ok("users", "list")["users"][0]["login"]
    scheduled.ok("users", "add", "boss", "--role", "administrator")
    scheduled.ok("users", "add", me, "--role", role, *(("--trainer", "TOM") if role == "trainer" else ()))
    for words in MAY_NOT[role]:
        code, answer = scheduled.json(*words)
        error = answer["error"] if "error" in answer else answer["results"][0]["error"]
        assert (code, error["code"]) == (1, "not_allowed")
        assert error["message"].startswith(f"As {role} you may not do that; it is for the ")
    for words in MAY[role]:
        scheduled.ok(*words)


def test_who_lowered_their_own_role_cannot_undo_it(scheduled: Desk) -> None:
    me = scheduled.ok("users", "list")["users"][0]["login"]
    scheduled.ok("users", "add", "boss", "--role", "administrator")
    scheduled.ok("users", "add", me, "--role", "supervisor")
    code, answer = scheduled.json("undo")
    assert (code, answer["error"]["code"]) == (1, "not_allowed")


def test_a_disabled_login_is_not_signed_in(scheduled: Desk) -> None:
    me = scheduled.ok("users", "list")["users"][0]["login"]
    scheduled.ok("users", "add", "boss", "--role", "administrator")
    scheduled.ok("users", "disable", me)
    for words in (("draft", "--course", "FIRE"), ("enroll", "A", "1"), ("users", "list"), ("undo",)):
        if words == ("users", "list"):  # questions are not asked for, and somebody must be able to see why
            scheduled.ok(*words)
            continue
        code, answer = scheduled.json(*words)
        assert (code, answer["error"]["code"]) == (1, "not_signed_in")
        assert f'"{me}" may not use this database' in answer["error"]["message"]
