"""Whether somebody may sit: the stricter of two policies, what overlaps, what makes busy, and the intake (C6, K12)."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.services.rules.plan import at
from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy, SessionStatus
from trainer_desk.services.rules.seating import Occasion, Prerequisite, Sitter, busy_findings, seat_findings, stricter

IGNORE, WARN, BLOCK = OverlapPolicy.IGNORE, OverlapPolicy.WARN, OverlapPolicy.BLOCK
DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS
COMPLETED, CANCELLED = SessionStatus.COMPLETED, SessionStatus.CANCELLED

ANN = Sitter(7, "P7", "Ann")
HERE = Occasion(1, "S1", "Fire drill", "Fire", SCHEDULED, at("09:00"), at("10:00"), BLOCK)
THERE = Occasion(2, "S2", "First aid", "Aid", SCHEDULED, at("09:30"), at("10:30"), BLOCK)


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        (IGNORE, IGNORE, IGNORE),
        (IGNORE, WARN, WARN),
        (WARN, IGNORE, WARN),
        (WARN, WARN, WARN),
        (IGNORE, BLOCK, BLOCK),
        (BLOCK, IGNORE, BLOCK),
        (WARN, BLOCK, BLOCK),
        (BLOCK, WARN, BLOCK),
        (BLOCK, BLOCK, BLOCK),
    ],
)
def test_the_stricter_of_two_policies_counts(one: OverlapPolicy, other: OverlapPolicy, counts: OverlapPolicy) -> None:
    assert stricter(one, other) is counts
    found = busy_findings(ANN, replace(HERE, policy=one), [replace(THERE, policy=other)])
    assert [finding.refuses for finding in found] == ([] if counts is IGNORE else [counts is BLOCK])


@pytest.mark.parametrize(
    ("starts", "ends", "is_busy"),
    [
        ("09:00", "10:00", True),
        ("09:15", "09:30", True),
        ("08:00", "12:00", True),
        ("08:00", "09:01", True),
        ("09:59", "11:00", True),
        ("08:00", "09:00", False),
        ("10:00", "11:00", False),
        (None, None, False),
    ],
)
def test_only_what_is_at_the_same_time_is_in_the_way(starts: str | None, ends: str | None, is_busy: bool) -> None:
    seat = replace(THERE, starts_at=starts and at(starts), ends_at=ends and at(ends))
    assert (busy_findings(ANN, HERE, [seat]) != []) == is_busy
    assert (busy_findings(ANN, seat, [HERE]) != []) == is_busy


@pytest.mark.parametrize(
    ("status", "is_busy"),
    [(DRAFT, False), (SCHEDULED, True), (IN_PROGRESS, True), (COMPLETED, True), (CANCELLED, False)],
)
def test_a_seat_in_a_draft_or_cancelled_session_keeps_nobody(status: SessionStatus, is_busy: bool) -> None:
    assert (busy_findings(ANN, HERE, [replace(THERE, status=status)]) != []) == is_busy


def test_a_draft_is_only_warned_of_an_overlap() -> None:
    [finding] = busy_findings(ANN, replace(HERE, status=DRAFT), [THERE])
    assert not finding.refuses


def test_nobody_is_in_their_own_way() -> None:
    assert busy_findings(ANN, HERE, [HERE]) == []


def test_every_seat_in_the_way_is_named_with_its_time() -> None:
    later = replace(THERE, session_id=3, ref="S3", title="Ladders", policy=WARN)
    first, second = seat_findings(ANN, replace(HERE, policy=WARN), [THERE, later])
    assert (first.refuses, first.clashes_with, first.subject, first.field) == (True, ("S2",), "P7", "people")
    assert first.facts == {
        "name": "Ann",
        "title": "First aid",
        "starts_at": THERE.starts_at,
        "ends_at": THERE.ends_at,
        "at": HERE.starts_at,
    }
    assert (second.refuses, second.clashes_with) == (False, ("S3",))


@pytest.mark.parametrize(
    ("requires", "has", "is_refused"),
    [(False, False, False), (False, True, False), (True, True, False), (True, False, True)],
)
def test_a_required_intake_must_be_there(requires: bool, has: bool, is_refused: bool) -> None:
    found = seat_findings(replace(ANN, has_intake=has), replace(HERE, requires_intake=requires), [])
    assert [finding.code for finding in found] == ["intake_missing"] * is_refused
    for finding in found:
        assert finding.refuses
        assert [(fix.code, fix.facts) for fix in finding.fixes] == [("record_intake", {"name": "Ann", "id": 7})]


def test_in_a_draft_a_missing_intake_refuses_all_the_same() -> None:
    draft = replace(HERE, status=DRAFT, requires_intake=True)
    [missing, busy] = seat_findings(replace(ANN, has_intake=False), draft, [THERE])
    assert (missing.code, missing.refuses) == ("intake_missing", True)
    assert (busy.code, busy.refuses) == ("attendee_busy", False)


DAY = dt.date(2026, 7, 6)


@pytest.mark.parametrize(
    ("held_until", "policy", "told"),
    [
        (None, PrerequisitePolicy.BLOCK, [True]),
        (None, PrerequisitePolicy.WARN, [False]),
        (DAY - dt.timedelta(days=1), PrerequisitePolicy.BLOCK, [True]),
        (DAY, PrerequisitePolicy.BLOCK, []),
        (dt.date.max, PrerequisitePolicy.BLOCK, []),
    ],
)
def test_a_course_that_must_come_first_is_held_on_the_day(
    held_until: dt.date | None, policy: PrerequisitePolicy, told: list[bool]
) -> None:
    required = Prerequisite(3, "Basics", policy, DAY)
    found = seat_findings(replace(ANN, held_until=held_until), replace(HERE, prerequisite=required), [])
    assert [finding.refuses for finding in found] == told
    for finding in found:
        assert finding.facts == {"name": "Ann", "course": "Basics"}
        ways_out = [(fix.code, fix.facts["course_id"]) for fix in finding.fixes]
        assert ways_out == [("record_training", 3), ("enroll_first", 3)]
