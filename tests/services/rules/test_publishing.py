"""The strict check of publishing: nothing is left out, and drafts are only told (S1, S2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.services.rules.plan import COURSE, NOW, at, block, card, claim, directory
from trainer_desk.models.enums import SessionStatus, Severity
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rules.publishing import as_hints, check_publish

PLAN = directory()


def check(plan: Any = PLAN, *, claims: Any = (), blocks: Any = (), **changes: Any) -> list[Finding]:
    return check_publish(card(**changes), directory=plan, claims=claims, blocks=blocks, now=NOW)


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"trainer_id": None}, ["missing_trainer"]),
        ({"venue_id": None}, ["missing_venue"]),
        ({"starts_at": None}, ["missing_start"]),
        ({"ends_at": None}, ["missing_end"]),
        (
            {"trainer_id": None, "venue_id": None, "starts_at": None, "ends_at": None},
            ["missing_trainer", "missing_venue", "missing_start", "missing_end"],
        ),
        ({"ends_at": at("10:00")}, ["end_before_start"]),
        ({"ends_at": at("09:00")}, ["end_before_start"]),
        ({"ends_at": at("10:00") + timedelta(seconds=1)}, []),
        ({"ends_at": at("34:00")}, []),
        ({"ends_at": at("34:00") + timedelta(seconds=1)}, ["too_long"]),
        ({"trainer_id": 3}, ["trainer_not_qualified"]),
        ({"co_trainer_ids": (2, 3)}, ["trainer_not_qualified"]),
        ({"trainer_id": 4}, ["trainer_away"]),
        ({"venue_id": 30}, ["venue_closed"]),
        ({"seats_taken": 20}, []),
        ({"seats_taken": 25}, ["venue_capacity_exceeded"]),
        ({"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1)}, ["in_the_past"]),
        ({"status": SessionStatus.IN_PROGRESS, "starts_at": NOW - timedelta(hours=1), "ends_at": NOW}, []),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}, []),
    ],
)
def test_what_is_said(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(check(**changes)) == expected


def test_all_problems_are_told_together_and_each_names_its_field() -> None:
    claims = [claim(3, "11:00", "13:00"), claim(21, "09:00", "11:00", session_id=201)]
    found = check(
        claims=claims,
        blocks=[block(22, "08:00", "18:00"), block(None, "00:00", "24:00", id_=8)],
        trainer_id=3,
        venue_id=20,
        co_trainer_ids=(4,),
        seats_taken=70,
    )
    assert [(finding.code, finding.field) for finding in found] == [
        ("trainer_away", "co_trainers"),
        ("trainer_not_qualified", "trainer"),
        ("trainer_busy", "trainer"),
        ("venue_closed", "venue"),
        ("venue_busy", "venue"),
        ("venue_closed", "start"),
        ("venue_capacity_exceeded", "venue"),
    ]


def test_soft_findings_are_orange_and_refuse_nothing() -> None:
    found = check(starts_at=NOW - timedelta(hours=2), ends_at=NOW - timedelta(hours=1), seats_taken=25)
    assert codes(found) == ["in_the_past", "venue_capacity_exceeded"]
    assert refusals(found) == []
    assert found[1].facts["people"] == 25
    assert found[1].facts["capacity"] == 20


def test_a_retired_course_is_refused() -> None:
    plan = directory(courses={1: replace(COURSE, active=False)})
    (finding,) = check(plan)
    assert (finding.code, finding.field, finding.facts["why"]) == ("bad_value", "course", "course_retired")


def test_clashes_are_still_told_when_the_session_is_too_long() -> None:
    assert codes(check(claims=[claim(1, "33:00", "36:00")], ends_at=at("35:00"))) == ["too_long", "trainer_busy"]


def test_missing_things_have_a_way_out() -> None:
    (finding,) = check(trainer_id=None)
    assert [(fix.code, fix.facts) for fix in finding.fixes] == [("set_field", {"field": "trainer"})]


@pytest.mark.parametrize(
    "changes", [{}, {"trainer_id": None, "starts_at": None}, {"trainer_id": 3}, {"ends_at": at("09:00")}]
)
def test_a_draft_is_told_the_same_and_never_blocked(changes: dict[str, Any]) -> None:
    found = check(claims=[claim(10, "09:00", "11:00")], **changes)
    hints = as_hints(found)
    assert codes(hints) == codes(found)
    assert {finding.severity for finding in hints} <= {Severity.ORANGE}
    assert refusals(hints) == []
