"""Who must hold a course, from when and with how much grace: selectors, exemptions, the strictest of several rules."""

from datetime import date, timedelta

import pytest

from tests.services.rules.plan import DAY
from trainer_desk.services.rows.people import Placement, Rule
from trainer_desk.services.rules.requirements import NOT_ASKED, UNRULED, Duty, day_after, duty_of, matches

MADE = date(2026, 1, 5)
WHO = Placement(7, "Operator", "Lab", "North", placed_on=None)


def days(count: int) -> date:
    return DAY + timedelta(days=count)


def rule(**columns: object) -> Rule:
    return Rule(**{"id": 1, "since": MADE} | columns)  # type: ignore[arg-type]


def exempt(until: date | None, **selectors: object) -> Rule:
    return rule(exempt=True, until=until, **selectors)


@pytest.mark.parametrize(
    ("selectors", "expected"),
    [
        ({}, True),
        ({"job_role": "Operator"}, True),
        ({"job_role": "operator"}, False),
        ({"job_role": "Driver"}, False),
        ({"department": "Lab"}, True),
        ({"site": "South"}, False),
        ({"person_id": 7}, True),
        ({"person_id": 8}, False),
        ({"job_role": "Operator", "department": "Lab", "site": "North", "person_id": 7}, True),
        ({"job_role": "Operator", "department": "Lab", "site": "South"}, False),
    ],
)
def test_whom_a_rule_names(selectors: dict[str, object], expected: bool) -> None:
    assert matches(rule(**selectors), WHO) is expected
    assert duty_of([rule(**selectors)], WHO).asked is expected


def test_blank_columns_of_a_person_match_only_rules_for_everybody() -> None:
    nobody = Placement(9)
    assert matches(rule(), nobody)
    assert not matches(rule(site="North"), nobody)


@pytest.mark.parametrize(
    ("rules", "duty"),
    [
        ([], UNRULED),
        ([rule(site="South")], NOT_ASKED),
        ([rule()], Duty(True, MADE)),
        ([rule(grace_days=0)], Duty(True, MADE)),
        ([rule(grace_days=30)], Duty(True, MADE, MADE + timedelta(days=30))),
        ([rule(grace_days=30), rule(grace_days=7)], Duty(True, MADE, MADE + timedelta(days=7))),
        ([rule(grace_days=30), rule(grace_days=None)], Duty(True, MADE)),
        ([rule(grace_days=30), rule(site="South")], Duty(True, MADE, MADE + timedelta(days=30))),
        ([rule(), exempt(None)], NOT_ASKED),
        ([rule(), exempt(days(3))], Duty(True, days(4), None, days(4))),
        ([rule(grace_days=5), exempt(days(3))], Duty(True, days(4), days(9), days(4))),
        ([rule(), exempt(days(3)), exempt(days(20))], Duty(True, days(21), None, days(21))),
        ([rule(), exempt(days(3)), exempt(None)], NOT_ASKED),
        ([rule(), exempt(days(3), site="South")], Duty(True, MADE)),
        ([rule(site="South"), exempt(days(3))], NOT_ASKED),
        ([exempt(days(3))], Duty(counts_from=days(4))),
        ([exempt(None)], NOT_ASKED),
    ],
)
def test_what_the_rules_of_a_course_come_to(rules: list[Rule], duty: Duty) -> None:
    assert duty_of(rules, WHO) == duty


@pytest.mark.parametrize(
    ("placed_on", "since", "due_on"),
    [(None, MADE, MADE + timedelta(days=10)), (DAY, MADE, days(10)), (MADE, DAY, days(10))],
)
def test_grace_counts_from_the_later_of_the_place_and_the_rule(placed_on: date, since: date, due_on: date) -> None:
    who = Placement(7, placed_on=placed_on)
    assert duty_of([rule(grace_days=10, since=since)], who).due_on == due_on


def test_days_end_with_the_calendar() -> None:
    assert day_after(date.max, 1) == date.max
    assert day_after(days(0), 36_500) > DAY
    assert duty_of([rule(), exempt(date.max)], WHO) == NOT_ASKED
