"""The commands that move sessions: the table of moves from a terminal, several at once, and who is not marked."""

from typing import Any

import pytest

from tests.cli.commands import Desk
from tests.databases import StoreFactory
from tests.factories import make_enrollment, make_person, make_scheduled, prepared
from tests.moving import VERBS, WHO, expected, make_yard
from trainer_desk.cli.arguments import make_parser
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.planning.board import load_card

ATTENDED, REGISTERED = Attendance.ATTENDED, Attendance.REGISTERED


def test_every_verb_of_the_table_is_a_command() -> None:
    assert set(VERBS) <= {*make_parser()._subparsers._group_actions[0].choices}  # type: ignore[union-attr, misc]


@pytest.mark.parametrize("role", Role)
def test_every_move_from_every_state(empty_desk: Desk, store_factory: StoreFactory, role: Role) -> None:
    """One command per verb, with a session in each state: what the table allows is done, the others are refused."""
    yard = make_yard(store_factory, role)
    for verb in VERBS:
        for is_own in [own for who, own in WHO if who is role]:
            sessions = {status: yard.session(status, is_own=is_own) for status in SessionStatus}
            refs = {yard.store.read(load_card, session).ref: status for status, session in sessions.items()}
            reason = ("--reason", "Rain") if verb == "cancel" else ()
            code, answer = empty_desk.json(verb, *refs, *reason)
            wanted = {ref: expected(verb, status, role, is_own=is_own) for ref, status in refs.items()}
            assert code == (0 if all(wanted.values()) else 1)
            may = any(wanted.values())
            for result in answer["results"]:
                target = wanted[result["ref"]]
                if target is not None:
                    assert result["session"]["status"] == target.value
                else:
                    assert result["error"]["code"] == ("wrong_state" if may else "not_allowed"), (verb, result)
            for ref, session in zip(refs, sessions.values(), strict=True):
                assert yard.store.read(load_card, session).status is (wanted[ref] or refs[ref])


def running(factory: StoreFactory, ref: str, **marks: Attendance) -> None:
    """Make a session that runs, with people who have these marks."""
    with prepared(factory()) as db:
        session = make_scheduled(db, ref=ref, status=SessionStatus.IN_PROGRESS)
        for name, mark in marks.items():
            make_enrollment(db, session, make_person(db, name, employee_no=f"{ref}-{name}"), attendance=mark)


def test_start_complete_reopen_answer_with_the_session(empty_desk: Desk, store_factory: StoreFactory) -> None:
    with prepared(store_factory()) as db:
        make_scheduled(db, ref="A")
    started = empty_desk.ok("start", "A")["session"]
    assert (started["status"], started["label"]) == ("IN_PROGRESS", "awaiting attendance")
    assert started["began_at"] is not None
    completed = empty_desk.ok("complete", "A")["session"]
    assert (completed["status"], completed["began_at"]) == ("COMPLETED", started["began_at"])
    assert completed["finished_at"] is not None
    reopened = empty_desk.ok("reopen", "A")
    assert (reopened["session"]["status"], reopened["session"]["finished_at"]) == ("IN_PROGRESS", None)
    assert [one["code"] for one in reopened["findings"]] == ["in_the_past"]


def test_who_is_not_marked_is_listed(empty_desk: Desk, store_factory: StoreFactory) -> None:
    running(store_factory, "A", Ann=REGISTERED, Bo=ATTENDED, Cy=REGISTERED)
    code, answer = empty_desk.json("complete", "A")
    assert (code, answer["error"]["code"]) == (1, "not_marked")
    assert answer["error"]["message"] == "Not marked yet: Ann, Cy. Mark each as attended or no-show."
    assert [one["subject"] for one in answer["error"]["findings"]] == ["A-Ann", "A-Cy"]
    code, _out, err = empty_desk.words("complete", "A")
    told = [f"{name} is not marked yet. Mark them as attended or no-show." for name in ("Ann", "Cy")]
    assert (code, err.splitlines()) == (1, told)
    assert empty_desk.ok("complete", "A", "--rest-no-show")["session"]["status"] == "COMPLETED"
    people = {
        one["name"]: one["attendance"] for one in empty_desk.ok("sessions", "show", "A")["sessions"][0]["enrollments"]
    }
    assert people == {"Ann": "no_show", "Bo": "attended", "Cy": "no_show"}


def test_several_at_once_each_for_itself(empty_desk: Desk, store_factory: StoreFactory) -> None:
    running(store_factory, "A", Ann=ATTENDED)
    running(store_factory, "B", Bo=REGISTERED)
    code, answer = empty_desk.json("complete", "A", "B", "Z")
    assert code == 1
    said: list[Any] = [one.get("error", {}).get("code") for one in answer["results"]]
    assert said == [None, "not_marked", "not_found"]


def test_completing_twice_is_told(empty_desk: Desk, store_factory: StoreFactory) -> None:
    running(store_factory, "A")
    empty_desk.ok("complete", "A")
    code, answer = empty_desk.json("complete", "A")
    assert (code, answer["error"]["code"]) == (1, "wrong_state")
    assert answer["error"]["message"] == ("A is completed already. You can open it again.")
