"""Enrolling from the command line: in a session with a waitlist, on the next date, in a whole run."""

from typing import Any

import pytest

from tests.cli.commands import Desk
from tests.cli.plan import PAST, Plan, moment

Told = list[tuple[str, str, str | None]]


def told(document: dict[str, Any]) -> Told:
    return [(one["employee_no"], one["outcome"], one["code"]) for one in document["results"]]


def states(desk: Desk, ref: str) -> dict[str, str]:
    [session] = desk.ok("sessions", "show", ref)["sessions"]
    return {one["employee_no"]: one["state"] for one in session["enrollments"] if one["state"] != "withdrawn"}


def test_who_finds_no_seat_waits(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", waitlist="enrol")
    answer = empty_desk.ok("enroll", "A", "1", "2", "3")
    assert [(one["outcome"], one["code"], one["message"], one["position"]) for one in answer["results"]] == [
        ("enrolled", None, "enrolled", None),
        ("waitlisted", None, "on the waitlist, place 1", 1),
        ("waitlisted", None, "on the waitlist, place 2", 2),
    ]
    assert (answer["session"]["enrolled"], answer["session"]["waiting"]) == (1, 2)
    again = empty_desk.ok("enroll", "A", "3", "1")
    assert [(one["outcome"], one["code"], one["position"]) for one in again["results"]] == [
        ("already", None, 2),
        ("already", None, None),
    ]


def test_a_waiter_is_told_what_is_in_the_way_and_costs_no_seat(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS", "block")
    plan.session("A", "GAS", waitlist="enrol")
    plan.session("B", "GAS", "09:30", title="Welding")
    plan.places("B", ["1"])
    answer = empty_desk.ok("enroll", "A", "1")
    [result] = answer["results"]
    assert (result["outcome"], result["code"], result["position"]) == ("waitlisted", "attendee_busy", 1)
    assert result["message"] == "on the waitlist, place 1: Ann has a place in Welding 09:30–10:30."
    assert (answer["session"]["available"], answer["session"]["waiting"]) == (1, 1)
    [session] = empty_desk.ok("sessions", "show", "A")["sessions"]
    assert session["enrollments"][0]["skip"] == "attendee_busy"
    said = empty_desk.words("sessions", "show", "A")[1]
    assert "  1  Ann  Waiting, place 1: Ann has a place in B at that time." in said.splitlines()
    assert told(empty_desk.ok("enroll", "A", "2")) == [("2", "enrolled", None)]


@pytest.mark.parametrize(
    ("policy", "code", "outcome", "warned"),
    [("block", 1, "refused", []), ("warn", 0, "enrolled", ["attendee_busy"]), ("ignore", 0, "enrolled", [])],
)
def test_who_is_busy_by_the_policy_of_the_course(
    empty_desk: Desk, plan: Plan, policy: str, code: int, outcome: str, warned: list[str]
) -> None:
    plan.course("GAS", policy)
    plan.session("A", "GAS")
    plan.session("B", "GAS", title="Welding")
    plan.places("B", ["1"])
    exit_code, document = empty_desk.json("enroll", "A", "1")
    assert (exit_code, told(document)) == (code, [("1", outcome, "attendee_busy" if code else None)])
    assert [one["code"] for one in document["warnings"]] == warned
    said = document["results"][0]["message"] if code else "".join(one["message"] for one in document["warnings"])
    assert said == ("" if policy == "ignore" else "Ann has a place in Welding 09:00–10:00.")


def test_a_missing_intake_is_told_with_the_way_out(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS", requires_intake=True)
    plan.session("A", "GAS", waitlist="enrol")
    code, document = empty_desk.json("enroll", "A", "1")
    assert (code, told(document)) == (1, [("1", "refused", "intake_missing")])
    code, out, _ = empty_desk.words("enroll", "A", "1")
    assert (code, out.splitlines()[:2]) == (
        1,
        ["1: Ann has no intake on file, which Gas requires. Record the intake first.", "    Record the intake of Ann."],
    )
    code, document = empty_desk.json("enroll", "--course", "GAS", "--next", "1")
    assert (code, told(document)) == (1, [("1", "refused", "intake_missing")])


def test_the_run_refuses_beyond_its_cap(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.run("JULY", course="GAS", max_people=1)
    plan.session("A", "GAS", run="JULY", capacity=3)
    code, document = empty_desk.json("enroll", "A", "1", "2")
    assert (code, told(document)) == (1, [("1", "enrolled", None), ("2", "refused", "run_full")])
    assert document["results"][1]["message"] == "The run is full (1/1)."


def test_each_gets_the_next_date_that_fits(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    for ref, day in (("B", "2099-07-08"), ("A", "2099-07-07"), ("P", "2020-07-07")):
        plan.session(ref, "GAS", day=day)
    plan.session("D", "GAS", draft=True)
    plan.course("FIRE")
    plan.session("F", "FIRE", day="2099-07-07")
    plan.places("F", ["1"])
    code, document = empty_desk.json("enroll", "--course", "GAS", "--next", "1", "2", "3", "9", "2")
    assert (code, document["session"]) == (1, None)
    assert [(one["employee_no"], one["outcome"], one["code"], one["session"]) for one in document["results"]] == [
        ("1", "enrolled", None, "B"),
        ("2", "enrolled", None, "A"),
        ("3", "refused", "session_full", None),
        ("9", "refused", "not_found", None),
    ]
    assert document["results"][2]["message"].startswith("No coming date of Gas has a free seat that suits 3.")
    assert {one["ref"]: one["enrolled"] for one in document["sessions"]} == {"A": 1, "B": 1}
    again = empty_desk.ok("enroll", "--next", "1", "--course", "GAS")
    assert [(one["outcome"], one["session"]) for one in again["results"]] == [("already", "B")]
    assert "1: already there (B)" in empty_desk.words("enroll", "--course", "GAS", "--next", "1")[1]
    code, document = empty_desk.json("enroll", "--course", "NONE", "--next", "1")
    assert (code, document["error"]["code"]) == (1, "not_found")


def test_a_run_takes_people_on_all_its_days_or_on_none(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS", "block")
    plan.run("JULY", course="GAS")
    plan.session("A", "GAS", run="JULY", capacity=3)
    plan.session("B", "GAS", day="2099-07-07", run="JULY", capacity=3, title="Welding")
    plan.session("C", "GAS", "", run="JULY", capacity=None, draft=True)
    plan.session("OLD", "GAS", run="JULY", day="2020-07-07", capacity=3)
    plan.session("F", "GAS", "09:30", day="2099-07-07", title="Fire")
    plan.places("F", ["2"])
    plan.places("A", ["3"])
    code, document = empty_desk.json("enroll", "--run", "JULY", "1", "2", "3", "9")
    assert (code, document["session"], document["run"]["people"]) == (1, None, 2)
    assert [(one["employee_no"], one["outcome"], one["code"], one["session"]) for one in document["results"]] == [
        ("1", "enrolled", None, None),
        ("2", "refused", "attendee_busy", "B"),
        ("3", "enrolled", None, None),
        ("9", "refused", "not_found", None),
    ]
    assert document["results"][1]["message"] == "Bo has a place in Fire 09:30–10:30."
    assert [one["enrolled"] for one in document["sessions"]] == [0, 2, 2, 2]
    assert [states(empty_desk, ref) for ref in ("OLD", "C")] == [{}, {"1": "confirmed", "3": "confirmed"}]
    assert told(empty_desk.ok("enroll", "--run", "JULY", "1")) == [("1", "already", None)]


def test_a_run_puts_nobody_into_a_queue(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.run("JULY", course="GAS")
    plan.session("A", "GAS", run="JULY", capacity=3, waitlist="enrol")
    plan.session("B", "GAS", day="2099-07-07", run="JULY", waitlist="enrol")
    plan.places("B", ["1"])
    code, out, _ = empty_desk.words("enroll", "--run", "JULY", "2")
    assert (code, out.splitlines()[0]) == (1, "2: Session Full (1/1). (B)")
    assert [states(empty_desk, ref) for ref in ("A", "B")] == [{}, {"1": "confirmed"}]


def test_a_run_that_is_not_there_or_over(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.run("JULY", course="GAS")
    plan.session("OLD", "GAS", run="JULY", starts_at=PAST)
    code, document = empty_desk.json("enroll", "--run", "NONE", "1")
    assert (code, document["error"]["code"]) == (1, "not_found")
    code, document = empty_desk.json("enroll", "--run", "JULY", "1")
    assert (code, document["error"]["message"]) == (
        1,
        "JULY has no day to come. Add a session to the run, or choose another one.",
    )


def test_withdrawing_tells_who_came_next_here_and_elsewhere(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS", "block")
    plan.run("JULY", course="GAS", max_people=2)
    plan.session("A", "GAS", run="JULY", capacity=1, waitlist="enrol")
    plan.session("B", "GAS", day="2099-07-07", run="JULY", capacity=2, waitlist="enrol")
    plan.session("F", "GAS", title="Fire")
    plan.places("F", ["2"])
    plan.places("A", ["1"])
    plan.places("B", ["4"])
    plan.places("A", ["2"], "waitlisted")
    plan.places("B", ["5"], "waitlisted")
    answer = empty_desk.ok("withdraw", "A", "1")
    assert (answer["session"]["enrolled"], answer["promoted"]) == (0, [])
    assert [(one["employee_no"], one["code"]) for one in answer["skipped"]] == [("2", "attendee_busy")]
    assert answer["skipped"][0]["message"] == "Bo has a place in Fire 09:00–10:00."
    assert answer["also"] == {"B": {"promoted": ["5"], "skipped": []}}


def test_the_seats_of_a_session_in_words(empty_desk: Desk, plan: Plan) -> None:
    plan.course("GAS")
    plan.session("A", "GAS", capacity=6, waitlist="offer")
    plan.places("A", ["1", "2"])
    plan.places("A", ["3"], "offered", offer_until=moment("07:00"))
    plan.places("A", ["4"], "offered", offer_until=PAST)
    plan.hold("A", label="Acme")
    plan.hold("A", until_at=PAST, label="Old")
    plan.places("A", ["5"], "waitlisted")
    code, out, _ = empty_desk.words("sessions", "show", "A")
    line = (
        "2 spots left: 2 enrolled, 1 held (Acme, until Mon 6 Jul 2099 08:00), "
        "1 offered (Cy, until Mon 6 Jul 2099 07:00), 1 waiting"
    )
    assert (code, out.splitlines()[1].strip()) == (0, line)
    assert "  3  Cy  Offered until Mon 6 Jul 2099 07:00" in out
    assert "  4  Di  Offer ended" in out
    [session] = empty_desk.ok("sessions", "show", "A")["sessions"]
    assert (session["held"], session["offered"], session["available"]) == (1, 1, 2)
    ended = session["enrollments"][3]
    assert (ended["employee_no"], ended["state"], ended["withdrawn_why"]) == ("4", "withdrawn", "lapsed")
    [hold] = session["holds"]
    assert (hold["seats"], hold["label"], hold["until"]) == (1, "Acme", "2099-07-06T08:00:00+02:00")
    assert {"offer_until", "promoted_at", "promoted_by", "enrolled_by", "withdrawn_by", "withdrawn_why", "skip"} <= set(
        session["enrollments"][0]
    )


@pytest.mark.parametrize(
    "words",
    [
        ["enroll", "A"],
        ["enroll", "--run", "R", "--course", "C", "--next", "1"],
        ["enroll", "--course", "C", "1"],
        ["enroll", "--next", "1"],
        ["enroll", "--run", "R"],
        ["hold", "A", "2"],
        ["hold", "A", "two", "--label", "x", "--until", "2099-01-01T09:00"],
        ["hold", "A", "2", "3", "--label", "x", "--until", "2099-01-01T09:00"],
        ["hold", "fill", "2"],
        ["release", "x"],
        ["offer", "A", "1"],
        ["offer", "accept", "A"],
        ["replace", "A", "1"],
        ["move", "1", "A"],
        ["waitlist"],
    ],
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, document = Desk("nowhere.desk", capsys).json(*words)
    assert (code, document["error"]["code"]) == (2, "usage")
