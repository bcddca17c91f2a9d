"""Runs in the window: figures, people and days, a limit that lets people in, days made and moved (R1, R6, K8)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.factories import make_enrollment, prepared
from tests.services.seats.conftest import desk as desk
from tests.services.seats.desk import DAY, HOUR, NINE, NOW, Desk
from trainer_desk.models import Session
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services.dossiers.run_page import load_run_page
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.orchestration.run_days import MOST_DAYS, add_days, change_run, put_into_run
from trainer_desk.services.planning.course_list import list_courses
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.planning.runs import list_runs
from trainer_desk.services.planning.shelves import Shelf, load_shelf
from trainer_desk.services.rows.catalogue import Asked
from trainer_desk.services.rows.runs import RunPlace
from trainer_desk.services.seats.on_run import put_on_run


def test_a_run_tells_how_full_it_is_who_came_and_who_is_on_it(desk: Desk) -> None:
    run = desk.run(None)
    held = desk.session("A", run_id=run, capacity=4, starts_at=NINE - 9 * DAY, status=SessionStatus.COMPLETED)
    ann_id, bo_id = desk.people("ann bo")
    with prepared(desk.store) as db:
        make_enrollment(db, held, ann_id, attendance=Attendance.ATTENDED)
        make_enrollment(db, held, bo_id, attendance=Attendance.NO_SHOW)
    desk.session("B", "ann", run_id=run, capacity=4)
    desk.session("C", "ann bo", run_id=run, capacity=None, starts_at=NINE + DAY)
    desk.do(put_on_run, run, desk.people("cy"))
    [summary] = desk.store.read(list_runs, now=NOW)
    assert (summary.seated, summary.seats, summary.fill_rate) == (3, 8, 3 / 8)
    assert (summary.attended, summary.marked, summary.attendance, summary.members) == (1, 2, 0.5, 1)
    page = desk.store.read(load_run_page, run, now=NOW)
    assert page.detail.summary == summary
    ann, bo, cy = page.people
    assert (ann.is_on_run, cy.is_on_run, cy.joined_by is not None) == (False, True, True)
    confirmed = EnrollmentState.CONFIRMED
    assert bo.places == {
        held: RunPlace(confirmed, Attendance.NO_SHOW),
        desk.id("C"): RunPlace(confirmed, Attendance.REGISTERED),
    }
    assert cy.places == {}
    with pytest.raises(NotFound):
        desk.store.read(load_run_page, 4711, now=NOW)


def test_an_empty_run_has_no_figures(desk: Desk) -> None:
    desk.run(None)
    [summary] = desk.store.read(list_runs, now=NOW)
    assert (summary.fill_rate, summary.attendance, summary.members) == (None, None, 0)


def test_a_limit_that_rises_lets_in_whoever_waited_for_that(desk: Desk) -> None:
    run = desk.run(1)
    desk.session("A", "ann", waiting="bo", run_id=run, capacity=2)
    assert desk.do(change_run, run, {"max_people": 2}) is True
    assert desk.seated("A") == {"ann", "bo"}
    assert desk.do(change_run, run, {"max_people": 2}) is False


def test_an_offer_that_ended_does_not_keep_a_limit_from_falling(desk: Desk) -> None:
    run = desk.run(2)
    desk.session("A", "ann", offered="bo", run_id=run, capacity=2)
    desk.clock.instant = NOW + 2 * DAY
    assert desk.do(change_run, run, {"max_people": 1}) is True


def test_new_days_are_drafts_of_the_run(desk: Desk) -> None:
    course = desk.course()
    run = desk.do(create_run, "JULY", {"course_id": course})
    spans = [(NINE + n * DAY, NINE + n * DAY + HOUR) for n in range(3)]
    made = desk.do(add_days, run, spans, {"capacity": 7})
    page = desk.store.read(load_run_page, run, now=NOW)
    days = [
        (one.card.id, one.day, one.card.status, one.card.capacity, one.card.course_id) for one in page.detail.sessions
    ]
    assert days == [(key, n, SessionStatus.DRAFT, 7, course) for n, key in enumerate(made, start=1)]
    for wrong in ([], [(None, None)] * (MOST_DAYS + 1)):
        with pytest.raises(BadValue):
            desk.do(add_days, run, wrong, {})
    with pytest.raises(NotFound):
        desk.do(add_days, 4711, spans, {})


def test_sessions_join_and_leave_a_run_all_or_none(desk: Desk) -> None:
    run = desk.run(None)
    first = desk.session("A", capacity=3)
    second = desk.session("B", "ann", capacity=3)
    with pytest.raises(BadValue):
        desk.do(put_into_run, [first, second], run)
    where = sa.select(Session.run_id).order_by(Session.id)
    assert desk.store.read(lambda db: list(db.scalars(where))) == [None, None]
    desk.do(put_into_run, [first], run)
    assert desk.store.read(lambda db: list(db.scalars(where))) == [run, None]
    desk.do(put_into_run, [first], None)
    assert desk.store.read(lambda db: list(db.scalars(where))) == [None, None]


def test_what_has_places_is_listed_and_counted_by_course(desk: Desk) -> None:
    fire = desk.course(title="Fire")
    desk.course(title="Gas")
    desk.session("A", "ann", course=fire, capacity=1)
    desk.session("B", course=fire, capacity=2, starts_at=NINE + DAY)
    desk.session("C", course=fire, capacity=None, starts_at=NINE + 2 * DAY)
    desk.session("D", course=fire, capacity=2, starts_at=NINE - 9 * DAY)
    desk.session("E", course=fire, capacity=2, status=SessionStatus.CANCELLED, cancel_reason="Rain")
    desk.session("F", course=fire, capacity=1)
    desk.hold("F", until=NOW + HOUR)
    page = desk.store.read(load_shelf, Shelf.AVAILABLE, now=NOW)
    assert ([card.ref for card in page.cards], page.total) == (["B", "C"], 2)
    assert [card.ref for card in desk.store.read(load_shelf, Shelf.AVAILABLE, now=NOW + HOUR).cards] == ["F", "B", "C"]
    found = desk.store.read(list_courses, Asked(at=NOW, sort="next_at"))
    figures = [(one.name, one.values["bookable"], one.values["next_at"]) for one in found.things]
    assert [(name, number) for name, number, _next in figures] == [("Fire", 2), ("Gas", 0)]
    assert figures[0][2] == NINE + DAY
    assert figures[0][2].utcoffset() == dt.timedelta(hours=2)
    assert "bookable" not in desk.store.read(list_courses, Asked()).things[0].values
