"""Minimum numbers: who is missing, from when on it is told, and the order of the go / no-go list (S10)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.services.rules.plan import CARD, directory
from trainer_desk.models.enums import SessionStatus, Severity
from trainer_desk.services.rules.minimum import (
    below_minimum,
    by_decision,
    days_left,
    decided_by,
    is_undecided,
    missing_people,
)
from trainer_desk.services.rules.publishing import check_publish

BERLIN = ZoneInfo("Europe/Berlin")
SESSION = replace(
    CARD,
    status=SessionStatus.SCHEDULED,
    starts_at=datetime(2026, 11, 24, 8, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 10, tzinfo=UTC),
    minimum=6,
    seats_taken=4,
)
SHORTLY_BEFORE = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)


def wall(text: str) -> datetime:
    """Give the instant of a wall clock in Berlin."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "decision_on", "told"),
    [
        ("2026-11-09 23:59", None, False),
        ("2026-11-10 00:00", None, True),
        ("2026-11-24 08:59", None, True),
        ("2026-11-24 09:00", None, False),
        ("2026-11-10 00:00", date(2026, 11, 20), False),
        ("2026-11-12 23:59", date(2026, 11, 20), False),
        ("2026-11-13 00:00", date(2026, 11, 20), True),
        ("2026-11-20 12:00", date(2026, 11, 20), True),
        ("2026-11-23 12:00", date(2026, 11, 20), True),
        ("2026-10-01 12:00", date(2026, 10, 8), True),
        ("2026-09-30 12:00", date(2026, 10, 8), False),
        ("2026-11-18 12:00", date(2026, 12, 24), True),
    ],
)
def test_when_too_few_people_are_told(now: str, decision_on: date | None, told: bool) -> None:
    found = below_minimum(replace(SESSION, decision_on=decision_on), wall(now), BERLIN)
    assert (found is not None) is told


@pytest.mark.parametrize(
    ("change", "missing", "told"),
    [
        ({}, 2, True),
        ({"seats_taken": 5}, 1, True),
        ({"seats_taken": 6}, 0, False),
        ({"seats_taken": 9}, 0, False),
        ({"seats_taken": 9, "offered": 3, "held": 1}, 1, True),
        ({"seats_taken": 0}, 6, True),
        ({"minimum": None}, 0, False),
        ({"minimum": 0, "seats_taken": 0}, 0, False),
        ({"status": SessionStatus.DRAFT}, 2, False),
        ({"status": SessionStatus.IN_PROGRESS}, 2, False),
        ({"status": SessionStatus.COMPLETED}, 2, False),
        ({"status": SessionStatus.CANCELLED}, 2, False),
        ({"starts_at": None, "ends_at": None, "decision_on": date(2026, 11, 20)}, 2, False),
    ],
)
def test_who_is_missing(change: dict[str, Any], missing: int, told: bool) -> None:
    card = replace(SESSION, **change)
    assert missing_people(card) == missing
    assert (below_minimum(card, SHORTLY_BEFORE, BERLIN) is not None) is told


def test_what_the_finding_tells() -> None:
    found = below_minimum(replace(SESSION, waiting=3, decision_on=date(2026, 11, 20)), SHORTLY_BEFORE, BERLIN)
    assert found is not None
    assert (found.code, found.severity, found.field) == ("below_minimum", Severity.ORANGE, "minimum")
    assert found.facts == {
        "people": 4, "minimum": 6, "decision_on": date(2026, 11, 20), "missing": 2, "waiting": 3,
    }  # fmt: skip


def test_it_is_one_of_the_checks_and_never_refuses() -> None:
    found = check_publish(SESSION, directory=directory(), claims=(), blocks=(), now=SHORTLY_BEFORE)
    assert [(finding.code, finding.refuses) for finding in found] == [("below_minimum", False)]


@pytest.mark.parametrize(
    ("change", "undecided"),
    [
        ({}, True),
        ({"status": SessionStatus.DRAFT}, True),
        ({"status": SessionStatus.CANCELLED}, False),
        ({"status": SessionStatus.IN_PROGRESS}, False),
        ({"seats_taken": 6}, False),
        ({"starts_at": None, "ends_at": None}, False),
        ({"starts_at": SHORTLY_BEFORE}, False),
    ],
)
def test_what_is_still_to_be_decided(change: dict[str, Any], undecided: bool) -> None:
    assert is_undecided(replace(SESSION, **change), SHORTLY_BEFORE) is undecided


def test_days_are_those_of_the_organisation() -> None:
    late = replace(SESSION, starts_at=wall("2026-11-25 00:30"), ends_at=wall("2026-11-25 01:30"))
    assert decided_by(late, BERLIN) == date(2026, 11, 25)
    assert days_left(late, wall("2026-11-24 23:30"), BERLIN) == 1
    assert days_left(late, wall("2026-11-25 00:00"), BERLIN) == 0
    decided = replace(late, decision_on=date(2026, 11, 20))
    assert days_left(decided, wall("2026-11-23 12:00"), BERLIN) == -3
    assert days_left(replace(late, starts_at=None), wall("2026-11-23 12:00"), BERLIN) is None


def test_the_next_decision_comes_first() -> None:
    cards = [
        replace(SESSION, id=1),
        replace(SESSION, id=2, decision_on=date(2026, 11, 20)),
        replace(SESSION, id=3, starts_at=wall("2026-11-24 08:00")),
        replace(SESSION, id=4, starts_at=None),
        replace(SESSION, id=5, decision_on=date(2026, 11, 20), starts_at=wall("2026-11-23 08:00")),
    ]
    assert [card.id for card in by_decision(cards, BERLIN)] == [5, 2, 3, 1, 4]
