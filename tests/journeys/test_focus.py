"""Where the focus is after clicks, moves and Esc, so that the keys go on working and none does harm."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.conftest import LEFT, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule.ranges import View


def test_letters_work_after_clicks_on_the_bar_and_in_the_sidebar(place: Workplace) -> None:
    place.press(place.page.bar.on)
    place.settled()
    place.key(Qt.Key.Key_R)
    place.until(lambda: place.page.view is View.TRAINERS)
    place.press(place.page.bar.segment.buttons[View.WEEK])
    place.settled()
    place.key(Qt.Key.Key_T)
    place.until(lambda: place.centre.taught in place.page.source.cards)
    place.press(place.window.sidebar.items["sessions"])
    place.press(place.window.sidebar.items["schedule"])
    place.key(Qt.Key.Key_V)
    place.until(lambda: place.page.view is View.VENUES)


def test_a_click_on_the_empty_grid_leaves_nothing_marked(place: Workplace) -> None:
    place.click_session(place.centre.taught)
    QTest.mouseClick(place.canvas.viewport(), LEFT, pos=place.grid("2026-07-10 11:00"))
    assert place.page.selected() == []
    assert place.canvas.selection.cursor is None


def test_scheduling_with_the_button_does_not_end_on_the_one_that_cancels(place: Workplace) -> None:
    place.click_session(place.centre.ready)
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None)
    panel.foot.buttons["publish"].setFocus()
    place.press(panel.foot.buttons["publish"])
    place.until(lambda: place.card(place.centre.ready).status is SessionStatus.SCHEDULED)
    assert place.focus is panel.form.people.add


def test_escape_closes_the_panel_and_goes_back_to_the_calendar(place: Workplace) -> None:
    place.click_session(place.centre.ready)
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None and panel.isAncestorOf(QApplication.focusWidget()))
    place.key(Qt.Key.Key_Escape)
    place.until(lambda: place.window.panel.current == "tray")
    assert place.focus is place.canvas


def test_escape_first_puts_back_what_is_being_typed(place: Workplace) -> None:
    place.page.new_session()
    place.type("fire")
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None and panel.isAncestorOf(QApplication.focusWidget()))
    panel.form.capacity.first_editor().setFocus()
    place.type("12")
    place.key(Qt.Key.Key_Escape)
    assert (place.window.panel.current, panel.form.capacity.is_being_edited) == ("session", False)
    place.key(Qt.Key.Key_Escape)
    place.until(lambda: place.window.panel.current == "tray")


def test_a_new_draft_is_not_told_at_once_what_it_lacks(place: Workplace) -> None:
    place.page.new_session()
    place.type("fire")
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None and panel.isAncestorOf(QApplication.focusWidget()))
    assert [panel.form.fields[group].verdict.verdict.text for group in ("when", "trainer", "venue")] == ["", "", ""]
    place.press(panel.foot.buttons["publish"])
    place.until(lambda: panel.form.fields["venue"].verdict.verdict.text)


def test_a_window_that_is_narrow_shows_the_page_again_after_escape(place: Workplace) -> None:
    place.window.resize(1100, 800)
    place.click_session(place.centre.ready)
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None and panel.isAncestorOf(QApplication.focusWidget()))
    place.key(Qt.Key.Key_Escape)
    place.until(lambda: place.window.panel.current == "")
    assert place.focus is place.canvas
