"""Booking requests from the command line: filed, listed, declined, taken back and accepted (Q1, Q2, Q3)."""

from typing import Any

import pytest

from tests.cli.commands import Desk
from tests.factories import at, make_course, make_person, make_run, make_scheduled, make_trainer, make_venue, prepared
from trainer_desk.services.store.engine import Store

WISH = ("--course", "FIRE", "--trainer", "ANN", "--venue", "ROOM", "--start", "2099-07-06T09:00")


@pytest.fixture
def asked(empty_desk: Desk, store: Store) -> Desk:
    """Give an organisation whose Ann teaches FIRE in a room, with three people and a run."""
    with prepared(store) as db:
        fire = make_course(db, "FIRE", default_capacity=8, duration_minutes=90)
        make_course(db, "OLD", active=False)
        make_trainer(db, "ANN", courses=[fire])
        make_venue(db, "ROOM", capacity=20)
        for number in ("1", "2", "3"):
            make_person(db, f"Person {number}", employee_no=number)
        run = make_run(db, "JULY", course=fire)
        make_scheduled(db, course=fire, starts_at=at("2099-07-20 09:00"), ref="THERE", run_id=run)
    return empty_desk


def refusal(desk: Desk, *words: str) -> dict[str, Any]:
    code, document = desk.json(*words)
    assert code == 1, document
    error: dict[str, Any] = document["error"]
    return error


def test_a_request_becomes_one_scheduled_session_with_its_people(asked: Desk) -> None:
    filed = asked.ok("requests", "file", *WISH, "--people", "1", "2", "--reason", "New line")["request"]
    assert (filed["status"], filed["people"], filed["named"], filed["reason"]) == ("DRAFT", 2, ["1", "2"], "New line")
    done = asked.ok("requests", "accept", str(filed["id"]))
    session = done["session"]
    assert (session["status"], session["enrolled"], session["capacity"]) == ("SCHEDULED", 2, 8)
    assert session["end"][:16] == "2099-07-06T10:30"
    assert (done["request"]["status"], done["request"]["session"]) == ("ACCEPTED", session["ref"])
    assert [one["outcome"] for one in done["results"]] == ["enrolled", "enrolled"]
    again = refusal(asked, "requests", "accept", str(filed["id"]))
    assert again["code"] == "already_accepted"
    assert session["ref"] in again["message"]
    assert len(asked.ok("sessions", "list", "--from", "2099-07-06", "--to", "2099-07-06")["sessions"]) == 1


def test_a_number_of_people_is_held_and_what_is_open_is_filled_in(asked: Desk) -> None:
    filed = asked.ok("requests", "file", "--course", "FIRE", "--people", "6")["request"]
    missing = refusal(asked, "requests", "accept", str(filed["id"]))
    assert {one["code"] for one in missing["findings"]} >= {"missing_trainer", "missing_venue", "missing_start"}
    done = asked.ok("requests", "accept", str(filed["id"]), *WISH[2:])
    assert (done["session"]["held"], [hold["seats"] for hold in done["holds"]]) == (6, [6])


def test_a_conflict_changes_nothing_and_is_shown(asked: Desk) -> None:
    first = asked.ok("requests", "file", *WISH)["request"]["id"]
    second = asked.ok("requests", "file", *WISH)["request"]["id"]
    done = asked.ok("requests", "accept", str(first))
    assert [one["id"] for one in done["colliding"]] == [second]
    clash = refusal(asked, "requests", "accept", str(second))
    assert {one["code"] for one in clash["findings"]} == {"trainer_busy", "venue_busy"}
    listed = asked.ok("requests", "list")["requests"]
    assert [(one["id"], one["status"]) for one in listed] == [(second, "DRAFT"), (first, "ACCEPTED")]
    kept = asked.ok("requests", "accept", str(second), "--draft")
    assert kept["session"]["status"] == "DRAFT"


@pytest.mark.parametrize(("target", "key"), [("THERE", "session"), ("JULY", "into_run")])
def test_into_a_session_or_run_that_is_there(asked: Desk, target: str, key: str) -> None:
    filed = asked.ok("requests", "file", "--course", "FIRE", "--people", "3,")["request"]
    done = asked.ok("requests", "accept", str(filed["id"]), "--into", target)
    assert done["request"][key] == target
    assert asked.ok("sessions", "show", "THERE")["sessions"][0]["enrollments"][0]["employee_no"] == "3"


def test_seats_held_in_a_run_are_told_with_their_session(asked: Desk) -> None:
    filed = asked.ok("requests", "file", *WISH, "--people", "3")["request"]
    holds = asked.ok("requests", "accept", str(filed["id"]), "--into", "JULY")["holds"]
    assert [(hold["session"], hold["seats"]) for hold in holds] == [("THERE", 3)]


def test_open_requests_that_collide_now_are_told(asked: Desk) -> None:
    first, second = (str(asked.ok("requests", "file", *WISH)["request"]["id"]) for _ in range(2))
    assert asked.ok("requests", "accept", first, "--draft")["colliding"] == []
    asked.ok("undo")
    assert [one["id"] for one in asked.ok("requests", "accept", first)["colliding"]] == [int(second)]


def test_into_goes_without_fields(asked: Desk) -> None:
    filed = str(asked.ok("requests", "file", "--course", "FIRE")["request"]["id"])
    assert asked.json("requests", "accept", filed, "--into", "THERE", "--title", "x")[0] == 2
    assert refusal(asked, "requests", "accept", filed, "--into", "NOWHERE")["code"] == "not_found"


def test_declined_and_taken_back(asked: Desk) -> None:
    one, other = (str(asked.ok("requests", "file", "--course", "FIRE")["request"]["id"]) for _ in range(2))
    declined = asked.ok("requests", "decline", one, "--reason", "No budget")["request"]
    assert (declined["status"], declined["decision_reason"]) == ("DECLINED", "No budget")
    assert asked.ok("requests", "cancel", other)["request"]["status"] == "CANCELLED"
    for words in (("accept", one), ("decline", other, "--reason", "x"), ("cancel", one)):
        assert refusal(asked, "requests", *words)["code"] == "wrong_state"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--course", "OLD"), "bad_value"),
        (("--course", "GONE"), "not_found"),
        (("--course", "FIRE", "--people", "0"), "bad_value"),
        (("--course", "FIRE", "--people", "-4"), "bad_value"),
        (("--course", "FIRE", "--people", "99999999999999999999"), "bad_value"),
        (("--course", "FIRE", "--people", "1", "77"), "not_found"),
        (("--course", "FIRE", "--start", "1999-01-01T09:00"), "bad_value"),
        (("--course", "FIRE", "--end", "2099-07-06T09:00"), "bad_value"),
        (("--course", "FIRE", "--start", "2099-07-06T09:00", "--end", "2099-07-06T08:00"), "bad_value"),
        (("--course", "FIRE", "--start", "soon"), "bad_value"),
        (("--course", "FIRE", "--venue", "ANN"), "not_found"),
    ],
)
def test_bad_wishes_are_told_apart(asked: Desk, words: tuple[str, ...], code: str) -> None:
    given = [f"--people={words[-1]}"] if words[-1].startswith("-") else words[-2:]
    assert refusal(asked, "requests", "file", *words[:-2], *given)["code"] == code
    assert asked.ok("requests", "list")["requests"] == []


@pytest.mark.parametrize("request_id", ["0", "7", "99999999999"])
def test_unknown_requests_are_not_found(asked: Desk, request_id: str) -> None:
    assert refusal(asked, "requests", "accept", request_id)["code"] == "not_found"
    assert refusal(asked, "requests", "decline", request_id, "--reason", "x")["code"] == "not_found"


def test_words_for_people(asked: Desk) -> None:
    code, out, _err = asked.words("requests", "list")
    assert (code, out) == (0, "Nobody has asked.\n")
    asked.words("requests", "file", *WISH, "--people", "6")
    _code, out, _err = asked.words("requests", "list")
    assert "for 6 people" in out
    assert "Mon 6 Jul 2099 09:00" in out
