"""From the calendar to the sheet and back, for supervisors and for the trainer of the session (A1, A2)."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import make_account, prepared
from tests.journeys.conftest import CTRL, NOW, Centre, Workplace
from trainer_desk.models.enums import Attendance, Role, SessionStatus
from trainer_desk.services.accounts import logins
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store
from trainer_desk.views.attendance.view import AttendanceView
from trainer_desk.views.schedule.possible import Possible
from trainer_desk.views.schedule.session_menu import session_menu

LEFT = Qt.MouseButton.LeftButton


def the_sheet(place: Workplace) -> AttendanceView:
    """Return the one sheet that is open, once it knows its people."""
    place.until(lambda: place.assembly.attendance.views)
    [view] = place.assembly.attendance.views.values()
    place.until(lambda: view.sheet is not None or not view.parts.notice.isHidden())
    return view


def marks(place: Workplace, session: int) -> list[Attendance]:
    return [seat.attendance for seat in place.store.read(load_seats, session)]


def test_the_key_opens_the_sheet_and_undo_in_the_window_takes_a_mark_back(place: Workplace) -> None:
    taught = place.centre.taught
    place.click_session(taught)
    place.key(Qt.Key.Key_E)
    view = the_sheet(place)
    assert (view.isWindow(), view.parts.title.whole()) == (True, "Lockout–Tagout")
    assert view.parts.subtitle.whole().startswith("Tue 7 Jul · 09:00–12:00 · Training Room A · John Smith")
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        QTest.keyClick(view.parts.people, key)
    place.until(lambda: not view.is_saving)
    assert marks(place, taught) == [Attendance.ATTENDED, Attendance.NO_SHOW]
    place.window.activateWindow()
    place.qtbot.waitUntil(place.window.isActiveWindow)
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: marks(place, taught) == [Attendance.ATTENDED, Attendance.REGISTERED])
    place.until(lambda: [line.mark.attendance for line in view.model.lines][1] is Attendance.REGISTERED)


def test_the_panel_opens_the_same_sheet_again_and_it_closes_with_the_window(place: Workplace) -> None:
    place.assembly.open_session(place.centre.taught)
    place.until(lambda: place.assembly.panel.facts is not None)
    button = place.assembly.panel.header.attendance
    place.until(button.isVisible)
    QTest.mouseClick(button, LEFT)
    view = the_sheet(place)
    QTest.mouseClick(button, LEFT)
    assert list(place.assembly.attendance.views.values()) == [view]
    QTest.keyClick(view.parts.people, Qt.Key.Key_Escape)
    assert place.assembly.attendance.views == {}
    QTest.mouseClick(button, LEFT)
    the_sheet(place)
    place.window.close()
    assert place.assembly.attendance.views == {}


def test_the_menu_offers_the_sheet_where_people_are_marked(place: Workplace) -> None:
    done: list[str] = []
    for session, offered in ((place.centre.taught, True), (place.centre.ready, False)):
        can = Possible(plans=True, enrols=True, checks_in=True, moves=frozenset())
        menu = session_menu(place.window, [place.card(session)], done.append, can)
        words = [action for action in menu.actions() if action.text().startswith("Take attendance")]
        assert bool(words) is offered
        for action in words:
            action.trigger()
    assert done == ["attendance"]


@pytest.fixture
def trainer(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> Workplace:
    """Give John's window; he teaches Lockout–Tagout."""
    with prepared(store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=centre.john, actor="boss", now=NOW)
    return Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")


def test_a_trainer_takes_attendance_starts_and_completes(trainer: Workplace) -> None:
    """From My day to a completed session, with a mark taken back and a remark on the way."""
    page, taught = trainer.assembly.my_day.page, trainer.centre.taught
    trainer.until(lambda: page.my_day is not None)
    QTest.mouseClick(page.next.attendance, LEFT)
    view = the_sheet(trainer)
    QTest.mouseClick(view.parts.start, LEFT)
    trainer.until(lambda: trainer.card(taught).status is SessionStatus.IN_PROGRESS)
    trainer.until(lambda: not view.parts.start.isVisible())
    QTest.keyClick(view.parts.people, Qt.Key.Key_3)
    trainer.until(view.parts.undo.isEnabled)
    QTest.mouseClick(view.parts.undo, LEFT)
    trainer.until(lambda: marks(trainer, taught)[0] is Attendance.REGISTERED)
    QTest.mouseClick(view.parts.all, LEFT)
    QTest.mouseClick(view.parts.complete, LEFT)
    trainer.until(lambda: trainer.card(taught).status is SessionStatus.COMPLETED)
    assert marks(trainer, taught) == [Attendance.ATTENDED, Attendance.ATTENDED]
    trainer.close()


def test_another_trainer_sees_no_names(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> None:
    with prepared(store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=centre.aisha, actor="boss", now=NOW)
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
    place.assembly.schedule.source.reload()
    place.until(lambda: place.assembly.schedule.source.directory is not None)
    place.assembly.open_attendance(centre.taught)
    view = the_sheet(place)
    assert view.sheet is None
    assert "sessions that you teach" in view.parts.notice.label.text()
    place.close()
