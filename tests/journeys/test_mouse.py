"""A week planned with the mouse: draw, move, resize, refuse, put back, and every one of them undone."""

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.factories import at
from tests.journeys.conftest import CTRL, LEFT, Workplace
from tests.views.schedule import pointer
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.views.bulk.sheet import BulkSheet


def test_drawing_on_the_grid_makes_a_draft_of_the_course_that_is_chosen(place: Workplace) -> None:
    known = set(place.page.source.cards)
    place.drag_on_grid(place.grid("2026-07-09 13:00"), place.grid("2026-07-09 14:30"))
    assert place.page.courses.isVisible()
    place.type("lo")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: set(place.page.source.cards) - known)
    (made,) = set(place.page.source.cards) - known
    card = place.card(made)
    assert (card.starts_at, card.ends_at) == (at("2026-07-09 13:00"), at("2026-07-09 14:30"))
    assert (card.course_id, card.status) == (place.centre.loto, SessionStatus.DRAFT)
    place.until(lambda: place.assembly.panel.session_id == made)
    assert made in place.canvas.laid.by_session


def test_a_scheduled_session_moves_and_undo_puts_it_back(place: Workplace) -> None:
    place.drag_session(place.centre.taught, "2026-07-09 13:00")
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-09 13:00"))
    assert "Lockout–Tagout moved to Thu 9 Jul" in place.toast
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    place.press(toast.action)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-07 09:00"))
    place.until(lambda: place.page.source.cards[place.centre.taught].starts_at == at("2026-07-07 09:00"))


def test_a_scheduled_session_dropped_on_a_clash_springs_back_and_names_it(place: Workplace) -> None:
    place.another_takes(place.centre.john, place.centre.room_b, "2026-07-10 10:00")
    place.page.source.reload()
    place.settled()
    place.drag_session(place.centre.taught, "2026-07-10 09:00")
    place.settled()
    assert "Lockout–Tagout was not moved. John Smith teaches Fire Warden 10:00–11:00." in place.toast
    assert "Free from 11:00." in place.toast
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    place.press(toast.action)
    place.until(lambda: place.assembly.slots.calendar.times.slots)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-10 11:00"))


def test_what_another_workstation_took_meanwhile_is_refused_by_the_database(place: Workplace) -> None:
    place.another_takes(place.centre.john, place.centre.room_b, "2026-07-10 09:00")
    place.drag_session(place.centre.taught, "2026-07-10 09:00")
    place.until(lambda: "was not moved" in place.toast)
    assert "John Smith teaches Fire Warden 09:00–10:00" in place.toast
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    assert place.canvas.shown is not None
    assert place.canvas.shown.cards[place.centre.taught].starts_at == at("2026-07-07 09:00")


def test_a_card_of_the_tray_is_dropped_on_the_week_and_a_block_on_the_tray(place: Workplace) -> None:
    cards = place.page.tray.cards
    grip = cards.visualRect(cards.cards.index(0)).center()
    target = cards.viewport().mapFromGlobal(place.canvas.viewport().mapToGlobal(place.grid("2026-07-08 14:00")))
    QTest.mousePress(cards.viewport(), LEFT, pointer.NONE, grip)
    for step in range(1, 6):
        QTest.mouseMove(cards.viewport(), grip + (target - grip) * step / 5)
    QTest.mouseRelease(cards.viewport(), LEFT, pointer.NONE, target)
    place.until(lambda: place.card(place.centre.undated).starts_at is not None)
    card = place.card(place.centre.undated)
    assert card.starts_at is not None
    assert card.ends_at is not None
    assert card.ends_at - card.starts_at == at("2026-07-08 15:00") - at("2026-07-08 14:00")
    place.until(lambda: place.page.tray.count.text() == "0")

    start = pointer.centre(place.canvas, place.centre.taught)
    over = place.canvas.viewport().mapFromGlobal(place.page.tray.mapToGlobal(QPoint(60, 300)))
    place.drag_on_grid(start, over)
    place.until(lambda: place.card(place.centre.taught).starts_at is None)
    assert place.card(place.centre.taught).status is SessionStatus.DRAFT
    place.until(lambda: place.page.tray.count.text() == "1")
    place.page.actions_of.undo()
    place.until(lambda: place.card(place.centre.taught).status is SessionStatus.SCHEDULED)


def test_ctrl_drag_copies_as_a_draft(place: Workplace) -> None:
    known = set(place.page.source.cards)
    place.drag_session(place.centre.taught, "2026-07-10 09:00", copy=True)
    place.until(lambda: set(place.page.source.cards) - known)
    (copy,) = set(place.page.source.cards) - known
    assert place.card(copy).status is SessionStatus.DRAFT
    assert place.card(copy).starts_at == at("2026-07-10 09:00")
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")


def test_several_are_chosen_and_scheduled_together_as_far_as_they_can(place: Workplace) -> None:
    place.click_session(place.centre.ready)
    place.click_session(place.centre.taught, CTRL)
    assert place.page.foot.isVisible()
    place.press(place.page.foot.buttons["schedule"])
    place.until(lambda: place.window.findChildren(BulkSheet))
    (sheet,) = place.window.findChildren(BulkSheet)
    place.until(sheet.go.isEnabled)
    place.press(sheet.go)
    place.until(lambda: place.card(place.centre.ready).status is SessionStatus.SCHEDULED)
    assert place.toast == "1 session scheduled. 1 stays as it was."


def test_another_week_and_back_and_the_small_month_jumps(place: Workplace) -> None:
    place.press(place.page.bar.on)
    place.until(
        lambda: place.page.source.board is not None and place.page.source.board.starts_at == at("2026-07-13 00:00")
    )
    assert place.page.bar.title.text() == "13–19 Jul 2026"
    place.press(place.page.bar.today)
    place.until(
        lambda: place.page.source.board is not None and place.page.source.board.starts_at == at("2026-07-06 00:00")
    )
    grid = place.window.sidebar.month.grid
    day = dt.date(2026, 7, 22)
    QTest.mouseClick(grid, LEFT, pointer.NONE, grid.cell(day).center().toPoint())
    place.until(
        lambda: place.page.source.board is not None and place.page.source.board.starts_at == at("2026-07-20 00:00")
    )


def test_a_block_dropped_on_a_day_of_the_small_month_keeps_its_time(place: Workplace) -> None:
    grid = place.window.sidebar.month.grid
    day = grid.cell(dt.date(2026, 7, 21)).center().toPoint()
    start = pointer.centre(place.canvas, place.centre.taught)
    place.drag_on_grid(start, place.canvas.viewport().mapFromGlobal(grid.mapToGlobal(day)))
    place.until(lambda: place.card(place.centre.taught).starts_at == at("2026-07-21 09:00"))
    assert grid.drop_day is None


def test_what_the_panel_finds_changed_elsewhere_shows_in_the_calendar_too(place: Workplace) -> None:
    place.click_session(place.centre.ready)
    place.key(Qt.Key.Key_Return)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None)
    later = {"starts_at": at("2026-07-08 14:00"), "ends_at": at("2026-07-08 15:00")}
    place.store.write("Moved elsewhere", edit_session, place.centre.ready, later, actor="marta")
    panel.form.notes.edit.setFocus()
    place.type("mine")
    place.canvas.setFocus()
    place.until(lambda: panel.form.notes.verdict.verdict.pending)
    assert place.page.source.cards[place.centre.ready].starts_at == later["starts_at"]
    panel.saver.discard()
