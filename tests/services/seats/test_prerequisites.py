"""A course that requires another one held: whom that keeps from a seat, on every path, and who is told of it (N5)."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_compliance, prepared
from tests.services.seats.desk import DAY, NINE, Desk, told
from trainer_desk.models.enums import ComplianceStatus, PrerequisitePolicy, SessionStatus, Severity
from trainer_desk.services.errors import Refused
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.seats.foreseeing import foresee
from trainer_desk.services.seats.moving import replace_person
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.services.seats.picker import pick
from trainer_desk.services.seats.settling import settle_stuck
from trainer_desk.services.seats.whole_run import enroll_in_run

MONDAY = dt.date(2026, 7, 6)
COMPLIANT, PENDING = ComplianceStatus.COMPLIANT, ComplianceStatus.PENDING
WARN = PrerequisitePolicy.WARN.value
LACKING = [("refused", "prerequisite_missing", None)]


def holds(
    desk: Desk, name: str, course: int, until: dt.date | None = None, status: ComplianceStatus = COMPLIANT
) -> None:
    person = desk.person(name)
    with prepared(desk.store) as db:
        make_compliance(db, person, course, status, until)


def second(desk: Desk, **columns: Any) -> tuple[int, int]:
    """Make a course and one that requires it."""
    first = desk.course(title="Basics")
    return first, desk.course(title="Advanced", prerequisite_id=first, **columns)


@pytest.mark.parametrize("status", [SessionStatus.DRAFT, SessionStatus.SCHEDULED])
def test_who_does_not_hold_it_on_the_day_is_refused_and_not_queued(desk: Desk, status: SessionStatus) -> None:
    first, course = second(desk)
    desk.session("A", course=course, capacity=9, status=status)
    holds(desk, "ever", first)
    holds(desk, "just", first, MONDAY)
    holds(desk, "late", first, MONDAY - dt.timedelta(days=1))
    holds(desk, "pending", first, status=PENDING)
    outcomes = desk.enroll("A", "ever just late pending never")
    assert [one.code for one in outcomes] == [None, None, *["prerequisite_missing"] * 3]
    assert [fix.code for fix in outcomes[2].findings[0].fixes] == ["record_training", "enroll_first"]
    assert desk.stands("A") == {"ever": "confirmed", "just": "confirmed"}


def test_under_warn_everybody_sits_and_is_told_of(desk: Desk) -> None:
    _first, course = second(desk, prerequisite_policy=WARN)
    desk.session("A", course=course, capacity=9)
    [outcome] = desk.enroll("A", "ann")
    assert (outcome.outcome, [one.code for one in outcome.findings]) == ("enrolled", ["prerequisite_missing"])
    [outcome] = desk.do(enroll_next, course, desk.people("bo"))
    assert outcome.outcome == "enrolled"


def test_an_undated_draft_is_judged_as_of_today(desk: Desk) -> None:
    first, course = second(desk)
    desk.session("A", course=course, capacity=9, status=SessionStatus.DRAFT, starts_at=None)
    holds(desk, "ann", first, dt.date(2026, 7, 1))
    holds(desk, "bo", first, dt.date(2026, 6, 30))
    assert [one.outcome for one in desk.enroll("A", "ann bo")] == ["enrolled", "refused"]


def test_a_waiter_is_passed_over_until_it_is_held(desk: Desk) -> None:
    first, course = second(desk)
    for name in ("ann", "cy"):
        holds(desk, name, first)
    desk.session("A", "ann", waiting="bo cy", course=course)
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("cy",)}
    assert (desk.skip("A", "bo"), desk.queue("A")) == (("prerequisite_missing", None), ["bo"])
    desk.withdraw("A", "cy")
    holds(desk, "bo", first)
    assert desk.do(settle_stuck).promoted == {desk.id("A"): ("bo",)}


def test_whole_runs_next_dates_and_replacements_ask_as_well(desk: Desk) -> None:
    first, course = second(desk)
    run = desk.run(None)
    desk.session("A", "ann", course=course, run_id=run, capacity=3)
    desk.session("B", course=desk.course(), run_id=run, capacity=3, starts_at=NINE + DAY)
    assert told(desk.do(enroll_in_run, run, desk.people("bo"))) == LACKING
    assert told(desk.do(enroll_next, course, desk.people("bo"))) == LACKING
    with pytest.raises(Refused) as refused:
        desk.do(replace_person, "A", "ann", "bo")
    assert [one.code for one in refused.value.findings] == ["prerequisite_missing"]
    holds(desk, "bo", first)
    assert told(desk.do(enroll_in_run, run, desk.people("bo"))) == [("enrolled", None, None)]


@pytest.mark.parametrize("policy", [WARN, None])
def test_the_picker_says_so_beforehand_and_foresees_it(desk: Desk, policy: str | None) -> None:
    first, course = second(desk, prerequisite_policy=policy)
    desk.session("A", course=course, capacity=9)
    holds(desk, "ann", first, MONDAY)
    holds(desk, "bo", first, MONDAY - dt.timedelta(days=1))
    people = desk.people("ann bo cy")
    page = desk.store.read(pick, desk.id("A"), PickerFilter(), now=desk.clock.now())
    lacking = {one.name: (one.lacks, one.lack_blocks) for one in page.people}
    missing = ("Basics", policy is None)
    assert lacking == {"ann": ("", False), "bo": missing, "cy": missing}
    seen = desk.store.read(foresee, desk.id("A"), people, now=desk.clock.now())
    assert (seen.seated, seen.refused) == ((3, {}) if policy else (1, {"prerequisite_missing": 2}))


def test_who_sits_there_without_it_is_a_standing_warning(desk: Desk) -> None:
    first, course = second(desk)
    holds(desk, "ann", first)
    holds(desk, "bo", first, MONDAY - dt.timedelta(days=1))
    desk.session("A", "ann bo cy", course=course, capacity=9)
    assert standing(desk) == [("bo", Severity.ORANGE), ("cy", Severity.ORANGE)]


def standing(desk: Desk) -> list[tuple[str | None, Severity]]:
    found = desk.store.read(session_findings, desk.id("A"), now=desk.clock.now())
    return [(one.subject, one.severity) for one in found if one.code == "prerequisite_missing"]
