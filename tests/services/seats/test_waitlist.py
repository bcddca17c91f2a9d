"""Who waits and in which order: by joining or by need, in drafts, with what is missing, and who is passed over (K5)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import make_compliance, prepared
from tests.services.seats.desk import DAY, HOUR, NINE, NOW, Desk, told
from trainer_desk.models import Person
from trainer_desk.models.enums import ComplianceStatus, OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.settling import settle_sessions

OFF, OFFER = WaitlistMode.OFF, WaitlistMode.OFFER
DRAFT = SessionStatus.DRAFT
RED, PENDING, GREEN = ComplianceStatus.NON_COMPLIANT, ComplianceStatus.PENDING, ComplianceStatus.COMPLIANT
MONDAY = dt.date(2026, 7, 6)

NEEDS = {
    "none": None,
    "good": (GREEN, dt.date(2027, 7, 1)),
    "soon": (GREEN, MONDAY + dt.timedelta(days=30)),
    "sooner": (GREEN, MONDAY),
    "pending": (PENDING, None),
    "expired": (GREEN, MONDAY - dt.timedelta(days=1)),
    "longago": (RED, dt.date(2025, 1, 1)),
    "never": (RED, None),
}
"""What people hold for the course of a session on Monday 6 July; the names say what that means on that day."""


def with_needs(desk: Desk) -> int:
    course = desk.course(expiring_days=60)
    for name, item in NEEDS.items():
        person = desk.person(name)
        if item is not None:
            with prepared(desk.store) as db:
                make_compliance(db, person, course, *item)
    return course


def change(desk: Desk, name: str, **columns: object) -> None:
    with prepared(desk.store) as db:
        row = sa.update(Person.__table__).where(Person.id == desk.person(name))  # type: ignore[arg-type]
        db.execute(row.values(version=Person.version + 1, **columns))


def test_the_most_urgent_comes_first_then_who_joined_first(desk: Desk) -> None:
    course = with_needs(desk)
    joined = "none good soon sooner pending expired longago never"
    desk.session("A", "ann", waiting=joined, course=course, waitlist_order=WaitlistOrder.URGENT)
    desk.session("B", "bo", waiting=joined, course=course, starts_at=NINE + DAY)
    urgent = ["never", "longago", "expired", "pending", "sooner", "soon", "none", "good"]
    assert desk.queue("A") == urgent
    assert desk.queue("B") == joined.split()
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("never",)}
    assert desk.queue("A") == urgent[1:]


def test_need_is_judged_on_the_day_of_the_session(desk: Desk) -> None:
    course = with_needs(desk)
    plan = {"course": course, "waitlist_order": WaitlistOrder.URGENT}
    desk.session("A", "ann", waiting="good pending sooner", **plan)
    desk.session("B", "ann", waiting="good pending sooner", starts_at=NINE + DAY, **plan)
    assert desk.queue("A") == ["pending", "sooner", "good"]
    assert desk.queue("B") == ["sooner", "pending", "good"]  # a day later the last valid day is over


def test_an_urgent_newcomer_stands_before_those_in_less_need(desk: Desk) -> None:
    course = with_needs(desk)
    desk.session("A", "ann", waiting="soon none", course=course, waitlist_order=WaitlistOrder.URGENT)
    assert told(desk.enroll("A", "good never")) == [("waitlisted", None, 4), ("waitlisted", None, 1)]
    assert [desk.position("A", name) for name in ("soon", "none", "good", "never")] == [1, 2, 3, 4]


def test_newcomers_stand_behind_the_waiting(desk: Desk) -> None:
    desk.session("A", "ann bo", waiting="cy")
    assert told(desk.enroll("A", "di eve")) == [("waitlisted", None, 2), ("waitlisted", None, 3)]
    desk.session("B", "fay", waiting="gus", capacity=2)
    assert told(desk.enroll("B", "hal")) == [("waitlisted", None, 1)]
    assert desk.seated("B") == {"fay", "gus"}


def test_a_free_seat_is_taken_at_once_where_nobody_waits(desk: Desk) -> None:
    for ref, mode in (("A", WaitlistMode.ENROL), ("B", OFFER), ("C", OFF)):
        desk.session(ref, waitlist=mode, starts_at=NINE + DAY * "ABC".index(ref))
        assert told(desk.enroll(ref, "ann")) == [("enrolled", None, None)]


@pytest.mark.parametrize(
    ("mode", "answer"), [(OFF, ("refused", "session_full", None)), (OFFER, ("waitlisted", None, 1))]
)
def test_a_full_session_has_a_queue_or_none(desk: Desk, mode: WaitlistMode, answer: tuple[object, ...]) -> None:
    desk.session("A", "ann", waitlist=mode)
    assert told(desk.enroll("A", "bo")) == [answer]


def test_without_a_waitlist_a_queue_stands_still(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", waitlist=OFF)
    assert desk.withdraw("A", "ann") == Settled()
    assert told(desk.enroll("A", "cy di")) == [("enrolled", None, None), ("refused", "session_full", None)]
    assert desk.queue("A") == ["bo"]


def test_a_draft_promotes_nobody_and_lets_nobody_pass(desk: Desk) -> None:
    desk.session("A", "ann", capacity=2, status=DRAFT)
    assert told(desk.enroll("A", "bo cy")) == [("enrolled", None, None), ("waitlisted", None, 1)]
    assert desk.withdraw("A", "bo") == Settled()
    assert told(desk.enroll("A", "di")) == [("waitlisted", None, 2)]
    assert (desk.seated("A"), desk.queue("A")) == ({"ann"}, ["cy", "di"])


def test_unlimited_sessions_seat_everybody(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=None)
    assert told(desk.enroll("A", "cy di eve")) == [("enrolled", None, None)] * 3
    assert desk.seated("A") == {"ann", "bo", "cy", "di", "eve"}


def test_who_lacks_the_intake_is_refused_and_not_queued(desk: Desk) -> None:
    course = desk.course(requires_intake=True)
    for number, plan in enumerate(({}, {"status": DRAFT}, {"waitlist": OFF})):
        desk.session(f"A{number}", course=course, capacity=1, starts_at=NINE + number * DAY, **plan)
        [outcome] = desk.enroll(f"A{number}", "ann")
        assert told([outcome]) == [("refused", "intake_missing", None)]
        assert outcome.findings[0].fixes[0].code == "record_intake"
        assert desk.stands(f"A{number}") == {}
    desk.person("bo", intake_on=MONDAY)
    assert told(desk.enroll("A0", "bo")) == [("enrolled", None, None)]


def test_a_waiter_whose_intake_is_missing_is_passed_over_until_it_is_there(desk: Desk) -> None:
    course = desk.course(requires_intake=True)
    for name in ("ann", "cy"):
        desk.person(name, intake_on=MONDAY)
    desk.session("A", "ann", waiting="bo cy", course=course)
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("cy",)}
    assert (desk.skip("A", "bo"), desk.queue("A")) == (("intake_missing", None), ["bo"])
    change(desk, "bo", intake_on=MONDAY)
    assert desk.withdraw("A", "cy").promoted == {desk.id("A"): ("bo",)}


def test_who_has_left_the_organisation_waits_in_vain(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo cy")
    change(desk, "bo", active=False)
    assert desk.withdraw("A", "ann").promoted == {desk.id("A"): ("cy",)}
    assert told(desk.enroll("A", "bo")) == [("already", "already_enrolled", None)]
    change(desk, "bo", active=True)
    assert desk.queue("A") == ["bo"]
    assert desk.withdraw("A", "cy").promoted == {desk.id("A"): ("bo",)}


def test_who_has_left_cannot_join(desk: Desk) -> None:
    desk.session("A", "ann")
    desk.person("gone", active=False)
    assert told(desk.enroll("A", "gone")) == [("refused", "not_found", None)]


def test_in_the_trash_nobody_moves(desk: Desk) -> None:
    desk.session("A", "ann", waiting="bo", capacity=2, status=DRAFT, deleted_at=NOW)
    with pytest.raises(NotFound):
        desk.withdraw("A", "ann")
    assert desk.do(settle_sessions, [desk.id("A")]) == Settled()
    assert desk.stands("A") == {"ann": "confirmed", "bo": "waitlisted"}


def test_it_is_on_record_who_was_put_where_when_and_by_whom(desk: Desk) -> None:
    desk.session("A", policy=OverlapPolicy.IGNORE)
    desk.enroll("A", "ann bo", actor="marta")
    desk.clock.instant = NOW + HOUR
    desk.withdraw("A", "ann", actor="jo")
    ann, bo = (desk.seats("A")[name] for name in ("ann", "bo"))
    assert (ann.enrolled_at, ann.enrolled_by, ann.promoted_at) == (NOW, "marta", None)
    assert (ann.withdrawn_at, ann.withdrawn_by, ann.withdrawn_why) == (NOW + HOUR, "jo", None)
    assert (bo.enrolled_at, bo.enrolled_by) == (NOW, "marta")
    assert (bo.promoted_at, bo.promoted_by, bo.withdrawn_at) == (NOW + HOUR, "jo", None)
    desk.clock.instant = NOW + 2 * HOUR
    desk.withdraw("A", "bo", actor="marta")
    desk.enroll("A", "bo", actor="jo")
    bo = desk.seats("A")["bo"]
    assert (bo.enrolled_at, bo.enrolled_by) == (NOW + 2 * HOUR, "jo")
    assert (bo.promoted_at, bo.promoted_by, bo.withdrawn_at, bo.withdrawn_by) == (None, None, None, None)
