"""The timeline of equipment: dragging exchanges, adds and leaves out; lanes have a menu of absences (V1, C4)."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.factories import at, make_block, make_equipment, make_scheduled, prepared
from tests.journeys.conftest import CTRL, NOW, Workplace
from tests.views.schedule import pointer
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.absences import absences_of
from trainer_desk.views.absences.sheet import AbsenceSheet
from trainer_desk.views.schedule.lane_view import LaneView
from trainer_desk.views.schedule.ranges import View


@pytest.fixture
def pieces(place: Workplace) -> dict[str, int]:
    """Make two beamers and a ladder; the first beamer is taken along on Tuesday, 13:00 to 14:00."""
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        made = {name: make_equipment(db, name, name=name) for name in ("Beamer 1", "Beamer 2", "Ladder")}
        at_one = {"course": place.centre.fire, "trainer": place.centre.aisha, "venue": place.centre.room_b}
        start = at("2026-07-07 13:00")
        made["session"] = make_scheduled(db, starts_at=start, equipment=[made["Beamer 1"]], **at_one)
    place.page.source.reload(directory=True)
    place.settled()
    place.key(Qt.Key.Key_Q)
    place.until(lambda: place.page.view is View.EQUIPMENT and lanes(place).lanes.lanes)
    return made


def lanes(place: Workplace) -> LaneView:
    assert isinstance(place.canvas, LaneView)
    return place.canvas


def names(place: Workplace) -> list[str]:
    view = lanes(place)
    return [view.names()[lane.resource_id][0] if lane.resource_id else view.nobody() for lane in view.lanes.lanes]


def to_lane(place: Workplace, session: int, piece: int | None, x: int | None = None) -> None:
    """Drag a session straight onto another lane."""
    view = lanes(place)
    index = view.lanes.lane_of(piece)
    assert index is not None
    grip = pointer.centre(view, session)
    lane = view.lanes.lanes[index]
    y = round(lane.y + 12 + view.body().top() - view.offset().y())
    place.drag_on_grid(grip, QPoint(grip.x() if x is None else x, y))
    place.settled()


def test_lanes_are_the_pieces_with_what_takes_nothing_along_below(place: Workplace, pieces: dict[str, int]) -> None:
    assert names(place) == ["Beamer 1", "Beamer 2", "Ladder", "No equipment"]
    assert lanes(place).lane_text(pieces["Beamer 1"]) == "1 session"
    assert lanes(place).lane_text(pieces["Ladder"]) == "Not used"
    assert place.page.bar.segment.current == View.EQUIPMENT


def test_dragging_exchanges_adds_and_leaves_out(place: Workplace, pieces: dict[str, int]) -> None:
    session, first, second = pieces["session"], pieces["Beamer 1"], pieces["Beamer 2"]
    to_lane(place, session, second)
    place.until(lambda: place.card(session).equipment_ids == (second,))
    assert place.toast == "Equipment of Fire Warden: Beamer 2."
    to_lane(place, session, None)
    place.until(lambda: place.card(session).equipment_ids == ())
    to_lane(place, session, pieces["Ladder"])
    place.until(lambda: place.card(session).equipment_ids == (pieces["Ladder"],))
    for expected in ((), (second,), (first,)):
        place.key(Qt.Key.Key_Z, CTRL)
        place.until(lambda expected=expected: place.card(session).equipment_ids == expected)
    assert place.store.read(check_database) == []


def test_a_piece_in_repair_refuses_and_offers_its_like(place: Workplace, pieces: dict[str, int]) -> None:
    with prepared(place.store) as db:
        make_block(db, pieces["Ladder"], at("2026-07-07 00:00"), at("2026-07-08 00:00"), "Repair")
    place.page.source.reload()
    place.settled()
    to_lane(place, pieces["session"], pieces["Ladder"])
    assert "Ladder" in place.toast
    assert place.card(pieces["session"]).equipment_ids == (pieces["Beamer 1"],)


def test_a_piece_in_use_is_refused_and_one_click_takes_its_like(place: Workplace, pieces: dict[str, int]) -> None:
    with prepared(place.store) as db:
        third = make_equipment(db, "Beamer 3", name="Beamer 3")
        taken = {"course": place.centre.loto, "trainer": place.centre.john, "venue": place.centre.room_a}
        make_scheduled(db, starts_at=at("2026-07-07 13:00"), equipment=[pieces["Beamer 2"]], **taken)
    place.page.source.reload(directory=True)
    place.until(lambda: "Beamer 3" in names(place))
    to_lane(place, pieces["session"], pieces["Beamer 2"])
    assert "Beamer 2 is in use" in place.toast
    toast = place.window.toasts.current
    assert toast is not None
    assert toast.action is not None
    assert toast.action.words() == "Use Beamer 3"
    place.press(toast.action)
    place.until(lambda: place.card(pieces["session"]).equipment_ids == (third,))


def test_what_is_drawn_on_a_lane_takes_the_piece_along(place: Workplace, pieces: dict[str, int]) -> None:
    place.page.draw_session(at("2026-07-09 09:00"), at("2026-07-09 10:00"), pieces["Ladder"])
    place.page._take_course(place.centre.fire)
    place.until(lambda: any(card.equipment_ids == (pieces["Ladder"],) for card in place.page.source.cards.values()))


def menu_over(place: Workplace, point: QPoint) -> QMenu:
    view = lanes(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    place.until(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def test_the_menu_of_a_lane_enters_changes_and_takes_back(place: Workplace, pieces: dict[str, int]) -> None:
    assert pieces
    place.key(Qt.Key.Key_R)
    place.until(lambda: place.page.view is View.TRAINERS and place.settled() is None)
    john = place.centre.john
    spot = pointer.lane_place(lanes(place), john, 3, 8 * 60)
    menu = menu_over(place, spot)
    assert [action.text() for action in menu.actions()] == [
        "Ill today…",
        "Ill on Thu 9 Jul…",
        "Leave from Thu 9 Jul…",
    ]
    menu.actions()[2].trigger()
    menu.close()
    place.until(lambda: place.window.findChildren(AbsenceSheet))
    [sheet] = place.window.findChildren(AbsenceSheet)
    place.until(lambda: sheet.isVisible() and sheet.question.text())
    assert (sheet.title.text(), sheet.when.first.text()) == ("Leave of John Smith", "Thu 9 Jul 2026")
    place.press(sheet.go)
    place.until(lambda: place.page.source.board and place.page.source.board.blocks)
    menu = menu_over(place, spot)
    assert [action.text() for action in menu.actions() if action.text()][3:] == [
        "Change Leave, Thu 9 Jul 2026…",
        "Take back Leave, Thu 9 Jul 2026",
    ]
    menu.actions()[-1].trigger()
    menu.close()
    place.until(lambda: not place.store.read(absences_of, john))
    assert place.toast == "Took back leave of John Smith."
