"""Enrolled without naming a session: everybody gets the next date that fits, and is told which (K14)."""

import pytest

from tests.services.seats.desk import DAY, HALF_PAST, NINE, NOW, Desk
from trainer_desk.models.enums import OverlapPolicy, SessionStatus, WaitlistMode
from trainer_desk.services.errors import NotFound
from trainer_desk.services.seats.next_date import enroll_next

TUESDAY, WEDNESDAY = NINE + DAY, NINE + 2 * DAY
Answer = list[tuple[str, str | None, str | None]]


def ask(desk: Desk, course: int, names: str) -> Answer:
    outcomes = desk.do(enroll_next, course, desk.people(names))
    return [(outcome.outcome, outcome.code, outcome.session) for outcome in outcomes]


def test_one_after_the_other_gets_the_first_date_with_a_seat(desk: Desk) -> None:
    course = desk.course()
    desk.session("C", capacity=1, course=course, starts_at=WEDNESDAY)
    desk.session("A", "ann", course=course)
    desk.session("B", capacity=1, course=course, starts_at=TUESDAY)
    assert ask(desk, course, "bo cy di bo") == [
        ("enrolled", None, "B"),
        ("enrolled", None, "C"),
        ("refused", "session_full", None),
        ("already", "already_enrolled", "B"),
    ]
    assert (desk.seated("A"), desk.seated("B"), desk.seated("C")) == ({"ann"}, {"bo"}, {"cy"})
    assert "di" not in desk.stands("A")  # nobody is put into a queue


def test_who_has_a_coming_date_keeps_it(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", capacity=2, course=course)
    desk.session("B", "ann", waiting="bo", course=course, starts_at=TUESDAY)
    assert ask(desk, course, "ann bo") == [("already", "already_enrolled", "B")] * 2


def test_those_who_wait_come_first(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", "ann", waiting="bo", capacity=2, course=course)
    desk.session("B", capacity=1, course=course, starts_at=TUESDAY)
    assert ask(desk, course, "cy") == [("enrolled", None, "B")]
    assert desk.seated("A") == {"ann", "bo"}


def test_a_seat_that_a_waiter_cannot_take_is_free(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", "ann", waiting="bo", capacity=2, course=course)
    desk.session("X", "bo", starts_at=HALF_PAST)
    assert ask(desk, course, "cy") == [("enrolled", None, "A")]


def test_a_hold_or_offer_that_ended_is_a_free_seat(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", offered="ann", capacity=2, course=course, waitlist=WaitlistMode.OFFER)
    desk.hold("A")
    desk.clock.instant = NOW + DAY
    assert ask(desk, course, "ann bo") == [("enrolled", None, "A")] * 2
    assert desk.stands("A") == {"ann": "confirmed", "bo": "confirmed"}


@pytest.mark.parametrize(
    "plan",
    [
        {"status": SessionStatus.DRAFT},
        {"status": SessionStatus.CANCELLED, "cancel_reason": "Storm"},
        {"status": SessionStatus.IN_PROGRESS},
        {"starts_at": NOW},
        {"status": SessionStatus.DRAFT, "deleted_at": NOW},
    ],
)
def test_only_scheduled_dates_that_are_to_come_count(desk: Desk, plan: dict[str, object]) -> None:
    course = desk.course()
    desk.session("A", capacity=3, course=course, **plan)
    assert ask(desk, course, "ann") == [("refused", "session_full", None)]
    desk.session("B", capacity=3, course=course, starts_at=WEDNESDAY)
    assert ask(desk, course, "ann") == [("enrolled", None, "B")]


def test_the_limit_of_a_run_is_kept(desk: Desk) -> None:
    course, run = desk.course(), desk.run(1)
    desk.session("A", capacity=5, course=course, run_id=run)
    desk.session("B", capacity=5, course=course, run_id=run, starts_at=TUESDAY)
    assert ask(desk, course, "ann bo") == [("enrolled", None, "A"), ("refused", "session_full", None)]
    desk.session("C", capacity=5, course=course, starts_at=WEDNESDAY)
    assert ask(desk, course, "bo") == [("enrolled", None, "C")]


def test_a_person_does_not_get_two_dates_at_one_time(desk: Desk) -> None:
    course = desk.course(OverlapPolicy.WARN)
    desk.session("A", capacity=1, course=course)
    desk.session("X", "bo", starts_at=HALF_PAST, policy=OverlapPolicy.IGNORE)
    assert ask(desk, course, "bo") == [("refused", "session_full", None)]
    assert ask(desk, course, "ann") == [("enrolled", None, "A")]


def test_who_lacks_the_intake_is_told_so(desk: Desk) -> None:
    course = desk.course(requires_intake=True)
    desk.session("A", capacity=3, course=course)
    [outcome] = desk.do(enroll_next, course, desk.people("ann"))
    assert (outcome.outcome, outcome.code) == ("refused", "intake_missing")
    assert outcome.findings[0].fixes[0].code == "record_intake"


def test_who_is_unknown_or_has_left_is_refused(desk: Desk) -> None:
    course = desk.course()
    desk.session("A", capacity=3, course=course)
    gone = desk.person("gone", active=False)
    outcomes = desk.do(enroll_next, course, [gone, 987_654, desk.person("ann")])
    assert [(outcome.employee_no, outcome.outcome, outcome.code) for outcome in outcomes] == [
        ("gone", "refused", "not_found"),
        ("987654", "refused", "not_found"),
        ("ann", "enrolled", None),
    ]
    with pytest.raises(NotFound):
        desk.do(enroll_next, course + 1000, desk.people("ann"))
