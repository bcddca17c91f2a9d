"""`schedule`: where somebody is enrolled, offered a seat or waiting, for the own login and for a number (K13)."""

from tests.cli.commands import Desk
from tests.cli.plan import Plan, moment


def planned(plan: Plan) -> None:
    """Give Ann a seat, an offer and a place in a queue on three days."""
    plan.course("GAS", sign_up=True)
    for ref, day in (("A", "2099-07-06"), ("B", "2099-07-07"), ("C", "2099-07-08")):
        plan.session(ref, "GAS", day=day, waitlist="offer")
    plan.places("A", ["1"])
    plan.places("B", ["1"], "offered", offer_until=moment("18:00"))
    plan.places("C", ["2"])
    plan.places("C", ["3", "1"], "waitlisted")


def test_the_schedule_of_a_person(empty_desk: Desk, plan: Plan) -> None:
    planned(plan)
    answer = empty_desk.ok("schedule", "--person", "1")
    assert (answer["employee_no"], answer["name"]) == ("1", "Ann")
    assert [(one["ref"], one["course"], one["start"][:16]) for one in answer["sessions"]] == [
        ("A", "GAS", "2099-07-06T09:00"),
        ("B", "GAS", "2099-07-07T09:00"),
        ("C", "GAS", "2099-07-08T09:00"),
    ]
    assert [one["enrollment"] for one in answer["sessions"]] == [
        {"state": "confirmed", "position": None, "offer_until": None, "skip": None},
        {"state": "offered", "position": None, "offer_until": "2099-07-06T18:00:00+02:00", "skip": None},
        {"state": "waitlisted", "position": 2, "offer_until": None, "skip": None},
    ]


def test_the_schedule_in_words(empty_desk: Desk, plan: Plan) -> None:
    planned(plan)
    code, out, _ = empty_desk.words("schedule", "--person", "1")
    first, second, third = out.splitlines()
    assert (code, first.split()[0], first.endswith("Confirmed")) == (0, "A", True)
    assert second.endswith("Offered until Mon 6 Jul 2099 18:00")
    assert third.endswith("2nd in line")
    assert empty_desk.words("schedule", "--person", "5")[1] == "Ed is not enrolled in anything to come.\n"


def test_without_a_number_it_is_that_of_the_own_login(empty_desk: Desk, plan: Plan) -> None:
    planned(plan)
    code, answer = empty_desk.json("schedule")
    assert (code, answer["error"]["code"]) == (1, "not_allowed")
    assert answer["error"]["message"].startswith("Your login is not linked to a person.")
    empty_desk.ok("users", "add", plan.store.actor, "--role", "administrator", "--person", "1")
    assert [one["ref"] for one in empty_desk.ok("schedule")["sessions"]] == ["A", "B", "C"]


def test_a_number_that_nobody_has(empty_desk: Desk) -> None:
    code, answer = empty_desk.json("schedule", "--person", "9")
    assert (code, answer["error"]["code"]) == (1, "not_found")
