"""Runs: the derived status, and what a run and a session in it cannot be."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.rules.plan import DAY, NOW, at, card
from trainer_desk.models.enums import RunStatus, SessionStatus
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.directory import RunRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.runs import (
    is_raised,
    limit_below_people,
    require_days_in_order,
    require_nobody_seated,
    run_status,
)

TODAY = NOW.date()
YESTERDAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 21)
DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS
COMPLETED, CANCELLED = SessionStatus.COMPLETED, SessionStatus.CANCELLED
PLANNED, OPEN, FULL = RunStatus.PLANNED, RunStatus.OPEN, RunStatus.FULL
RUNNING, OVER, CALLED_OFF = RunStatus.RUNNING, RunStatus.OVER, RunStatus.CANCELLED


def run(**changes: object) -> RunRow:
    return replace(RunRow(1, "JULY", 1, "July", None, None, None, False, False, 0), **changes)  # type: ignore[arg-type]


def coming(status: SessionStatus = SCHEDULED, **changes: object) -> SessionCard:
    return card(status=status, **changes)


def past(status: SessionStatus = SCHEDULED) -> SessionCard:
    day = date(2026, 11, 10)
    return card(status=status, starts_at=at("09:00", day=day), ends_at=at("10:00", day=day))


def undated() -> SessionCard:
    return card(status=DRAFT, starts_at=None, ends_at=None)


@pytest.mark.parametrize(
    ("own", "sessions", "status"),
    [
        ({}, [], PLANNED),
        ({"end_date": TODAY}, [], PLANNED),
        ({"end_date": YESTERDAY}, [], OVER),
        ({}, [undated()], PLANNED),
        ({"end_date": TOMORROW}, [undated()], PLANNED),
        ({"end_date": YESTERDAY}, [undated()], OVER),
        ({}, [coming(DRAFT), undated()], PLANNED),
        ({}, [coming(CANCELLED)], CALLED_OFF),
        ({"end_date": YESTERDAY}, [coming(CANCELLED), past(CANCELLED)], CALLED_OFF),
        ({}, [coming(CANCELLED), coming(DRAFT)], PLANNED),
        ({}, [coming(), coming(DRAFT)], OPEN),
        ({}, [coming(capacity=2, seats_taken=2), coming(capacity=2, seats_taken=1)], OPEN),
        ({}, [coming(capacity=2, seats_taken=2), coming(capacity=1, seats_taken=1)], FULL),
        ({}, [coming(capacity=2, seats_taken=2), coming(DRAFT)], FULL),
        ({"max_people": 3, "people_taken": 2}, [coming()], OPEN),
        ({"max_people": 3, "people_taken": 3}, [coming()], FULL),
        ({"max_people": 3, "people_taken": 3}, [coming(DRAFT)], PLANNED),
        ({"max_people": 3, "people_taken": 3}, [past(), coming()], RUNNING),
        ({}, [past(COMPLETED), coming()], RUNNING),
        ({}, [past(COMPLETED), undated()], RUNNING),
        ({"end_date": YESTERDAY}, [past(COMPLETED), undated()], OVER),
        ({"end_date": YESTERDAY}, [past(), coming()], RUNNING),
        ({}, [coming(IN_PROGRESS)], RUNNING),
        ({}, [card(status=SCHEDULED, starts_at=NOW, ends_at=at("20:00"))], RUNNING),
        ({}, [past(DRAFT), coming()], OPEN),
        ({}, [past(DRAFT)], OVER),
        ({}, [past(), past(COMPLETED), past(CANCELLED)], OVER),
        ({}, [coming(COMPLETED)], OVER),
    ],
)
def test_status(own: dict[str, object], sessions: list[SessionCard], status: RunStatus) -> None:
    assert run_status(run(**own), sessions, now=NOW, today=TODAY) is status


@pytest.mark.parametrize(
    ("limit", "people", "refused"), [(None, 9, False), (9, 9, False), (10, 9, False), (8, 9, True), (1, 0, False)]
)
def test_a_limit_below_the_people(limit: int | None, people: int, refused: bool) -> None:
    found = limit_below_people("JULY", limit, people)
    assert (found is not None) is refused
    if found is not None:
        assert (found.code, found.field, found.subject) == ("capacity_below_people", "max_people", "JULY")
        assert (found.facts["people"], found.facts["capacity"]) == (people, limit)


@pytest.mark.parametrize(
    ("before", "after", "raised"),
    [(3, 4, True), (3, None, True), (3, 3, False), (3, 2, False), (None, 2, False), (None, None, False)],
)
def test_raising(before: int | None, after: int | None, raised: bool) -> None:
    assert is_raised(before, after) is raised


def test_days_in_order() -> None:
    for days in ((DAY, DAY), (YESTERDAY, DAY), (None, DAY), (DAY, None)):
        require_days_in_order(*days)
    with pytest.raises(BadValue) as refusal:
        require_days_in_order(DAY, YESTERDAY)
    assert (refusal.value.facts["field"], refusal.value.facts["why"]) == ("end_date", "to_before_from")


def test_the_run_of_a_session_with_people_is_fixed() -> None:
    require_nobody_seated(coming(waiting=3))
    require_nobody_seated(coming(seats_taken=2, held=2))
    for seats in ({"seats_taken": 1}, {"seats_taken": 3, "held": 2}, {"seats_taken": 1, "offered": 1}):
        with pytest.raises(BadValue) as refusal:
            require_nobody_seated(coming(**seats))
        assert refusal.value.facts["why"] == "run_has_people"
