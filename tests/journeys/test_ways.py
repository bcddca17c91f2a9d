"""Through the years: to any day by its name, and from an empty range to the nearest that has something."""

import datetime as dt

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.conftest import CTRL, Workplace
from tests.views.accessibility import audit
from trainer_desk.views.parts.day_chooser import DayChooser
from trainer_desk.views.schedule.ranges import View


def test_a_day_that_is_typed_is_gone_to(place: Workplace) -> None:
    place.key(Qt.Key.Key_G, CTRL)
    (chooser,) = place.page.bar.title.findChildren(DayChooser)
    place.until(chooser.isVisible)
    assert audit(chooser) == []
    QTest.keyClicks(chooser.field, "the day after")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert "is not a day" in chooser.problem.text()
    chooser.field.setText("21 Jul 2014")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    place.until(lambda: place.page.bar.title.words() == "21–27 Jul 2014")


def test_a_click_on_the_range_opens_the_days(place: Workplace) -> None:
    place.press(place.page.bar.title)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, DayChooser)
    popup.month.day_chosen.emit(dt.date(2026, 12, 24))
    place.until(lambda: place.page.bar.title.words() == "21–27 Dec 2026")


def test_the_day_view_shows_the_day_that_was_gone_to(place: Workplace) -> None:
    place.page.go_to(dt.date(2014, 7, 23))
    place.settled()
    place.page.show_view(View.DAY)
    assert place.page.shown_range.first == dt.date(2014, 7, 23)


def test_an_empty_range_shows_the_way_to_the_nearest_sessions(place: Workplace) -> None:
    place.page.go_to(dt.date(2031, 1, 1))
    hint = place.assembly.ways.hint
    place.until(lambda: len(hint.state.buttons) == 3)
    assert hint.isVisible()
    assert audit(place.window) == []
    place.until(lambda: all(button.width() >= button.sizeHint().width() for button in hint.state.buttons))
    assert hint.height() >= hint.sizeHint().height()
    assert [button.words() for button in hint.state.buttons] == [
        *("New session", "Copy last week", "Show Wed 8 Jul 2026")
    ]
    place.press(hint.state.buttons[2])
    place.until(lambda: place.centre.ready in place.page.source.cards)
    assert not hint.isVisible()


def test_the_list_says_it_itself(place: Workplace) -> None:
    place.page.show_view(View.LIST)
    place.page.go_to(dt.date(2031, 1, 1))
    place.settled()
    assert not place.assembly.ways.hint.isVisible()


def test_a_session_of_the_list_of_all_is_shown_in_the_calendar(place: Workplace) -> None:
    place.page.go_to(dt.date(2014, 7, 21))
    place.press(place.window.sidebar.items["sessions"])
    sessions = place.assembly.sessions
    place.until(lambda: sessions.table.model.rowCount() == 2)
    sessions.table.select_ids([place.centre.taught])
    sessions.table.context_menu_requested.emit(place.centre.taught, QPoint(200, 200))
    (show,) = [act for act in sessions.findChildren(QAction) if act.text() == "Show in the calendar"]
    show.trigger()
    place.until(lambda: place.page.selected() == [place.centre.taught])
    assert (place.window.page, place.page.view) == ("schedule", View.WEEK)
    assert place.focus is place.canvas


def test_the_small_month_turns_by_wheel_and_by_years(place: Workplace) -> None:
    month = place.window.sidebar.month
    month.grid.setFocus()
    place.key(Qt.Key.Key_PageDown, CTRL)
    assert month.grid.month == dt.date(2027, 7, 1)
    middle, nothing = QPointF(60, 60), Qt.MouseButton.NoButton
    up = QPoint(0, 120)
    turn = QWheelEvent(middle, middle, QPoint(), up, nothing, CTRL, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(month.grid, turn)
    assert month.grid.month == dt.date(2026, 7, 1)
