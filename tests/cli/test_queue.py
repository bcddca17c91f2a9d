"""The queue of a session and offered seats from the command line (K5)."""

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import PAST, Plan, moment


def refusal(desk: Desk, *words: str) -> tuple[str, str]:
    code, document = desk.json(*words)
    assert code == 1
    return document["error"]["code"], document["error"]["message"]


@pytest.fixture
def freed(empty_desk: Desk, plan: Plan) -> Desk:
    """Give session A: two seats of three are free since holds ended, and Ann, Bo, Cy and Di wait; Ann is busy."""
    plan.course("GAS", "block")
    plan.session("A", "GAS", capacity=3, waitlist="enrol")
    plan.session("B", "GAS", title="Welding")
    plan.places("B", ["1"])
    plan.places("A", ["5"])
    plan.hold("A", 2, PAST)
    plan.places("A", ["1", "2", "3", "4"], "waitlisted")
    return empty_desk


def waiting(desk: Desk) -> int:
    return int(desk.ok("sessions", "show", "A")["sessions"][0]["waiting"])


def test_a_dry_run_shows_what_would_happen_and_changes_nothing(freed: Desk) -> None:
    answer = freed.ok("waitlist", "A", "--dry-run")
    assert [(one["employee_no"], one["position"], one["code"]) for one in answer["waiting"]] == [
        ("1", 1, "attendee_busy"),
        ("2", 2, None),
        ("3", 3, None),
        ("4", 4, None),
    ]
    busy = "Ann has a place in Welding 09:00–10:00."
    assert (answer["waiting"][0]["name"], answer["waiting"][0]["message"]) == ("Ann", busy)
    assert answer["waiting"][0]["since"].startswith("2026-06-01T10:00:00+02:00")
    assert (answer["would_promote"], answer["promoted"]) == (["2", "3"], [])
    assert answer["skipped"] == [{"employee_no": "1", "code": "attendee_busy", "message": busy}]
    assert (waiting(freed), freed.ok("waitlist", "A", "--dry-run")["would_promote"]) == (4, ["2", "3"])


def test_looking_settles(freed: Desk) -> None:
    answer = freed.ok("waitlist", "A")
    assert (answer["would_promote"], answer["promoted"]) == (["2", "3"], ["2", "3"])
    assert [(one["employee_no"], one["position"]) for one in answer["waiting"]] == [("1", 1), ("4", 2)]
    assert (answer["session"]["enrolled"], answer["session"]["held"], answer["session"]["waiting"]) == (3, 0, 2)
    again = freed.ok("waitlist", "A")
    assert (again["promoted"], again["waiting"]) == ([], answer["waiting"])


def test_the_queue_in_words(freed: Desk) -> None:
    code, out, _ = freed.words("waitlist", "A", "--dry-run")
    assert (code, out.splitlines()) == (
        0,
        [
            "1  1  Ann  Ann has a place in Welding 09:00–10:00.",
            "2  2  Bo",
            "3  3  Cy",
            "4  4  Di",
            "From the waitlist: 2, 3.",
            "This was a dry run: nothing was changed.",
        ],
    )
    assert freed.words("waitlist", "B")[1] == "Nobody waits.\n"


def test_a_queue_that_does_not_move(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", draft=True, capacity=2, waitlist="enrol")
    plan.session("B", "GAS", day="2020-07-06", capacity=2, waitlist="enrol")
    for ref in ("A", "B"):
        plan.places(ref, ["1"], "waitlisted")
        answer = empty_desk.ok("waitlist", ref)
        assert (answer["promoted"], [one["employee_no"] for one in answer["waiting"]]) == ([], ["1"])
    assert refusal(empty_desk, "waitlist", "X")[0] == "not_found"


def test_an_offer_is_taken_or_passed_on(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", waitlist="offer")
    empty_desk.ok("enroll", "A", "1", "2", "3", "4")
    assert empty_desk.ok("withdraw", "A", "1")["promoted"] == ["2"]
    answer = empty_desk.ok("offer", "decline", "A", "2")
    assert (answer["enrollment"]["state"], answer["enrollment"]["withdrawn_why"]) == ("withdrawn", "declined")
    assert (answer["promoted"], answer["skipped"], answer["session"]["offered"]) == (["3"], [], 1)
    [seat] = [
        one for one in empty_desk.ok("sessions", "show", "A")["sessions"][0]["enrollments"] if one["state"] == "offered"
    ]
    assert (seat["employee_no"], seat["offer_until"] is not None, seat["promoted_at"] is not None) == ("3", True, True)
    answer = empty_desk.ok("offer", "accept", "A", "3")
    assert (answer["enrollment"]["state"], answer["enrollment"]["offer_until"]) == ("confirmed", None)
    assert (answer["session"]["enrolled"], answer["session"]["offered"], answer["promoted"]) == (1, 0, [])
    code, message = refusal(empty_desk, "offer", "accept", "A", "3")
    assert (code, message) == ("not_found", "3 has no open offer in A. Look at its people.")


def test_an_offer_in_words(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", capacity=2, waitlist="offer")
    plan.places("A", ["1", "2"], "offered", offer_until=moment("08:00"))
    plan.places("A", ["3"], "waitlisted")
    assert empty_desk.words("offer", "accept", "A", "1")[1].splitlines()[0] == "Ann: Confirmed."
    first, _line, last = empty_desk.words("offer", "decline", "A", "2")[1].splitlines()
    assert (first, last) == ("Bo: Withdrawn.", "From the waitlist: 3.")


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_where_there_is_no_offer(empty_desk: Desk, plan: Plan, verb: str) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", capacity=4, waitlist="offer")
    plan.places("A", ["1"])
    plan.places("A", ["2"], "offered", offer_until=PAST)
    plan.places("A", ["3"], "offered", offer_until=moment("08:00"))
    assert [refusal(empty_desk, "offer", verb, "A", number)[0] for number in ("1", "4", "9")] == ["not_found"] * 3
    assert refusal(empty_desk, "offer", verb, "X", "3")[0] == "not_found"
    assert refusal(empty_desk, "offer", verb, "A", "2")[1] == "2 has no open offer in A. Look at its people."
    empty_desk.ok("cancel", "A", "--reason", "illness")
    assert refusal(empty_desk, "offer", verb, "A", "3")[0] == "wrong_state"
