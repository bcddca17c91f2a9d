"""The attendance sheet with real taps and keys, down to the rows of the database (A2, A4, A7, ux 9)."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.views.accessibility import audit
from tests.views.attendance.conftest import Room
from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.orchestration import attending
from trainer_desk.services.people.contacts import set_contact
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.views.attendance.person_sheet import PersonSheet
from trainer_desk.views.attendance.places import BARE, RESULT, ROW, SEGMENT, places
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.theme import Look

REGISTERED, ATTENDED, NO_SHOW = Attendance.REGISTERED, Attendance.ATTENDED, Attendance.NO_SHOW
LEFT = Qt.MouseButton.LeftButton


def figures(room: Room) -> list[str]:
    return [figure.number.text() for figure in room.view.parts.figures]


def person_sheet(room: Room) -> PersonSheet:
    return room.view.findChildren(PersonSheet)[-1]


def test_a_tap_marks_at_once_and_a_second_tap_takes_it_back(room: Room) -> None:
    room.open()
    room.tap("Carlos Dias", ATTENDED)
    assert room.shown()[2] == "attended"
    assert figures(room) == ["1", "0", "5"]
    room.rest()
    assert room.stored("Carlos Dias") == Mark(ATTENDED)
    room.tap("Carlos Dias", NO_SHOW)
    room.tap("Carlos Dias", NO_SHOW)
    room.rest()
    assert room.stored("Carlos Dias") == Mark()
    assert figures(room) == ["0", "0", "6"]


def test_keys_mark_and_go_down_and_letters_jump(room: Room) -> None:
    view = room.open()
    room.keys(Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)
    assert room.shown() == ["attended", "no_show", "attended", "registered", "registered", "registered"]
    QTest.keyClicks(view.parts.people, "nai")
    assert view.parts.people.currentIndex().data() == "Carlos Nair"
    room.keys(Qt.Key.Key_5, Qt.Key.Key_Up, Qt.Key.Key_2)
    room.rest()
    assert room.stored("Carlos Dias") == Mark(ATTENDED, result=Result.PASSED)
    assert room.stored("Carlos Nair") == Mark(ATTENDED, result=Result.FAILED)
    QTest.keyClicks(view.parts.people, "fem")
    room.keys(Qt.Key.Key_2, Qt.Key.Key_1)
    room.rest()
    assert room.stored("Femke Kumar") == Mark(ATTENDED)


def test_all_attended_fills_the_unmarked_in_one_step(room: Room) -> None:
    view = room.open()
    room.tap("Bruno Ivanov", NO_SHOW)
    QTest.mouseClick(view.parts.all, LEFT)
    room.rest()
    assert room.shown() == ["attended", "no_show", "attended", "attended", "attended", "attended"]
    assert not view.parts.all.isEnabled()
    assert view.parts.foot.text() == "Everybody is marked. Saved as you go."
    room.until(view.parts.undo.isEnabled)
    QTest.mouseClick(view.parts.undo, LEFT)
    room.until(lambda: figures(room) == ["0", "1", "5"])
    assert room.notice == "Undone: Mark all attended in Lockout–Tagout"
    room.until(view.parts.undo.isEnabled)
    room.keys(Qt.Key.Key_Up)
    QTest.keyClick(view.parts.people, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.until(lambda: figures(room) == ["0", "0", "6"])
    room.until(lambda: not view.parts.undo.isEnabled())


def test_undo_takes_back_nothing_that_was_done_elsewhere(room: Room) -> None:
    room.store.write("Elsewhere", attending.mark, room.session, room.people["Elena Lind"], attendance=ATTENDED)
    view = room.open()
    assert not view.parts.undo.isEnabled()
    room.tap("Amara Orlov", ATTENDED)
    room.until(view.parts.undo.isEnabled)
    QTest.mouseClick(view.parts.undo, LEFT)
    room.until(lambda: room.stored("Amara Orlov") == Mark())
    room.until(lambda: room.notice.startswith("Undone"))
    assert not view.parts.undo.isEnabled()
    view.retracing.undo()
    room.until(lambda: True)
    assert room.stored("Elena Lind").attendance is ATTENDED


def test_remark_with_chips_result_and_score(room: Room) -> None:
    room.open()
    room.keys(Qt.Key.Key_Down, Qt.Key.Key_F2)
    sheet = person_sheet(room)
    assert sheet.remark.hasFocus()
    QTest.mouseClick(sheet.chips[0], LEFT)
    QTest.mouseClick(sheet.results[Result.PASSED], LEFT)
    sheet.score.setText("a lot")
    QTest.keyClick(sheet.score, Qt.Key.Key_Return)
    assert "whole number" in sheet.trouble.text()
    sheet.score.setText("1001")
    QTest.mouseClick(sheet.go, LEFT)
    assert "out of range" in sheet.trouble.text()
    sheet.score.setText("87")
    QTest.keyClick(sheet.score, Qt.Key.Key_Return)
    room.rest()
    assert room.stored("Bruno Ivanov") == Mark(ATTENDED, "Left early", Result.PASSED, 87)


def test_the_emergency_contact_is_shown_on_demand(room: Room) -> None:
    room.store.write("Set", set_contact, room.people["Amara Orlov"], "Kim", "555 1")
    room.open()
    room.keys(Qt.Key.Key_Return)
    contact = person_sheet(room).contact
    room.until(contact.isVisible)
    assert not contact.words.isVisible()
    QTest.mouseClick(contact.show_button, LEFT)
    room.until(lambda: contact.words.text() == "Kim · 555 1")


def test_who_waits_and_comes_is_seated_by_one_tap(room: Room) -> None:
    room.open()
    room.tap("Grace Hart", ATTENDED)
    room.until(lambda: len(room.shown()) == 7)
    assert room.stored("Grace Hart") == Mark(ATTENDED)
    room.until(room.view.parts.undo.isEnabled)
    QTest.mouseClick(room.view.parts.undo, LEFT)
    room.until(lambda: len(room.shown()) == 6)


def test_a_walk_in_comes_through_the_picker_and_is_marked(room: Room) -> None:
    from tests.factories import make_person, prepared  # noqa: PLC0415

    with prepared(room.store) as db:
        room.people["Walter Inn"] = make_person(db, "Walter Inn", employee_no="W1")
    view = room.open()
    QTest.mouseClick(view.parts.walk_in, LEFT)
    picker = view.findChildren(PickerSheet)[-1]
    assert not picker.foot_part.next_date.isVisible()
    QTest.keyClicks(picker.search, "walter inn")
    room.until(lambda: picker.is_settled and picker.model.rowCount() > 0)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    room.until(lambda: picker.model.chosen)
    QTest.keyClick(picker.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.until(lambda: len(room.shown()) == 7)
    assert room.stored("Walter Inn") == Mark(ATTENDED)


def test_completing_asks_about_those_who_are_not_marked(room: Room) -> None:
    view = room.open()
    for name in ("Amara Orlov", "Bruno Ivanov"):
        room.tap(name, ATTENDED)
    QTest.mouseClick(view.parts.complete, LEFT)
    room.until(lambda: view.ending.completing.question is not None)
    question = view.ending.completing.question
    assert question is not None
    assert question.windowTitle() == "4 people are not marked."
    QTest.mouseClick(question.back, LEFT)
    assert room.store.read(load_card, room.session).status is SessionStatus.IN_PROGRESS
    QTest.mouseClick(view.parts.complete, LEFT)
    room.until(lambda: view.ending.completing.question is not None)
    assert view.ending.completing.question is not None
    QTest.mouseClick(view.ending.completing.question.go, LEFT)
    room.until(lambda: not view.parts.complete.isVisible())
    assert room.store.read(load_card, room.session).status is SessionStatus.COMPLETED
    assert room.shown() == ["attended"] * 2 + ["no_show"] * 4


def test_a_completed_session_is_corrected_but_nobody_unmarked(room: Room) -> None:
    view = room.open()
    view.mark_all()
    QTest.mouseClick(view.parts.complete, LEFT)
    room.until(lambda: not view.parts.complete.isVisible())
    room.tap("Elena Lind", NO_SHOW)
    room.rest()
    assert room.stored("Elena Lind") == Mark(NO_SHOW)
    room.tap("Elena Lind", REGISTERED)
    assert "everybody stays marked" in room.notice
    room.rest()
    assert room.stored("Elena Lind") == Mark(NO_SHOW)


def test_somebody_elses_mark_shows_by_itself(room: Room) -> None:
    room.open()
    room.another_marks("Elena Lind", ATTENDED)
    room.view.reload()
    room.until(lambda: room.shown()[4] == "attended")


# ---- room and size -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("percent", [100, 125])
def test_fingers_hit_and_names_have_room(percent: int) -> None:
    """At 1024 pixels, the smallest window, and with large text."""
    from PySide6.QtCore import QRectF  # noqa: PLC0415

    def px(length: float) -> int:
        return round(length * percent / 100)

    for results in (False, True):
        where = places(QRectF(0, 0, 1004, px(ROW)), px, results=results)
        assert all(box.width() == px(SEGMENT[0]) and box.height() == px(SEGMENT[1]) for box in where.answers)
        assert where.words.width() >= px(150)
        boxes = [where.words, *where.results, *where.answers]
        assert all(one.right() <= other.left() + 0.5 for one, other in pairwise(boxes))
        assert min(box.width() for box in (*where.answers, *where.results)) >= 44
    assert places(QRectF(0, 0, 1404, px(ROW)), px, results=True).results[0].width() == px(RESULT[0])
    assert places(QRectF(0, 0, 760, px(ROW)), px, results=True).results[0].width() == px(BARE)


@pytest.mark.usefixtures("plain_look")
def test_large_text_and_back(room: Room, plain_look: Look) -> None:
    view = room.open()
    QTest.mouseClick(view.parts.large, LEFT)
    assert plain_look.percent == 125
    room.tap("Femke Kumar", NO_SHOW)
    assert room.shown()[-1] == "no_show"
    view.close()
    assert plain_look.percent == 100


def test_every_part_has_a_name(room: Room) -> None:
    view = room.open()
    assert audit(view) == []
    model = view.model
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Amara Orlov, Not marked, P0, Lab"
