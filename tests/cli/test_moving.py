"""Replacing people and moving them to another date from the command line (K15)."""

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import Plan


@pytest.fixture
def full(empty_desk: Desk, plan: Plan) -> Desk:
    """Give session A, full with Ann, where Bo waits, and B on the next day with a free seat; overlaps are refused."""
    plan.course("GAS", "block")
    plan.session("A", "GAS", waitlist="enrol")
    plan.session("B", "GAS", day="2099-07-07", capacity=2)
    plan.places("A", ["1"])
    plan.places("A", ["2"], "waitlisted")
    return empty_desk


def people(desk: Desk, ref: str) -> dict[str, str]:
    [session] = desk.ok("sessions", "show", ref)["sessions"]
    return {one["employee_no"]: one["state"] for one in session["enrollments"]}


def refusal(desk: Desk, *words: str) -> tuple[str, str]:
    code, document = desk.json(*words)
    assert code == 1
    return document["error"]["code"], document["error"]["message"]


def test_a_seat_goes_to_another_person_past_the_queue(full: Desk) -> None:
    answer = full.ok("replace", "A", "1", "3")
    assert (answer["session"]["enrolled"], answer["findings"]) == (1, [])
    assert (answer["promoted"], answer["skipped"], answer["also"]) == ([], [], {})
    assert people(full, "A") == {"1": "withdrawn", "2": "waitlisted", "3": "confirmed"}


def test_who_takes_over_is_judged_like_everybody(full: Desk, plan: Plan) -> None:
    plan.course("FIRE", "warn")
    plan.session("F", "FIRE", title="Fire")
    plan.session("W", "FIRE", "09:30", capacity=2, title="Welding")
    plan.places("F", ["4"])
    plan.places("W", ["5"])
    assert refusal(full, "replace", "A", "1", "4") == ("attendee_busy", "Di has a place in Fire 09:00–10:00.")
    assert people(full, "A") == {"1": "confirmed", "2": "waitlisted"}
    answer = full.ok("replace", "W", "5", "4")
    [finding] = answer["findings"]
    assert (finding["code"], finding["severity"], finding["clashes_with"]) == ("attendee_busy", "orange", ["F"])
    assert (finding["message"], finding["id"]) == ("Di has a place in Fire 09:00–10:00.", "W:attendee_busy:4")
    plan.session("V", "FIRE", "09:30", title="Painting")
    assert "Di has a place in Fire 09:00–10:00." in full.words("move", "4", "W", "V")[1]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("X", "1", "3"), "not_found", 'There is no session "X".'),
        (("A", "9", "3"), "not_found", 'There is no person "9".'),
        (("A", "1", "9"), "not_found", 'There is no person "9".'),
        (("A", "3", "4"), "not_found", "3 has no seat in A."),
        (("A", "2", "4"), "not_found", "2 has no seat in A."),
        (("A", "1", "1"), "bad_value", "1 cannot be replaced by themselves."),
    ],
)
def test_who_cannot_be_replaced(full: Desk, words: tuple[str, ...], code: str, message: str) -> None:
    found, said = refusal(full, "replace", *words)
    assert (found, said[: len(message)]) == (code, message)


def test_two_who_have_seats_are_not_swapped(full: Desk) -> None:
    full.ok("enroll", "B", "3", "4")
    assert refusal(full, "replace", "B", "3", "4") == ("already_enrolled", "Di is already enrolled in this session.")


def test_moving_leaves_the_seat_to_who_comes_next(full: Desk) -> None:
    answer = full.ok("move", "1", "A", "B")
    assert (answer["session"]["ref"], answer["session"]["enrolled"]) == ("B", 1)
    assert (answer["from"]["ref"], answer["from"]["enrolled"], answer["from"]["waiting"]) == ("A", 1, 0)
    assert (answer["findings"], answer["promoted"], answer["skipped"], answer["also"]) == ([], ["2"], [], {})
    assert (people(full, "A"), people(full, "B")) == ({"1": "withdrawn", "2": "confirmed"}, {"1": "confirmed"})
    source, target = full.words("move", "1", "B", "A")[0], full.words("move", "2", "A", "B")[1]
    assert (source, target.splitlines()[1][:1]) == (1, "B")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("1", "A", "X"), "not_found", 'There is no session "X".'),
        (("1", "X", "B"), "not_found", 'There is no session "X".'),
        (("9", "A", "B"), "not_found", 'There is no person "9".'),
        (("3", "A", "B"), "not_found", "3 has no seat in A."),
        (("1", "A", "A"), "bad_value", "That is the session that they are in."),
        (("1", "A", "F"), "session_full", "Session Full (1/1)."),
    ],
)
def test_who_cannot_be_moved(full: Desk, plan: Plan, words: tuple[str, ...], code: str, message: str) -> None:
    plan.session("F", "GAS", day="2099-07-08")
    plan.places("F", ["5"])
    found, said = refusal(full, "move", *words)
    assert (found, said[: len(message)]) == (code, message)
    assert people(full, "A") == {"1": "confirmed", "2": "waitlisted"}


def test_moving_and_replacing_in_the_wrong_state(full: Desk) -> None:
    full.ok("cancel", "B", "--reason", "illness")
    assert refusal(full, "move", "1", "A", "B")[0] == "wrong_state"
    full.ok("cancel", "A", "--reason", "illness")
    assert refusal(full, "replace", "A", "1", "3")[0] == "wrong_state"
    assert "to be filled with other people" in refusal(full, "replace", "A", "1", "3")[1]
