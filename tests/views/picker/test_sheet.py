"""The picker with real keys and clicks on a real database: order, search, choice, capacity, adding, refusals."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_compliance,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    prepared,
)
from tests.views.accessibility import audit
from tests.views.picker.rooms import NON_COMPLIANT, Room, chosen, press, rest, shown, type_in
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.rules.compliance import GREEN, RED
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.theme import Look


def current(sheet: PickerSheet) -> str:
    row = sheet.model.row_at(sheet.list.currentIndex().row())
    return row.name if isinstance(row, Candidate) else ""


def click(sheet: PickerSheet, row: int, x: int = 300) -> None:
    index = sheet.model.index(row)
    sheet.list.scrollTo(index)
    rect = sheet.list.visualRect(index)
    place = QPoint(x, rect.center().y())
    QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_four_groups_stand_in_order_with_full_counts(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    rows = shown(sheet)
    assert rows[:11] == [
        *("-- 1", "Red A", "Red B", "Red C", "Marek Expired", "Fatima Hart"),
        *("-- 2", "Petra Pending", "-- 3", "Eva Soon", "-- 4"),
    ]
    assert sheet.model.counts == {1: 5, 2: 1, 3: 1, 4: 80}
    assert sheet.subtitle.whole() == "Lockout–Tagout · Tue 24 Nov · 13:30–16:30 · Training Room A"
    assert sheet.foot_part.meter.figure == "12/20"
    assert not sheet.foot_part.add.isEnabled()
    assert sheet.search.hasFocus()
    assert current(sheet) == "Red A"


def test_thirteen_people_over_the_venues_capacity_with_keys_alone(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    for _ in range(13):
        press(sheet, Qt.Key.Key_Return)
        press(sheet, Qt.Key.Key_Down)
    foot = sheet.foot_part
    assert foot.venue.isVisible()
    assert foot.venue.sentence.text() == "Venue Capacity Exceeded (25/20)."
    assert foot.venue.remark.text() == "You can still add everyone."
    assert not foot.full.isVisible()
    assert foot.add.isEnabled()
    assert foot.add.text() == "Add 13 people"
    assert foot.meter.figure == "25/20"
    assert len(sheet.chips.buttons) == 4
    assert sheet.search.hasFocus()
    with qtbot.waitSignal(sheet.added) as added, qtbot.waitSignal(sheet.closed):
        press(sheet, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert [outcome.outcome for outcome in added.args[0].outcomes] == ["enrolled"] * 13
    rest(qtbot, room.desk)
    seats = room.store.read(load_seats, room.session)
    assert len(seats) == 25
    assert {seat.enrolled_by for seat in seats} == {"supervisor", "marta"}


def test_the_same_with_the_mouse_alone(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    qtbot.waitUntil(lambda: sheet.model.counts is not None)
    click(sheet, 0)
    for row in (*(row for row in range(7, 17) if isinstance(sheet.model.row_at(row), Candidate)),):
        click(sheet, row)
    assert len(sheet.model.chosen) == 5 + 8
    assert sheet.foot_part.venue.sentence.text() == "Venue Capacity Exceeded (25/20)."
    with qtbot.waitSignal(sheet.added) as added:
        QTest.mouseClick(sheet.foot_part.add, Qt.MouseButton.LeftButton)
    assert len(added.args[0].outcomes) == 13


def test_search_narrows_the_list_and_the_counts_and_keeps_the_choice(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    press(sheet, Qt.Key.Key_Return)
    type_in(qtbot, room, sheet, "MA")
    assert shown(sheet) == ["-- 1", "Marek Expired", "Fatima Hart"]
    assert sheet.model.counts == {1: 2, 2: 0, 3: 0, 4: 0}
    press(sheet, Qt.Key.Key_Down)
    press(sheet, Qt.Key.Key_Return)
    assert chosen(sheet) == ["Red A", "Fatima Hart"]
    type_in(qtbot, room, sheet, "lab")
    assert sheet.search.text() == "lab"
    assert shown(sheet) == ["-- 2", "Petra Pending", "-- 3", "Eva Soon"]
    assert chosen(sheet) == ["Red A", "Fatima Hart"]


def test_enter_typed_ahead_of_the_answer_takes_the_person_searched(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    QTest.keyClicks(sheet.search, "eva")
    press(sheet, Qt.Key.Key_Return)
    assert chosen(sheet) == []
    qtbot.waitUntil(lambda: chosen(sheet) == ["Eva Soon"])


def test_nobody_found_says_so_and_offers_the_way_back(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    type_in(qtbot, room, sheet, "<b>nobody")
    assert sheet.choosing.stack.currentWidget() is sheet.choosing.empty
    assert sheet.choosing.empty.sentence() == "No one matches “<b>nobody”."
    [clear] = sheet.choosing.empty.buttons
    assert clear.words() == "Clear search"
    press(sheet, Qt.Key.Key_Return)
    assert chosen(sheet) == []
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    rest(qtbot, room.desk, sheet)
    assert sheet.choosing.stack.currentWidget() is sheet.list
    assert sheet.window().focusWidget() is sheet.search, "also where another window is the active one by now"


def test_scrolling_and_walking_down_bring_further_pages(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    loaded = sheet.model.rowCount()
    assert loaded < 87
    for _ in range(30):
        press(sheet, Qt.Key.Key_PageDown)
        rest(qtbot, room.desk, sheet)
    assert sheet.model.rowCount() == 87 + 4
    assert current(sheet) == "Green 80"
    for _ in range(30):
        press(sheet, Qt.Key.Key_PageUp)
    assert current(sheet) == "Red A"


def test_a_header_stays_on_top_and_never_covers_the_current_person(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    for _ in range(20):
        press(sheet, Qt.Key.Key_Down)
    pinned = sheet.list.pinned()
    assert pinned is not None
    assert pinned[1] == GREEN
    for _ in range(8):
        press(sheet, Qt.Key.Key_Up)
        pinned = sheet.list.pinned()
        assert pinned is not None
        assert sheet.list.visualRect(sheet.list.currentIndex()).top() >= pinned[0].bottom()


def test_select_all_takes_the_whole_group_also_what_is_not_loaded(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    header = shown(sheet).index("-- 4")
    click(sheet, header)
    qtbot.waitUntil(lambda: len(sheet.model.chosen) == 80)
    assert sheet.foot_part.add.text() == "Add 80 people"
    click(sheet, 0)
    assert len(sheet.model.chosen) == 85
    assert sheet.model.select_text(RED) == "Clear all 5"
    click(sheet, 0)
    assert len(sheet.model.chosen) == 80
    click(sheet, header)
    qtbot.waitUntil(lambda: not sheet.model.chosen)


def test_select_all_by_keys(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(sheet, Qt.Key.Key_A, held=both)
    assert set(chosen(sheet)) == {"Red A", "Red B", "Red C", "Marek Expired", "Fatima Hart"}


def test_a_chip_takes_its_person_out(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    press(sheet, Qt.Key.Key_Return)
    press(sheet, Qt.Key.Key_Down)
    press(sheet, Qt.Key.Key_Return)
    QTest.mouseClick(sheet.chips.buttons[0], Qt.MouseButton.LeftButton)
    assert chosen(sheet) == ["Red B"]
    assert sheet.search.hasFocus()


def test_filters_narrow_by_what_people_have(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    QTest.mouseClick(sheet.funnel, Qt.MouseButton.LeftButton)
    rest(qtbot, room.desk, sheet)
    menu = sheet.filters.departments.menu()
    assert [action.text() for action in menu.actions()] == ["Drilling", "Lab", "Logistics", "Maintenance", "Warehouse"]
    menu.popup(QPoint(0, 0))
    place = menu.actionGeometry(menu.actions()[1]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert menu.isVisible()
    menu.close()
    rest(qtbot, room.desk, sheet)
    assert shown(sheet) == ["-- 2", "Petra Pending", "-- 3", "Eva Soon"]
    assert sheet.filters.departments.words() == "Department: Lab"
    QTest.mouseClick(sheet.funnel, Qt.MouseButton.LeftButton)
    rest(qtbot, room.desk, sheet)
    assert sheet.model.counts == {1: 5, 2: 1, 3: 1, 4: 80}


def test_a_full_session_says_who_will_not_fit_and_keeps_them(qtbot: QtBot, room: Room) -> None:
    with prepared(room.store) as db:
        session = make_scheduled(db, course=room.course, starts_at=at("2026-11-25 09:00"), capacity=2)
    sheet = room.open(qtbot, session)
    for _ in range(3):
        press(sheet, Qt.Key.Key_Return)
        press(sheet, Qt.Key.Key_Down)
    assert sheet.foot_part.full.sentence.text() == "Session Full (2/2)."
    assert sheet.foot_part.full.remark.text() == "1 person will not fit; the first 2 chosen will."
    assert sheet.foot_part.add.isEnabled()
    with qtbot.waitSignal(sheet.added) as added:
        QTest.mouseClick(sheet.foot_part.add, Qt.MouseButton.LeftButton)
    assert [outcome.outcome for outcome in added.args[0].outcomes] == ["enrolled", "enrolled", "refused"]
    rest(qtbot, room.desk, sheet)
    assert sheet.isVisible()
    assert chosen(sheet) == ["Red C"]
    assert sheet.report.heading.text() == "2 people added, 1 refused."
    assert [line.partition(": ")[2] for line in sheet.report.lines()] == [
        "Enrolled.", "Enrolled.", "Session Full (2/2).",
    ]  # fmt: skip
    assert sheet.report.list.hasFocus()
    QTest.mouseClick(sheet.foot_part.back, Qt.MouseButton.LeftButton)
    rest(qtbot, room.desk, sheet)
    assert sheet.search.hasFocus()
    assert chosen(sheet) == ["Red C"]
    assert "Red A" not in shown(sheet)


def test_a_session_cancelled_meanwhile_is_refused_in_words(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    press(sheet, Qt.Key.Key_Return)
    room.store.write("Cancel", cancel, room.session, "Storm")
    press(sheet, Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(sheet.foot_part.trouble.isVisible)
    assert "cancelled" in sheet.foot_part.trouble.sentence.text()
    assert chosen(sheet) == ["Red A"]
    assert sheet.foot_part.add.isEnabled()


def test_what_others_do_appears_without_losing_the_place(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    for _ in range(3):
        press(sheet, Qt.Key.Key_Down)
    [marek] = [person for person in map(sheet.model.row_at, range(9)) if getattr(person, "name", "") == "Red B"]
    assert isinstance(marek, Candidate)
    with qtbot.waitSignal(room.desk.changed):
        room.desk.write(room.window, "Elsewhere", enroll, room.session, [marek.person_id])
    qtbot.waitUntil(lambda: "Red B" not in shown(sheet))
    rest(qtbot, room.desk, sheet)
    assert current(sheet) == "Marek Expired"
    assert sheet.foot_part.meter.figure == "13/20"


def test_an_undated_draft_says_that_people_are_judged_today(qtbot: QtBot, room: Room) -> None:
    with prepared(room.store) as db:
        draft = make_draft(db, course=room.course)
    sheet = room.open(qtbot, draft)
    assert sheet.subtitle.whole() == "Lockout–Tagout · no date yet: judged as of today, 20 Nov 2026"


def test_escape_and_cancel_close_without_adding(qtbot: QtBot, room: Room) -> None:
    leave: list[Callable[[PickerSheet], None]] = [
        lambda sheet: press(sheet, Qt.Key.Key_Escape),
        lambda sheet: QTest.mouseClick(sheet.foot_part.cancel, Qt.MouseButton.LeftButton),
    ]
    for go in leave:
        sheet = room.open(qtbot)
        press(sheet, Qt.Key.Key_Return)
        with qtbot.waitSignal(sheet.closed):
            go(sheet)
    assert len(room.store.read(load_seats, room.session)) == 12


def test_who_withdrew_comes_back_with_a_note(qtbot: QtBot, room: Room) -> None:
    with prepared(room.store) as db:
        person = make_person(db, "Aaron Again")
        make_compliance(db, person, room.course, NON_COMPLIANT)
        make_enrollment(db, room.session, person, EnrollmentState.WITHDRAWN)
    sheet = room.open(qtbot)
    assert sheet.model.index(1).data() == (
        f"Aaron Again, Not compliant, Never trained, {_number(sheet)}, Withdrew before, not chosen"
    )


def test_everything_has_a_name_for_screen_readers(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    press(sheet, Qt.Key.Key_Return)
    QTest.mouseClick(sheet.funnel, Qt.MouseButton.LeftButton)
    rest(qtbot, room.desk, sheet)
    assert audit(room.window) == []
    interface = QAccessible.queryAccessibleInterface(sheet.list)
    assert interface.text(QAccessible.Text.Name) == "Suggested people"
    header, person = (interface.child(row).text(QAccessible.Text.Name) for row in (0, 1))
    assert header == "Not compliant, 5 people, Select all 5"
    assert person.startswith("Red A, Not compliant, Never trained, Drilling, ")
    assert person.endswith(", chosen")


def test_tab_stays_inside_and_the_list_is_no_stop(qtbot: QtBot, room: Room) -> None:
    sheet = room.open(qtbot)
    stops: set[QWidget] = set()
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        stops.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert all(sheet.isAncestorOf(stop) for stop in stops)
    assert sheet.list not in stops
    assert {sheet.search, sheet.foot_part.cancel} <= stops


def _number(sheet: PickerSheet) -> str:
    person = sheet.model.row_at(1)
    assert isinstance(person, Candidate)
    return person.employee_no


def test_at_large_text_no_chip_is_cut(qtbot: QtBot, room: Room, plain_look: Look) -> None:
    plain_look.choose(percent=150)
    sheet = room.open(qtbot)
    for _ in range(6):
        press(sheet, Qt.Key.Key_Return)
        press(sheet, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: sheet.chips.buttons[0].width() > 0)
    buttons = sheet.chips.buttons
    assert 1 <= len(buttons) <= 4
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
