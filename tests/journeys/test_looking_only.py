"""Whoever may not plan has no planner's gestures: nothing to draw, drag, press or add, and nothing changes (V1, U2)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import prepared
from tests.journeys.conftest import Workplace
from tests.journeys.test_rights import become
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.schedule.ranges import View

ROLE_TOLD = "An administrator gave you another role here: trainer. The window shows what it may do."
"""What was said last before anything was tried."""


def all_cards(place: Workplace) -> object:
    """Give everything that could change in the weeks around."""
    page = place.page
    first, last = page.shown_range.bounds(page.source.directory.settings.zone)  # type: ignore[union-attr]
    board = place.store.read(load_board, first, last)
    return board.sessions, board.undated


@pytest.fixture
def looker(place: Workplace) -> Workplace:
    """Give the window of a trainer, at the calendar."""
    become(place, Role.TRAINER)
    place.window.go_to_page("schedule")
    place.until(lambda: place.toast == ROLE_TOLD)
    return place


def test_a_trainer_neither_drags_nor_draws_nor_resizes(looker: Workplace) -> None:
    before = all_cards(looker)
    looker.drag_session(looker.centre.taught, "2026-07-09 14:00")
    looker.drag_on_grid(looker.grid("2026-07-10 10:00"), looker.grid("2026-07-10 12:00"))
    looker.settled()
    assert not looker.page.courses.isVisible()
    assert looker.week.gestures.drag is None
    assert all_cards(looker) == before
    assert looker.toast == ROLE_TOLD


def test_a_planner_still_does(place: Workplace) -> None:
    place.drag_session(place.centre.taught, "2026-07-09 14:00")
    place.until(lambda: "Thu 9 Jul" in place.toast)


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_A, Qt.Key.Key_Delete, Qt.Key.Key_G])
def test_no_key_of_a_planner_acts(looker: Workplace, key: Qt.Key) -> None:
    before = all_cards(looker)
    looker.click_session(looker.centre.taught)
    looker.key(key)
    looker.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    looker.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    looker.settled()
    assert not looker.page.courses.isVisible()
    assert not looker.window.findChildren(PickerSheet)
    assert looker.week.gestures.drag is None
    assert (all_cards(looker), looker.toast) == (before, ROLE_TOLD)


def test_drafts_stay_in_the_tray(looker: Workplace) -> None:
    cards = looker.page.tray.cards
    looker.window.panel.open("tray")
    looker.settled()
    before = all_cards(looker)
    box = cards.visualRect(cards.model().index(0, 0))
    QTest.mousePress(cards.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    QTest.mouseMove(cards.viewport(), box.center() + type(box.center())(-300, 40))
    assert not cards.is_dragging
    QTest.mouseRelease(cards.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert looker.page.tray.add.isHidden()
    assert all_cards(looker) == before


def test_buttons_for_several_sessions_leave_what_changes_nothing(looker: Workplace) -> None:
    looker.click_session(looker.centre.taught)
    looker.click_session(looker.centre.ready, Qt.KeyboardModifier.ControlModifier)
    foot = looker.page.foot
    assert foot.isVisible()
    assert [name for name, button in foot.buttons.items() if button.isVisible()] == ["export_roster"]


def test_a_list_is_not_edited_and_the_trash_not_emptied(looker: Workplace) -> None:
    looker.page.show_view(View.LIST)
    looker.settled()
    looker.page.editing.edit(looker.centre.taught, "trainer")
    assert looker.page.editing.editor is None
    looker.window.go_to_page("sessions")
    sessions = looker.assembly.sessions
    sessions.show_shelf(Shelf.CANCELLED)
    looker.settled()
    sessions.act("remove", [looker.centre.ready])
    sessions.show_shelf(Shelf.DRAFTS)
    looker.settled()
    assert looker.card(looker.centre.ready).status == "DRAFT"


def test_a_requester_has_neither_drafts_nor_findings_at_the_edge(place: Workplace) -> None:
    become(place, Role.REQUESTER)
    status = place.window.status
    assert (status.findings.isVisible(), status.panel.isVisible()) == (False, False)
    place.window.toggle_panel()
    assert place.window.panel.current == ""
    place.assembly.open_session(place.centre.taught)
    assert (place.window.page, place.window.panel.current) == ("my_schedule", "")
    place.window.finding_wanted.emit(1)
    assert place.window.page == "my_schedule"


def test_a_role_that_is_raised_has_it_all_again(looker: Workplace) -> None:
    become_again(looker, Role.SUPERVISOR)
    assert looker.page.bar.new.isVisible()
    looker.window.go_to_page("schedule")
    looker.drag_session(looker.centre.taught, "2026-07-09 14:00")
    looker.until(lambda: "Thu 9 Jul" in looker.toast)


def become_again(place: Workplace, role: Role) -> None:
    """Have the administrator elsewhere give another role once more."""
    with prepared(place.store) as db:
        logins.add(db, place.store.actor, role, actor="boss", now=place.store.clock.now())
    place.assembly.standing.ask()
    place.until(lambda: place.desk.role is role)
