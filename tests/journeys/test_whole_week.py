"""From an undated draft to a scheduled session: once with the mouse alone, once with keys alone."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.factories import at
from tests.journeys.conftest import LEFT, Workplace
from tests.views.schedule import pointer
from trainer_desk.models.enums import SessionStatus
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.ranges import View


def lanes(place: Workplace) -> LaneView:
    canvas = place.canvas
    assert isinstance(canvas, LaneView)
    return canvas


def switch(place: Workplace, view: View) -> None:
    place.press(place.page.bar.segment.buttons[view])
    place.until(lambda: place.page.stack.currentWidget() is place.page.canvas)


def test_with_the_mouse_alone(place: Workplace) -> None:
    draft, centre = place.centre.undated, place.centre
    switch(place, View.TRAINERS)
    cards = place.page.tray.cards
    grip = cards.visualRect(cards.cards.index(0)).center()
    lane = pointer.lane_place(lanes(place), centre.aisha, 3, 9 * 60)
    target = cards.viewport().mapFromGlobal(lanes(place).viewport().mapToGlobal(lane + QPoint(1, 0)))
    QTest.mousePress(cards.viewport(), LEFT, pointer.NONE, grip)
    for step in range(1, 7):
        QTest.mouseMove(cards.viewport(), grip + (target - grip) * step / 6)
    QTest.mouseRelease(cards.viewport(), LEFT, pointer.NONE, target)
    place.until(lambda: place.card(draft).trainer_id == centre.aisha)
    assert place.card(draft).starts_at == at("2026-07-09 09:00")

    switch(place, View.VENUES)
    start = pointer.centre(lanes(place), draft)
    over = pointer.lane_place(lanes(place), centre.room_b, 3, 9 * 60)
    place.drag_on_grid(start, QPoint(start.x(), over.y()))
    place.until(lambda: place.card(draft).venue_id == centre.room_b)
    assert place.card(draft).starts_at == at("2026-07-09 09:00")

    point = pointer.centre(lanes(place), draft)
    QTest.mouseDClick(lanes(place).viewport(), LEFT, pointer.NONE, point)
    place.until(lambda: place.assembly.panel.facts is not None)
    buttons = place.assembly.panel.foot.findChildren(QAbstractButton)
    (schedule,) = [button for button in buttons if button.accessibleName() == "Schedule" and button.isVisible()]
    place.press(schedule)
    place.until(lambda: place.card(draft).status is SessionStatus.SCHEDULED)


def tab_to(place: Workplace, name: str) -> None:
    """Press Tab until the field of that name has the focus."""
    for _step in range(40):
        if place.focus.accessibleName() == name:
            return
        place.key(Qt.Key.Key_Tab)
    raise AssertionError(f"no Tab leads to {name}")


def test_with_keys_alone(place: Workplace) -> None:
    known = set(place.page.source.cards)
    place.key(Qt.Key.Key_N)
    place.type("fire")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: set(place.page.source.cards) - known)
    (draft,) = set(place.page.source.cards) - known
    place.until(lambda: place.assembly.panel.session_id == draft and place.assembly.panel.isAncestorOf(place.focus))
    for name, text in (("Day", "10 Jul 2026"), ("Start", "13:00"), ("End", "14:00")):
        tab_to(place, name)
        place.type(text)
        place.key(Qt.Key.Key_Tab)
    place.until(lambda: place.card(draft).ends_at == at("2026-07-10 14:00"))
    for name, text in (("Trainer", "Aisha"), ("Venue", "Room B")):
        tab_to(place, name)
        place.type(text)
        place.key(Qt.Key.Key_Down)
        place.key(Qt.Key.Key_Return)
        place.settled()
    place.until(lambda: place.card(draft).venue_id == place.centre.room_b)
    assert place.card(draft).trainer_id == place.centre.aisha
    tab_to(place, "Schedule")
    place.key(Qt.Key.Key_Space)
    place.until(lambda: place.card(draft).status is SessionStatus.SCHEDULED)
    assert place.card(draft).starts_at == at("2026-07-10 13:00")
