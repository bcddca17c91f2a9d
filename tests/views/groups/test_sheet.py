"""The sheet of groups with real keys and clicks, from the key to the row in the database (K10)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import at, make_course, make_enrollment, make_group, make_person, make_scheduled, prepared
from tests.views.accessibility import audit
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.services.seats.groups import assign, load_groups, remove_group
from trainer_desk.services.seats.groups import make_group as new_group
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk
from trainer_desk.views.groups.member_list import MemberList
from trainer_desk.views.groups.sheet import GroupsSheet
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.theme import Look

NAMES = ("Ann", "Bo", "Cy", "Di", "Eve", "<b>Fay</b>")
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@dataclass
class Room:
    """A window over a session with six confirmed people and somebody who waits; Red has two places, Blue any number."""

    qtbot: QtBot
    store: Store
    desk: Desk
    window: QWidget
    session: int
    people: dict[str, int]
    red: int
    blue: int
    crashes: list[str] = field(default_factory=list)

    def open(self) -> GroupsSheet:
        sheet = GroupsSheet(self.desk, self.session, self.store.read(load_directory), self.window)
        sheet.open()
        self.rest(sheet)
        return sheet

    def rest(self, sheet: GroupsSheet) -> None:
        """Wait until everything that was asked and saved is on show."""
        self.qtbot.waitUntil(lambda: sheet.facts is not None and not self.desk.is_busy)
        QApplication.processEvents()  # what came is laid out
        assert not self.crashes, self.crashes

    def key(self, sheet: GroupsSheet, *keys: Qt.Key) -> None:
        """Press keys where the focus is, and wait after each."""
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
            self.rest(sheet)

    def click(self, sheet: GroupsSheet, widget: QWidget) -> None:
        QTest.mouseClick(widget, LEFT)
        self.rest(sheet)

    def choose(self, people: MemberList, *names: str) -> None:
        """Click on people of a list, on the second and later ones with Ctrl."""
        held = Qt.KeyboardModifier.NoModifier
        for name in names:
            row = [person.name for person in people.members.people].index(name)
            where = people.visualRect(people.members.index(row)).center()
            QTest.mouseClick(people.viewport(), LEFT, held, where)
            held = Qt.KeyboardModifier.ControlModifier

    def stored(self) -> dict[str, list[str]]:
        """Give who is in which group, from the database."""
        names = {person: name for name, person in self.people.items()}
        found = self.store.read(load_groups, self.session)
        return {group.name: [names[person] for person in group.members] for group in found}


def shown(people: MemberList) -> list[str]:
    return [person.name for person in people.members.people]


def names_chosen(people: MemberList) -> list[str]:
    return [person.name for person in people.members.people if person.id in people.chosen_ids()]


@pytest.fixture
def room(qtbot: QtBot, sqlite_store: Store) -> Iterator[Room]:
    store = sqlite_store
    with prepared(store) as db:
        course = make_course(db, "FW", title="Fire Warden")
        session = make_scheduled(db, course=course, starts_at=at("2026-11-24 13:30"))
        people = {name: make_person(db, name, department="Press") for name in NAMES}
        for person in people.values():
            make_enrollment(db, session, person)
        make_enrollment(db, session, make_person(db, "Wes"), EnrollmentState.WAITLISTED)
        red, blue = make_group(db, session, "Red", capacity=2), make_group(db, session, "Blue")
    desk, window = Desk(store, "frank"), QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Room(qtbot, store, desk, window, session, people, red, blue)
    desk.crashed.connect(made.crashes.append)
    yield made
    desk.close()


def test_it_shows_the_groups_and_who_is_in_none(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Bo"], room.people["Ann"]])
    sheet = room.open()
    red, blue = sheet.columns.values()
    assert sheet.subtitle.whole() == "Fire Warden · Tue 24 Nov 2026 · 13:30–14:30 · 6 people, 4 without a group"
    assert (shown(sheet.rest.list), shown(red.list), shown(blue.list)) == (
        ["<b>Fay</b>", "Cy", "Di", "Eve"],
        ["Ann", "Bo"],
        [],
    )
    assert (red.meter.figure, red.fill.text(), blue.meter.figure, blue.fill.text()) == (
        "2/2",
        "Group full",
        "0",
        "No limit",
    )
    assert [column.key.text() for column in sheet.columns.values()] == ["1", "2"]


def test_digits_work_a_list_off(room: Room) -> None:
    sheet = room.open()
    assert names_chosen(sheet.rest.list) == ["<b>Fay</b>"]
    room.key(sheet, Key.Key_2, Key.Key_1, Key.Key_1, Key.Key_2)
    assert room.stored() == {"Red": ["Ann", "Bo"], "Blue": ["<b>Fay</b>", "Cy"]}
    assert names_chosen(sheet.rest.list) == ["Di"]
    assert sheet.rest.list.hasFocus()


def test_a_full_group_refuses_in_words_and_nobody_is_moved(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"]])
    sheet = room.open()
    room.choose(sheet.rest.list, "Bo", "Cy", "Di")
    room.key(sheet, Key.Key_1)
    assert sheet.notice.isVisible()
    assert sheet.notice.label.text() == "Group full (2/2). Cy and 1 more were not put into Red."
    assert room.stored() == {"Red": ["Ann", "Bo"], "Blue": []}
    assert names_chosen(sheet.rest.list) == ["Cy", "Di"]
    room.key(sheet, Key.Key_2)
    assert not sheet.notice.isVisible()
    assert room.stored()["Blue"] == ["Cy", "Di"]


def test_arrows_go_from_column_to_column_and_0_takes_out(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    red, blue = sheet.columns.values()
    room.key(sheet, Key.Key_Right)
    assert (names_chosen(red.list), names_chosen(sheet.rest.list)) == (["Ann"], [])
    room.key(sheet, Key.Key_0)
    assert room.stored()["Red"] == ["Bo"]
    room.key(sheet, Key.Key_Delete)
    assert room.stored()["Red"] == []
    assert "Ann" in shown(sheet.rest.list)
    room.key(sheet, Key.Key_Right)
    assert blue.list.hasFocus()
    room.key(sheet, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert sheet.rest.list.hasFocus()


def test_people_are_moved_from_group_to_group(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    room.choose(sheet.columns[room.red].list, "Ann", "Bo")
    room.key(sheet, Key.Key_2)
    assert room.stored() == {"Red": [], "Blue": ["Ann", "Bo"]}


def test_a_number_without_a_group_says_so(room: Room) -> None:
    sheet = room.open()
    room.key(sheet, Key.Key_7)
    assert sheet.notice.label.text() == "There is no group 7."
    assert room.stored() == {"Red": [], "Blue": []}


def menu_of(sheet: GroupsSheet) -> Menu:
    return next(menu for menu in sheet.findChildren(Menu) if menu.isVisible())


def test_the_menu_puts_people_into_a_group_by_mouse(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    assert not sheet.out.isEnabled()
    room.choose(sheet.rest.list, "Cy", "Eve")
    assert sheet.chosen.text() == "2 people chosen"
    QTest.mouseClick(sheet.put, LEFT)
    menu = menu_of(sheet)
    assert [(action.text(), action.isEnabled()) for action in menu.actions()] == [
        ("Red — Group full\t1", False),
        ("Blue — No limit\t2", True),
    ]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[1]).center())
    room.rest(sheet)
    assert room.stored()["Blue"] == ["Cy", "Eve"]
    room.choose(sheet.columns[room.blue].list, "Eve")
    room.click(sheet, sheet.out)
    assert room.stored()["Blue"] == ["Cy"]


def test_enter_and_the_menu_key_open_the_menu_and_escape_closes_only_that(room: Room) -> None:
    sheet = room.open()
    QTest.keyClick(sheet.rest.list, Key.Key_Return)
    menu = menu_of(sheet)
    QTest.keyClick(menu, Key.Key_Escape)
    assert sheet.isVisible()
    QTest.keyClick(sheet.rest.list, Key.Key_Return)
    menu = menu_of(sheet)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    room.rest(sheet)
    assert room.stored()["Blue"] == ["<b>Fay</b>"]


def test_spreading_tells_who_is_left_and_can_be_undone(room: Room) -> None:
    sheet = room.open()
    room.click(sheet, sheet.even)
    assert room.stored() == {"Red": ["<b>Fay</b>", "Bo"], "Blue": ["Ann", "Cy", "Di", "Eve"]}
    assert sheet.notice.label.text() == "6 people were put into groups."
    assert not sheet.even.isEnabled()
    room.click(sheet, sheet.notice.buttons[0])
    assert room.stored() == {"Red": [], "Blue": []}
    assert not sheet.notice.isVisible()


def test_undo_goes_away_once_it_would_take_back_something_else(room: Room) -> None:
    sheet = room.open()
    room.click(sheet, sheet.even)
    assert sheet.notice.isVisible()
    room.click(sheet, sheet.new.save)
    assert not sheet.notice.isVisible()


def test_who_is_left_over_is_told(room: Room) -> None:
    room.store.write("Gone", remove_group, room.blue)
    sheet = room.open()
    room.click(sheet, sheet.even)
    said = "2 people were put into groups. 4 people are left over. Group full (2/2)."
    assert sheet.notice.label.text() == said
    assert len(shown(sheet.rest.list)) == 4


def test_who_are_in_groups_already_are_left_there(room: Room) -> None:
    """Another workstation was quicker: there is nothing to undo here."""
    sheet = room.open()
    room.store.write("Other", assign, room.blue, list(room.people.values()))
    room.click(sheet, sheet.even)
    assert sheet.notice.label.text() == "Everybody is in a group."
    assert not sheet.notice.buttons


def test_without_groups_it_begins_with_making_one(room: Room) -> None:
    for group in (room.red, room.blue):
        room.store.write("Gone", remove_group, group)
    sheet = room.open()
    assert sheet.hint.isVisible()
    assert (sheet.new.name.selectedText(), sheet.new.name.hasFocus()) == ("Group 1", True)
    room.key(sheet, Key.Key_Return)
    assert not sheet.hint.isVisible()
    assert list(room.stored()) == ["Group 1"]


def test_a_group_is_made_by_keys_alone_and_the_next_is_proposed(room: Room) -> None:
    sheet = room.open()
    form = sheet.new
    assert form.name.text() == "Group 3"
    form.name.setFocus()
    form.name.selectAll()
    QTest.keyClicks(form.name, "Green")
    form.places.setFocus()
    QTest.keyClicks(form.places, "4")
    room.key(sheet, Key.Key_Return)
    assert [(group.name, group.capacity) for group in room.store.read(load_groups, room.session)][-1] == ("Green", 4)
    assert (form.name.text(), form.name.selectedText(), form.name.hasFocus()) == ("Group 4", "Group 4", True)
    room.key(sheet, Key.Key_Return)
    assert [column.name.whole() for column in sheet.columns.values()] == ["Red", "Blue", "Green", "Group 4"]


@pytest.mark.parametrize(
    ("name", "places", "wrong", "said"),
    [
        ("", "4", "name", "The name is empty. Fill it in."),
        ("red", "", "name", 'There is a group "red" already. Choose another one.'),
        ("Green", "few", "places", 'The capacity "few" is not a whole number. Write digits only.'),
        ("Green", "0", "places", "The capacity cannot be 0. Leave it empty for no limit, or set at least 1."),
    ],
)
def test_a_group_that_cannot_be_made_says_why(room: Room, name: str, places: str, wrong: str, said: str) -> None:
    sheet = room.open()
    sheet.new.name.setFocus()
    sheet.new.name.setText(name)
    sheet.new.places.setText(places)
    room.click(sheet, sheet.new.save)
    line = getattr(sheet.new, wrong)
    assert sheet.notice.label.text() == said
    assert line.property("invalid")
    assert line.hasFocus()
    assert list(room.stored()) == ["Red", "Blue"]


def test_a_group_is_renamed_and_resized_in_its_place(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    column = sheet.columns[room.red]
    room.click(sheet, column.pencil)
    assert (column.form.name.text(), column.form.places.text()) == ("Red", "2")
    assert column.form.name.hasFocus()
    column.form.places.setText("1")
    room.key(sheet, Key.Key_Return)
    assert sheet.notice.label.text() == "The capacity cannot be 1: 2 people are in Red. Take some out first, or set 2."
    assert column.form.places.hasFocus()
    QTest.keyClicks(column.form.places, "3")
    column.form.name.setFocus()
    column.form.name.selectAll()
    QTest.keyClicks(column.form.name, "Crimson")
    room.key(sheet, Key.Key_Return)
    assert column.form.isHidden()
    assert (column.name.whole(), column.meter.figure) == ("Crimson", "2/3")
    room.click(sheet, column.pencil)
    QTest.keyClicks(column.form.name, "x")
    room.key(sheet, Key.Key_Escape)
    assert sheet.isVisible()
    assert column.pencil.hasFocus()
    assert room.store.read(load_groups, room.session)[0].name == "Crimson"


def test_a_removed_group_comes_back_with_its_people(room: Room) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    room.click(sheet, sheet.columns[room.red].remove)
    assert sheet.notice.label.text() == "Red was removed. 2 people are without a group now."
    assert (list(sheet.columns), len(shown(sheet.rest.list))) == ([room.blue], 6)
    room.click(sheet, sheet.notice.buttons[0])
    assert list(sheet.columns) == [room.red, room.blue]
    assert shown(sheet.columns[room.red].list) == ["Ann", "Bo"]
    places = [sheet.columns[key].mapTo(sheet, QPoint()).x() for key in (room.red, room.blue)]
    assert places == sorted(places)


def test_what_others_do_is_shown_and_a_stale_list_is_refused(room: Room) -> None:
    """Another workstation takes the last place of Red: this one is told, and then shows it."""
    sheet = room.open()
    room.store.write("Other", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    assert shown(sheet.columns[room.red].list) == []
    room.choose(sheet.rest.list, "Cy")
    room.key(sheet, Key.Key_1)
    assert sheet.notice.label.text() == "Group full (2/2). Cy was not put into Red."
    assert shown(sheet.columns[room.red].list) == ["Ann", "Bo"]
    done = room.store.write("Other", new_group, room.session, "Green")
    room.desk.changed.emit(done.changes)
    room.rest(sheet)
    assert [column.name.whole() for column in sheet.columns.values()] == ["Red", "Blue", "Green"]


def test_a_group_that_went_meanwhile_is_told(room: Room) -> None:
    sheet = room.open()
    room.store.write("Other", remove_group, room.red)
    room.key(sheet, Key.Key_1)
    assert sheet.notice.label.text().startswith("There is no group")
    assert list(sheet.columns) == [room.blue]


def test_undo_of_the_window_shows_at_once(room: Room) -> None:
    sheet = room.open()
    room.key(sheet, Key.Key_2)
    room.desk.apply(sheet, undo_last)
    room.rest(sheet)
    assert len(shown(sheet.rest.list)) == 6


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED])
def test_the_groups_of_a_session_that_is_over_can_only_be_looked_at(room: Room, status: SessionStatus) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"]])
    room.store.write("Cancel", cancel, room.session, "Snow")
    sheet = room.open()
    assert sheet.notice.label.text() == "The session is cancelled; its groups stay as they are."
    assert not any(button.isEnabled() for button in (sheet.put, sheet.out, sheet.even))
    assert not sheet.new.isVisible()
    assert not sheet.columns[room.red].pencil.isVisible()
    room.key(sheet, Key.Key_1)
    assert room.stored() == {"Red": ["Ann"], "Blue": []}
    assert status


def test_everything_can_be_heard_and_reached(room: Room, plain_look: Look) -> None:
    room.store.write("Put", assign, room.red, [room.people["Ann"], room.people["Bo"]])
    sheet = room.open()
    room.click(sheet, sheet.columns[room.blue].pencil)
    room.click(sheet, sheet.even)
    assert audit(room.window) == []
    assert sheet.columns[room.red].list.accessibleName() == "Red, 2 people, Group full"
    model = sheet.columns[room.red].list.members
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Ann, Press · ")
    plain_look.choose("dark", 150)
    assert audit(room.window) == []


def test_tab_goes_through_the_columns_in_their_order(room: Room) -> None:
    room.store.write("Gone", remove_group, room.red, actor="frank")
    sheet = room.open()
    room.desk.apply(sheet, undo_last)
    room.rest(sheet)
    visited: list[QWidget] = []
    sheet.rest.list.setFocus()
    for _ in range(7):
        focus = QApplication.focusWidget()
        assert focus is not None
        visited.append(focus)
        QTest.keyClick(focus, Key.Key_Tab)
    red, blue = sheet.columns[room.red], sheet.columns[room.blue]
    assert visited == [sheet.rest.list, red.pencil, red.remove, red.list, blue.pencil, blue.remove, blue.list]


@pytest.mark.parametrize("percent", [100, 150])
def test_a_small_window_cuts_nothing_off(room: Room, plain_look: Look, percent: int) -> None:
    with prepared(room.store) as db:
        for name in ("Green", "Yellow", "An observers' group with a very long name indeed"):
            make_group(db, room.session, name)
    plain_look.choose("light", percent)
    room.window.resize(1024, 768)
    sheet = room.open()
    inside = sheet.frame.rect()
    for widget in (sheet.put, sheet.out, sheet.even, sheet.done, sheet.new.save, sheet.rest.list, sheet.title):
        assert inside.contains(widget.rect().translated(widget.mapTo(sheet.frame, QPoint())))
    last = list(sheet.columns.values())[-1]
    for _ in range(5):
        room.key(sheet, Key.Key_Right)
    assert last.list.hasFocus()
    assert sheet.board.viewport().rect().contains(last.mapTo(sheet.board.viewport(), QPoint(last.width() - 1, 5)))


def test_escape_closes_it(room: Room) -> None:
    sheet = room.open()
    with room.qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.rest.list, Key.Key_Escape)
