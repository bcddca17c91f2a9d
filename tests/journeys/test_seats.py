"""A full session in the window: somebody leaves, the next moves up, one undo takes both back; seats are held, too."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from tests.factories import at, make_course, make_enrollment, make_person, make_run, make_scheduled, prepared
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.groups.sheet import GroupsSheet
from trainer_desk.views.session.hold_sheet import HoldSheet
from trainer_desk.views.session.people import PeopleSection
from trainer_desk.views.session.people_group import PeopleGroup
from trainer_desk.views.session.person_sheet import PersonSheet


@pytest.fixture
def full(place: Workplace) -> int:
    """Make a session on Thursday of three seats with three people, two who wait, and a run of four people."""
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        course = make_course(db, "CSE", title="Confined Space Entry")
        run = make_run(db, "JULY", course=course, name="July batch", max_people=4)
        made = {"course": course, "venue": place.centre.room_a, "trainer": place.centre.john, "run_id": run}
        session = make_scheduled(db, starts_at=at("2026-07-09 09:00"), capacity=3, waitlist="enrol", **made)
        for name in ("Ann", "Ben", "Eve"):
            make_enrollment(db, session, make_person(db, name))
        for name in ("Dee", "Gus"):
            make_enrollment(db, session, make_person(db, name), EnrollmentState.WAITLISTED)
        make_person(db, "Flo")
    place.page.source.reload(directory=True)
    place.until(lambda: session in place.page.source.cards)
    return session


def opened(place: Workplace, session: int) -> PeopleSection:
    """Open a session from the calendar with the keyboard."""
    place.click_session(session)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.assembly.panel.facts is not None and place.window.panel.current == "session")
    return place.assembly.panel.form.people


def states(place: Workplace, session: int) -> dict[str, str]:
    return {seat.name: seat.state.value for seat in place.store.read(load_seats, session)}


def names(part: PeopleGroup) -> list[tuple[str, str]]:
    shown = part.list.lines.rows[: part.list.lines.rowCount()]
    return [(row.name, row.words) for row in shown]


def tab_to(place: Workplace, wanted: QWidget) -> None:
    """Walk with Tab until a widget has the focus."""
    for _step in range(80):
        if place.focus is wanted:
            return
        place.key(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never reaches {wanted.accessibleName()}")


def test_who_leaves_makes_room_and_one_undo_takes_both_back(place: Workplace, full: int) -> None:
    people = opened(place, full)
    assert people.spots.text() == "Session Full: 3 enrolled, 2 waiting"
    assert people.run.text() == "Run July batch: 3 of 4 people"
    assert names(people.waiting) == [("Dee", "1st"), ("Gus", "2nd")]
    tab_to(place, people.seated.list)
    place.key(Qt.Key.Key_Home)
    place.key(Qt.Key.Key_Delete)
    place.until(lambda: states(place, full)["Ann"] == "withdrawn")
    place.until(lambda: names(people.waiting) == [("Gus", "1st")])
    assert place.toast == "Ann withdrawn from Confined Space Entry. Dee moved up from the waitlist."
    assert [name for name, _words in names(people.seated)] == ["Ben", "Dee", "Eve"]
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: states(place, full)["Ann"] == "confirmed")
    place.until(lambda: names(people.waiting) == [("Dee", "1st"), ("Gus", "2nd")])


def test_a_run_without_a_place_keeps_its_waiters_and_says_why(place: Workplace, full: int) -> None:
    people = opened(place, full)
    panel = place.assembly.panel
    tab_to(place, panel.form.capacity.edit)
    place.key(Qt.Key.Key_A, CTRL)
    place.type("5")
    place.key(Qt.Key.Key_Tab)
    place.until(lambda: states(place, full)["Dee"] == "confirmed")
    place.until(lambda: people.run.text() == "Run July batch: 4 of 4 people")
    assert place.toast == "Changed the capacity of Confined Space Entry. Dee moved up from the waitlist."
    (gus,) = people.waiting.list.lines.rows
    assert (gus.name, gus.note) == ("Gus", "The run is full")


def test_one_person_takes_the_seat_of_another(place: Workplace, full: int) -> None:
    people = opened(place, full)
    tab_to(place, people.seated.list)
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Up)
    place.until(lambda: people.seated.buttons and people.seated.button("replace").isVisible())
    place.press(people.seated.button("replace"))
    (sheet,) = place.window.findChildren(PersonSheet)
    place.until(lambda: sheet.is_settled)
    place.type("flo")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: states(place, full).get("Flo") == "confirmed")
    found = states(place, full)
    assert (found["Ann"], found["Dee"]) == ("withdrawn", "waitlisted")
    place.until(lambda: "Flo" in [name for name, _words in names(people.seated)])
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: states(place, full)["Ann"] == "confirmed")


@pytest.mark.parametrize("wide", [1024, 1440])
def test_seats_are_held_and_released(place: Workplace, full: int, wide: int) -> None:
    place.window.resize(wide, 768)
    place.until(lambda: place.window.width() == wide)
    people = opened(place, full)
    panel = place.assembly.panel
    tab_to(place, panel.form.capacity.edit)
    place.key(Qt.Key.Key_A, CTRL)
    place.type("9")
    place.key(Qt.Key.Key_Tab)
    place.until(lambda: place.card(full).capacity == 9)
    tab_to(place, people.held.hold)
    place.key(Qt.Key.Key_Space)
    assert place.window.findChildren(HoldSheet)
    place.type("Acme")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(full).held == 1)
    place.until(lambda: len(people.held.rows) == 1)
    assert place.toast == "1 seat held for Acme until Wed 17:00."
    assert not clipped(panel.form)
    place.press(people.held.rows[0].release)
    place.until(lambda: place.card(full).held == 0)
    place.until(lambda: not people.held.rows)


def clipped(form: QScrollArea) -> list[str]:
    """Give what reaches beyond the panel's edge."""
    edge, inside = form.viewport().width(), form.widget()
    shown = [child for child in inside.findChildren(QWidget) if child.isVisible()]
    wide = [child for child in shown if child.mapTo(inside, QPoint(child.width(), 0)).x() > edge]
    return [child.accessibleName() or type(child).__name__ for child in wide]


def test_the_people_of_a_session_are_put_into_groups(place: Workplace, full: int) -> None:
    people = opened(place, full)
    place.until(people.groups.isVisible)
    place.press(people.groups)
    (sheet,) = place.window.findChildren(GroupsSheet)
    place.until(lambda: sheet.facts is not None)
    assert sheet.facts is not None
    assert len(sheet.facts.people) == 3
