"""Seats at the same time: ignored, told or refused by the stricter of two courses, on every path to a seat (C6)."""

from collections.abc import Callable, Sequence

import pytest

from tests.services.seats.desk import DAY, HALF_PAST, HOUR, NINE, TEN, Desk
from trainer_desk.models.enums import OverlapPolicy, SessionStatus, WaitlistMode
from trainer_desk.services.errors import Refused
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.holds import fill_hold
from trainer_desk.services.seats.moving import move_person, replace_person
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.services.seats.settling import settle_sessions

IGNORE, WARN, BLOCK = OverlapPolicy.IGNORE, OverlapPolicy.WARN, OverlapPolicy.BLOCK
OFF = WaitlistMode.OFF
DRAFT, CANCELLED = SessionStatus.DRAFT, SessionStatus.CANCELLED

COURSES = [
    (IGNORE, IGNORE, IGNORE),
    (IGNORE, WARN, WARN),
    (WARN, IGNORE, WARN),
    (WARN, WARN, WARN),
    (WARN, BLOCK, BLOCK),
    (BLOCK, IGNORE, BLOCK),
    (IGNORE, BLOCK, BLOCK),
]
"""The policy of the course where somebody is to sit, of the one where he sits already, and which of them counts."""

Answer = tuple[bool, Sequence[Finding]]
"""Whether Ann got the seat, and what was told of it."""


def of(outcome: Outcome) -> Answer:
    return outcome.outcome == "enrolled", outcome.findings


def enrolled(desk: Desk) -> Answer:
    [outcome] = desk.enroll("A", "ann")
    return of(outcome)


def filled(desk: Desk) -> Answer:
    [outcome] = desk.do(fill_hold, desk.hold("A"), desk.people("ann"))
    return of(outcome)


def _or_refused(desk: Desk, *deed: object) -> Answer:
    try:
        found, _settled = desk.do(*deed)  # type: ignore[arg-type]
    except Refused as refusal:
        assert desk.stands("A").get("ann") is None
        return False, refusal.findings
    return desk.stands("A")["ann"] == "confirmed", found


def replaced(desk: Desk) -> Answer:
    desk.enroll("A", "cy")
    return _or_refused(desk, replace_person, "A", "cy", "ann")


def moved(desk: Desk) -> Answer:
    desk.session("C", "ann", starts_at=NINE + DAY)
    return _or_refused(desk, move_person, "ann", "C", "A")


@pytest.mark.parametrize(("own", "other", "stricter"), COURSES)
@pytest.mark.parametrize("path", [enrolled, filled, replaced, moved])
def test_the_stricter_of_two_courses_counts_on_every_path(
    desk: Desk, path: Callable[[Desk], Answer], own: OverlapPolicy, other: OverlapPolicy, stricter: OverlapPolicy
) -> None:
    desk.session("B", "ann", starts_at=HALF_PAST, policy=other)
    desk.session("A", policy=own, waitlist=OFF)
    is_seated, found = path(desk)
    assert is_seated == (stricter is not BLOCK)
    told = [(finding.code, finding.refuses, finding.clashes_with) for finding in found]
    assert told == ([] if stricter is IGNORE else [("attendee_busy", stricter is BLOCK, ("B",))])


@pytest.mark.parametrize(("own", "other", "stricter"), COURSES)
def test_the_stricter_of_two_courses_counts_for_a_promotion(
    desk: Desk, own: OverlapPolicy, other: OverlapPolicy, stricter: OverlapPolicy
) -> None:
    desk.session("B", "ann", starts_at=HALF_PAST, policy=other)
    desk.session("A", "cy", waiting="ann", policy=own)
    settled = desk.withdraw("A", "cy")
    is_blocked = stricter is BLOCK
    assert settled.promoted == ({} if is_blocked else {desk.id("A"): ("ann",)})
    assert desk.skip("A", "ann") == (("attendee_busy", "B") if is_blocked else (None, None))


@pytest.mark.parametrize(("own", "other", "stricter"), COURSES)
def test_the_next_date_avoids_what_is_only_warned_of(
    desk: Desk, own: OverlapPolicy, other: OverlapPolicy, stricter: OverlapPolicy
) -> None:
    course = desk.course(own)
    desk.session("B", "ann", starts_at=HALF_PAST, policy=other)
    desk.session("A", course=course)
    desk.session("A2", course=course, starts_at=NINE + DAY)
    [outcome] = desk.do(enroll_next, course, desk.people("ann"))
    assert (outcome.outcome, outcome.session) == ("enrolled", "A" if stricter is IGNORE else "A2")
    assert outcome.findings == ()


def test_a_blocked_newcomer_waits_where_there_is_a_queue(desk: Desk) -> None:
    desk.session("B", "ann", starts_at=HALF_PAST)
    desk.session("A", capacity=5)
    [outcome] = desk.enroll("A", "ann")
    assert (outcome.outcome, outcome.code, outcome.position) == ("waitlisted", "attendee_busy", 1)
    assert desk.skip("A", "ann") == ("attendee_busy", "B")


def test_waiting_makes_nobody_busy(desk: Desk) -> None:
    desk.session("B", "bo", waiting="ann", starts_at=HALF_PAST)
    desk.session("A")
    [outcome] = desk.enroll("A", "ann")
    assert (outcome.outcome, outcome.findings) == ("enrolled", ())


@pytest.mark.parametrize(
    ("plan", "is_busy"),
    [
        ({}, True),
        ({"status": DRAFT}, False),
        ({"status": CANCELLED, "cancel_reason": "Storm"}, False),
        ({"status": SessionStatus.IN_PROGRESS}, True),
        ({"status": SessionStatus.COMPLETED}, True),
        ({"starts_at": TEN}, False),
        ({"starts_at": NINE - HOUR}, False),
        ({"starts_at": NINE - HOUR, "minutes": 61}, True),
    ],
)
def test_what_makes_busy(desk: Desk, plan: dict[str, object], is_busy: bool) -> None:
    desk.session("B", "ann", **({"starts_at": HALF_PAST} | plan))
    desk.session("A", waitlist=OFF)
    [outcome] = desk.enroll("A", "ann")
    assert (outcome.outcome, outcome.code) == (("refused", "attendee_busy") if is_busy else ("enrolled", None))


def test_a_draft_is_told_and_not_refused(desk: Desk) -> None:
    desk.session("B", "ann", starts_at=HALF_PAST)
    desk.session("A", status=DRAFT)
    [outcome] = desk.enroll("A", "ann")
    assert outcome.outcome == "enrolled"
    assert [(finding.code, finding.refuses) for finding in outcome.findings] == [("attendee_busy", False)]


def test_two_seats_at_one_time_are_not_promoted_in_one_go(desk: Desk) -> None:
    desk.session("A", "cy", waiting="ann", capacity=2)
    desk.session("B", "cy", waiting="ann", capacity=2, starts_at=HALF_PAST, policy=IGNORE)
    assert desk.do(settle_sessions, [desk.id("A"), desk.id("B")]).promoted == {desk.id("A"): ("ann",)}
    assert desk.skip("B", "ann") == ("attendee_busy", "A")
