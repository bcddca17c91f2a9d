"""A course given over several days certifies when all are attended; what was missed stands on a list (A5)."""

import datetime as dt

import pytest

from tests.databases import StoreFactory
from tests.factories import at, make_draft, prepared
from tests.services.orchestration.certified import LACKING, NOW, Room, compliant
from trainer_desk.models.enums import Attendance, CertificateEnd
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.missed_days import load_missed_days
from trainer_desk.services.errors import BadValue
from trainer_desk.services.orchestration.scheduling import cancel, edit_session
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.run_editing import edit_run

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


@pytest.fixture
def room(store_factory: StoreFactory) -> Room:
    return Room(store_factory(FixedClock(NOW)))


def missed(room: Room) -> list[tuple[str, int, str | None]]:
    """Give who missed which day, and where it will be made up."""
    return [(one.employee_no, one.day, one.booked) for one in room.store.read(load_missed_days)]


def test_only_all_days_together_certify(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 13:00")
    room.complete(first, room.ada, room.bo)
    assert (room.of(room.ada), room.item(room.ada), missed(room)) == ((), LACKING, [])
    room.complete(second, room.ada)
    [made] = room.live(room.ada)
    assert (made.held_from, made.held_on, made.minutes) == (dt.date(2026, 7, 7), dt.date(2026, 7, 8), 120)
    assert (made.session_id, made.run_id, len(made.days)) == (second, room.run, 2)
    assert room.item(room.ada) == compliant(2027, 7, 8)
    assert (room.of(room.bo), room.item(room.bo), missed(room)) == ((), LACKING, [("B", 2, None)])
    assert not room.store.read(check_database)


def test_a_missed_day_is_made_up_in_another_run_and_leaves_the_list(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada, room.bo)
    room.complete(second, room.ada)
    _other, again = room.run_of("2026-07-13 09:00", "2026-07-14 09:00", people=(room.bo,))
    [line] = room.store.read(load_missed_days, person_id=room.bo)
    assert (line.session_id, line.day, line.booked_at) == (second, 2, at("2026-07-14 09:00"))
    room.complete(again, room.bo)
    [made] = room.live(room.bo)
    assert ([one.day for one in made.days], made.session_id) == ([dt.date(2026, 7, 7), dt.date(2026, 7, 14)], again)
    assert (room.item(room.bo), missed(room)) == (compliant(2027, 7, 14), [])
    room.reopen(again)
    assert [row.withdrawn_why for row in room.of(room.bo)] == [CertificateEnd.REOPENED]
    assert (room.item(room.bo), missed(room)) == (LACKING, [("B", 2, line.booked)])


def test_reopening_one_day_takes_back_what_all_days_made(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada)
    room.complete(second, room.ada)
    room.reopen(first)
    assert (room.live(room.ada), room.item(room.ada)) == ([], LACKING)
    room.complete(first)
    assert [(row.revision, row.is_live) for row in room.of(room.ada)] == [(2, True), (1, False)]


def test_who_came_to_no_day_is_not_on_the_list(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada)
    assert missed(room) == [("B", 1, None)], "the second day is still to come"
    room.complete(second, room.ada)
    assert missed(room) == []


def test_the_list_of_one_run_or_course_names_only_that(room: Room) -> None:
    first, _second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada)
    assert len(room.store.read(load_missed_days, run_id=room.run)) == 1
    assert len(room.store.read(load_missed_days, course_id=room.course)) == 1
    assert room.store.read(load_missed_days, run_id=room.run + 1) == []
    assert room.store.read(load_missed_days, person_id=room.ada) == []


def test_a_day_that_is_cancelled_may_be_the_last_that_was_lacking(room: Room) -> None:
    first, second, third = room.run_of("2026-07-07 09:00", "2026-07-08 09:00", "2026-07-27 09:00")
    room.complete(first, room.ada)
    room.complete(second, room.ada)
    assert room.live(room.ada) == []
    room.store.write("Cancel", cancel, third, "Snow")
    assert len(room.live(room.ada)) == 1
    undo_last(room.store)
    assert room.live(room.ada) == []


def test_a_draft_in_the_run_is_a_day_to_come_until_it_leaves_it(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    with prepared(room.store) as db:
        draft = make_draft(db, course=room.course, run_id=room.run)
    room.complete(first, room.ada)
    room.complete(second, room.ada)
    assert room.live(room.ada) == []
    room.store.write("Take out", edit_session, draft, {"run_id": None})
    assert len(room.live(room.ada)) == 1


def test_a_day_that_comes_later_takes_no_certificate_away(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada)
    room.complete(second, room.ada)
    room.hold("2026-07-28 09:00", run_id=room.run)
    room.mark(second, room.bo, ATTENDED)
    assert len(room.live(room.ada)) == 1
    assert not room.store.read(check_database)


def test_what_a_run_is_stays_once_a_day_of_it_was_held(room: Room) -> None:
    first, _second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada)
    with pytest.raises(BadValue) as refusal:
        room.store.write("Edit", edit_run, room.run, {"one_course": False})
    assert refusal.value.facts["why"] == "run_was_held"
    room.store.write("Edit", edit_run, room.run, {"name": "July", "one_course": True})
