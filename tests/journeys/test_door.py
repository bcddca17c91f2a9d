"""From the calendar to the door and back: the key, the panel and the menu open it, and it goes with the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import make_person, prepared
from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.services.planning.publishing import publish
from trainer_desk.services.seats.door import load_door
from trainer_desk.views.door.view import DoorView
from trainer_desk.views.schedule.possible import Possible
from trainer_desk.views.schedule.session_menu import session_menu


def the_door(place: Workplace) -> DoorView:
    """Return the one door that is open, once it knows its room."""
    [door] = place.assembly.doors.values()
    place.until(lambda: door.row is not None)
    return door


def test_the_key_opens_the_door_and_what_happens_there_shows_in_the_panel(place: Workplace) -> None:
    taught = place.centre.taught
    place.click_session(taught)
    place.key(Qt.Key.Key_I)
    door = the_door(place)
    assert (door.isWindow(), door.parts.title.whole()) == (True, "Lockout–Tagout")
    assert door.parts.subtitle.whole().startswith("Tue 7 Jul · 09:00–12:00 · Training Room A")
    first, second = (person.employee_no for person in door.model.people)
    for number in (second, first):
        QTest.keyClicks(door.parts.field, number)
        QTest.keyClick(door.parts.field, Qt.Key.Key_Return)
    place.until(lambda: not door.scanner.waiting)
    inside = place.store.read(load_door, taught, place.assembly._clock.now()).occupancy
    assert (inside.present, door.parts.gauge.figure.words) == (2, "2")
    place.page.actions_of.undo()
    place.until(lambda: door.parts.gauge.figure.words == "1")


def test_the_panel_opens_the_same_door_again(place: Workplace) -> None:
    taught = place.centre.taught
    place.assembly.open_session(taught)
    place.until(lambda: place.assembly.panel.facts is not None)
    button = place.assembly.panel.header.door
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    door = the_door(place)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert list(place.assembly.doors.values()) == [door]
    QTest.keyClick(door.parts.field, Qt.Key.Key_Escape)
    assert place.assembly.doors == {}
    place.assembly.open_session(place.centre.ready)
    place.until(lambda: not button.isVisible())


def test_the_menu_offers_the_door_where_there_is_one(place: Workplace) -> None:
    done: list[str] = []
    for session, offered in ((place.centre.taught, True), (place.centre.ready, False)):
        menu = session_menu(place.window, [place.card(session)], done.append, Possible(frozenset()))
        words = [action for action in menu.actions() if action.text().startswith("Check-in at the door")]
        assert bool(words) is offered
        for action in words:
            action.trigger()
    assert done == ["door"]


def test_doors_close_with_the_window(place: Workplace) -> None:
    place.assembly.open_door(place.centre.taught)
    door = the_door(place)
    looking = door.pulse
    place.window.close()
    assert (place.assembly.doors, looking.timer.isActive()) == ({}, False)


def test_undo_in_the_window_takes_the_last_badge_back(place: Workplace) -> None:
    place.assembly.open_door(place.centre.taught)
    door = the_door(place)
    door.toggle(door.model.people[0])
    place.until(lambda: door.parts.gauge.figure.words == "1")
    place.window.activateWindow()
    place.qtbot.waitUntil(place.window.isActiveWindow)
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: door.parts.gauge.figure.words == "0")


def test_the_code_of_a_session_opens_its_check_in_instead(place: Workplace) -> None:
    """The code at the head of a sign-in sheet; a person whose number reads the same is still let in."""
    taught, ready = place.centre.taught, place.centre.ready
    refs = {session: place.card(session).ref for session in (taught, ready)}
    place.assembly.open_door(taught)
    door = the_door(place)

    def scan(code: str) -> str:
        before = the_door(place).parts.verdict.verdict
        QTest.keyClicks(the_door(place).parts.field, code)
        QTest.keyClick(the_door(place).parts.field, Qt.Key.Key_Return)
        place.until(lambda: the_door(place).parts.verdict.verdict not in (before, None))
        return the_door(place).parts.verdict.head.text()

    assert scan(refs[taught]) == "Lockout–Tagout – this is its check-in"
    assert scan(refs[ready]) == "Fire Warden – no check-in"
    assert "draft" in door.parts.verdict.note.text()
    place.store.write("Schedule", publish, ready)
    QTest.keyClick(door.parts.field, Qt.Key.Key_F3)
    assert scan(refs[ready]) == "Check-in for Fire Warden"
    assert list(place.assembly.doors) == [ready]
    there = the_door(place)
    assert "Wed 8 Jul · 10:00–11:00 · Training Room B" in there.parts.verdict.note.text()
    assert there.parts.go.isChecked(), "badges go on to be taken as before"
    QTest.keyClick(there.parts.field, Qt.Key.Key_F2)
    with prepared(place.store) as db:
        make_person(db, "Ref Erence", employee_no=refs[taught])
    assert scan(refs[taught]) == "Ref Erence – welcome"
    assert list(place.assembly.doors) == [ready]
