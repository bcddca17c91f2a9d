"""Holding seats, filling and releasing them from the command line (K7)."""

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import PAST, Plan

UNTIL = ("--until", "2099-07-05T18:00")
LATE = ("--until", "2099-03-29T02:30")


@pytest.fixture
def gas(empty_desk: Desk, plan: Plan) -> Desk:
    """Give the command line with session A of three seats and a waitlist."""
    plan.course("GAS", "block")
    plan.session("A", "GAS", capacity=3, waitlist="enrol")
    return empty_desk


def refusal(desk: Desk, *words: str) -> tuple[str, str]:
    code, document = desk.json(*words)
    assert code == 1
    return document["error"]["code"], document["error"]["message"]


def test_held_seats_are_taken_until_they_are_released(gas: Desk) -> None:
    answer = gas.ok("hold", "A", "2", "--label", " Acme  Ltd ", *UNTIL)
    key = answer["hold"].pop("id")
    assert answer["hold"].pop("held_by")
    assert answer["hold"] == {"seats": 2, "label": "Acme Ltd", "until": "2099-07-05T18:00:00+02:00", "session": "A"}
    assert (answer["session"]["held"], answer["session"]["available"]) == (2, 1)
    assert [one["outcome"] for one in gas.ok("enroll", "A", "1", "2")["results"]] == ["enrolled", "waitlisted"]
    freed = gas.ok("release", str(key))
    assert (freed["hold"]["id"], freed["promoted"], freed["skipped"], freed["also"]) == (key, ["2"], [], {})
    assert (freed["session"]["held"], freed["session"]["enrolled"]) == (0, 2)
    assert gas.ok("release", str(key))["session"]["enrolled"] == 2


def test_a_hold_in_words(gas: Desk, plan: Plan) -> None:
    code, out, _ = gas.words("hold", "A", "1", "--label", "Acme", *UNTIL)
    first, line = out.splitlines()
    assert (code, first.split(": ")[1]) == (0, "1 seat for Acme until Sun 5 Jul 2099 18:00.")
    assert line.endswith("1/3  2 spots left")
    assert (
        "2 spots left: 0 enrolled, 1 held (Acme, until Sun 5 Jul 2099 18:00)" in gas.words("sessions", "show", "A")[1]
    )
    key = first.split(": ")[0].removeprefix("Hold ")
    plan.places("A", ["1", "2"])
    plan.places("A", ["3"], "waitlisted")
    assert "From the waitlist: 3." in gas.words("release", key)[1]


def test_no_more_is_held_than_is_free(gas: Desk) -> None:
    gas.ok("enroll", "A", "1", "2")
    code, message = refusal(gas, "hold", "A", "2", "--label", "Acme", *UNTIL)
    assert (code, message) == (
        "session_full",
        "Not enough seats are free (1 of 2). Hold fewer, or raise the capacity.",
    )
    assert gas.ok("sessions", "show", "A")["sessions"][0]["held"] == 0


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("A", "0", "--label", "x", *UNTIL), "bad_value", "The seats 0 is out of range."),
        (("A", "-2", "--label", "x", *UNTIL), "bad_value", "The seats -2 is out of range."),
        (("A", "9" * 40, "--label", "x", *UNTIL), "bad_value", "The seats 999"),
        (("A", "1", "--label", "  ", *UNTIL), "bad_value", "The label is missing."),
        (("A", "1", "--label", "x" * 5000, *UNTIL), "bad_value", "The label is too long"),
        (("A", "1", "--label", "x", "--until", "2020-01-01T09:00"), "bad_value", "The end of the hold Wed 1 Jan 2020 "),
        (("A", "1", "--label", "x", "--until", "noon"), "bad_value", 'The end of the hold "noon" is not a time.'),
        (("A", "1", "--label", "x", *LATE), "time_does_not_exist", "The end of the hold 02:30 on Sun 29 Mar 2099 "),
        (("X", "0", "--label", "x", "--until", "noon"), "not_found", 'There is no session "X".'),
    ],
)
def test_what_cannot_be_held(gas: Desk, words: tuple[str, ...], code: str, message: str) -> None:
    found, said = refusal(gas, "hold", *words)
    assert (found, said[: len(message)]) == (code, message)


def test_filling_gives_held_seats_to_people(gas: Desk) -> None:
    key = str(gas.ok("hold", "A", "2", "--label", "Acme", *UNTIL)["hold"]["id"])
    gas.ok("enroll", "A", "1", "2")
    code, answer = gas.json("hold", "fill", key, "2", "9", "1", "2")
    assert [(one["employee_no"], one["outcome"], one["code"]) for one in answer["results"]] == [
        ("2", "enrolled", None),
        ("9", "refused", "not_found"),
        ("1", "already", None),
    ]
    assert (code, answer["hold"]["seats"], answer["session"]["held"], answer["session"]["waiting"]) == (1, 1, 1, 0)
    answer = gas.ok("hold", "fill", key, "3", "4")
    assert [(one["outcome"], one["position"]) for one in answer["results"]] == [("enrolled", None), ("waitlisted", 1)]
    assert (answer["hold"]["seats"], answer["session"]["enrolled"], answer["warnings"]) == (0, 3, [])
    code, message = refusal(gas, "hold", "fill", key, "5")
    assert (code, message) == (
        "not_found",
        f"The hold {key} has ended: its seats were filled or given back. "
        "Hold seats again, or enroll the people without it.",
    )


def test_who_cannot_sit_there_gets_no_held_seat(gas: Desk, plan: Plan) -> None:
    plan.session("B", "GAS", title="Welding")
    plan.places("B", ["1"])
    key = str(plan.hold("A"))
    answer = gas.ok("hold", "fill", key, "1")
    assert [(one["outcome"], one["code"]) for one in answer["results"]] == [("waitlisted", "attendee_busy")]
    assert (answer["hold"]["seats"], answer["session"]["enrolled"]) == (1, 0)
    code, out, _ = gas.words("hold", "fill", key, "2")
    assert (code, out.splitlines()[0], out.splitlines()[-1]) == (
        0,
        "2: enrolled",
        f"Hold {key} for Acme: 0 seats left.",
    )


def test_a_hold_that_ended_by_itself(gas: Desk, plan: Plan) -> None:
    key = str(plan.hold("A", 3, PAST))
    assert gas.ok("sessions", "show", "A")["sessions"][0]["available"] == 3
    assert refusal(gas, "hold", "fill", key, "1")[0] == "not_found"
    assert [one["outcome"] for one in gas.ok("enroll", "A", "1", "2", "3")["results"]] == ["enrolled"] * 3


@pytest.mark.parametrize("key", ["77", "0", "-1", "9" * 40])
@pytest.mark.parametrize("words", [["release"], ["hold", "fill"]])
def test_a_hold_that_is_not_there(gas: Desk, words: list[str], key: str) -> None:
    people = ["1"] if len(words) > 1 else []
    code, message = refusal(gas, *words, key, *people)
    assert (code, message[:16]) == ("not_found", "There is no hold")


def test_holding_in_the_wrong_state(gas: Desk, plan: Plan) -> None:
    key = str(plan.hold("A"))
    gas.ok("cancel", "A", "--reason", "illness")
    code, message = refusal(gas, "hold", "A", "1", "--label", "x", *UNTIL)
    assert (code, message.split(". ")[1]) == (
        "wrong_state",
        "It must be draft, scheduled or in progress to be reserved in part",
    )
    assert refusal(gas, "hold", "fill", key, "1")[0] == "wrong_state"
    gas.ok("delete", "A")
    assert refusal(gas, "hold", "A", "1", "--label", "x", *UNTIL) == (
        "not_found",
        "A is in the trash. Restore it there first.",
    )


def test_a_session_may_be_named_fill(gas: Desk, plan: Plan) -> None:
    plan.session("fill", "GAS", "13:00", capacity=2)
    assert gas.ok("hold", "fill", "2", "--label", "Acme", *UNTIL)["hold"]["session"] == "fill"


def test_the_newest_wait_when_a_capacity_is_lowered(gas: Desk) -> None:
    """K6: refused with the ways out in words, then done by one of them."""
    gas.ok("enroll", "A", "1", "2", "3")
    code, document = gas.json("edit", "A", "--capacity", "1")
    (finding,) = document["error"]["findings"]
    assert (code, finding["code"]) == (1, "capacity_below_people")
    assert finding["fixes"] == [
        "Set the capacity to 3.",
        "Move the newest (2) to the head of the waitlist.",
        "Find another date for the newest (2).",
    ]
    assert gas.json("edit", "A", "--title", "X", "--newest-to-waitlist")[0] == 2
    session = gas.ok("edit", "A", "--capacity", "1", "--newest-to-waitlist")["session"]
    assert (session["capacity"], session["enrolled"], session["waiting"]) == (1, 1, 2)
    waiting = gas.ok("waitlist", "A")["waiting"]
    assert [(one["employee_no"], one["position"]) for one in waiting] == [("2", 1), ("3", 2)]
    gas.ok("undo")
    assert gas.ok("sessions", "show", "A")["sessions"][0]["enrolled"] == 3
