"""Seats in the panel: how full and why, who waits and why, and everything that is done with people and seats."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.factories import at, make_course, make_enrollment, make_hold, make_person, make_run, make_scheduled, prepared
from tests.views.accessibility import audit
from tests.views.session.conftest import Organisation, Stage
from tests.views.session.seats import Full, choose, fill, told
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning import drafts
from trainer_desk.views.groups.sheet import GroupsSheet
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.meter_paint import HELD, INSIDE, OFFERED
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.rehoming.sheet import RehomeSheet
from trainer_desk.views.session.dates_sheet import DatesSheet
from trainer_desk.views.session.hold_sheet import HoldSheet
from trainer_desk.views.session.people import PeopleSection
from trainer_desk.views.session.person_sheet import PersonSheet
from trainer_desk.views.theme import Look

S = TypeVar("S", bound=Sheet)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def full(organisation: Organisation) -> Full:
    return fill(organisation)


@pytest.fixture
def people(stage: Stage, full: Full) -> PeopleSection:
    """Open the full session."""
    stage.show(full.session)
    return stage.panel.form.people


def sheet_of(stage: Stage, kind: type[S]) -> S:
    found: S = stage.window.findChildren(kind)[-1]
    stage.qtbot.waitUntil(found.isVisible)
    if isinstance(found, PersonSheet):
        stage.qtbot.waitUntil(lambda: found.is_settled)
    stage.settle()
    return found


def until(stage: Stage, count: int) -> str:
    """Wait for so many toasts; give the last one."""
    stage.qtbot.waitUntil(lambda: len(stage.toasts) >= count)
    stage.settle()
    return stage.toasts[-1][0]


def test_it_is_told_how_full_it_is_and_why(people: PeopleSection) -> None:
    assert people.spots.text() == (
        "Session Full: 3 enrolled, 1 held (Acme, until Fri 14:05), 1 offered (Kim, until Fri 12:00), 2 waiting"
    )
    assert people.meter.figure == "5/5"
    assert [people.meter.amount(kind) for kind in (INSIDE, HELD, OFFERED)] == [3, 1, 1]
    assert people.meter.accessibleName() == "5 of 5 seats, 1 held, 1 offered"
    assert [key.words() for key in people.keys.values()] == ["3 enrolled", "1 held", "1 offered"]
    assert people.count.text() == "People 4"


def test_the_run_shows_its_own_limit(people: PeopleSection) -> None:
    assert people.run.text() == "Run July batch: 4 of 9 people"
    assert people.run_meter.isVisible()
    assert people.run_meter.accessibleName() == "4 of 9 seats"


def test_everybody_stands_in_the_part_where_they_belong(people: PeopleSection) -> None:
    assert told(people.seated)[0] == ("Kim", "Offered until Fri 12:00", "")
    assert [name for name, _words, _note in told(people.seated)] == ["Kim", "Ann", "Ben", "Eve"]
    assert told(people.waiting) == [
        ("Cy", "1st", "Busy in Fire Warden, Tue 09:00–10:00"),
        ("Dee", "2nd", ""),
    ]
    assert people.waiting.head.text() == "Waiting 2"
    assert not people.withdrawn.isVisible()


def test_the_details_say_who_did_what_when(people: PeopleSection) -> None:
    choose(people.seated, "Kim")
    assert "Seat offered by marta, Wed 1 Jul 2026 09:00" in people.seated.details.text()
    choose(people.waiting, "Dee")
    assert "Waiting since Wed 1 Jul 2026 10:00, supervisor" in people.waiting.details.text()
    assert people.seated.list.chosen() == []


def test_who_withdraws_gives_the_seat_to_the_next_who_can_come(stage: Stage, full: Full, people: PeopleSection) -> None:
    people.seated.list.setFocus()
    choose(people.seated, "Ann")
    QTest.keyClick(people.seated.list, Qt.Key.Key_Delete)
    assert until(stage, 1) == "Ann withdrawn from Confined Space Entry. Dee moved up from the waitlist."
    found = full.states()
    assert (found["Ann"], found["Dee"], found["Cy"]) == ("withdrawn", "confirmed", "waitlisted")
    assert told(people.waiting) == [("Cy", "1st", "Busy in Fire Warden, Tue 09:00–10:00")]
    assert people.withdrawn.head.text() == "Withdrawn 1"
    full.undo()
    found = full.states()
    assert (found["Ann"], found["Dee"]) == ("confirmed", "waitlisted")


def test_the_withdrawn_are_folded_and_can_be_added_again(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Ben")
    choose(people.waiting, "Cy")
    stage.press(people.waiting.button("withdraw"))
    assert until(stage, 1) == "Cy taken off the waitlist of Confined Space Entry."
    assert people.withdrawn.list.isHidden()
    stage.press(people.withdrawn.more)
    assert told(people.withdrawn) == [("Cy", "Withdrawn", "")]
    choose(people.withdrawn, "Cy")
    assert "Withdrawn by frank, Wed 1 Jul 2026 10:00" in people.withdrawn.details.text()
    stage.press(people.withdrawn.button("add_again"))
    assert until(stage, 2) == "Cy is on the waitlist, place 2."
    assert full.states()["Cy"] == "waitlisted"


def test_an_offer_is_accepted(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Kim")
    stage.press(people.seated.button("accept"))
    assert until(stage, 1) == "Kim accepted the seat in Confined Space Entry."
    assert full.states()["Kim"] == "confirmed"
    assert people.meter.accessibleName() == "5 of 5 seats, 1 held"


def test_an_offer_is_declined_with_a_key_and_goes_to_the_next(stage: Stage, full: Full, people: PeopleSection) -> None:
    people.seated.list.setFocus()
    choose(people.seated, "Kim")
    QTest.keyClick(people.seated.list, Qt.Key.Key_Delete)
    assert until(stage, 1) == "Kim declined the seat in Confined Space Entry. Dee moved up from the waitlist."
    assert full.states()["Kim"] == "withdrawn"
    stage.press(people.withdrawn.more)
    assert told(people.withdrawn) == [("Kim", "Offer declined", "")]


def test_where_seats_are_offered_it_is_said_so(stage: Stage, full: Full, people: PeopleSection) -> None:
    full.organisation.write(edit_session, full.session, {"waitlist": "offer"})
    stage.show(full.session)
    choose(people.seated, "Eve")
    stage.press(people.seated.button("withdraw"))
    assert until(stage, 1) == "Eve withdrawn from Confined Space Entry. Dee was offered a seat."
    assert full.states()["Dee"] == "offered"


def test_one_is_replaced_by_another_with_the_keys(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Ben")
    stage.press(people.seated.button("replace"))
    sheet = sheet_of(stage, PersonSheet)
    assert [row.name for row in sheet.list.lines.rows][:2] == ["Cy", "Dee"]
    QTest.keyClicks(sheet.search, "flo")
    QTest.keyClick(sheet.search, Qt.Key.Key_Return)
    assert until(stage, 1) == "Flo has the seat of Ben in Confined Space Entry."
    found = full.states()
    assert (found["Ben"], found["Flo"], found["Dee"]) == ("withdrawn", "confirmed", "waitlisted")
    full.undo()
    assert full.states()["Ben"] == "confirmed"


def test_who_cannot_take_the_seat_is_told_where_one_chose(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Ben")
    stage.press(people.seated.button("replace"))
    sheet = sheet_of(stage, PersonSheet)
    QTest.mouseClick(sheet.take, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(sheet.trouble.isVisible)
    assert sheet.trouble.sentence.text() == "Cy has a place in Fire Warden 09:00–10:00."
    assert full.states()["Ben"] == "confirmed"
    assert sheet.take.isEnabled()
    QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_one_is_moved_to_another_date(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Ben")
    stage.press(people.seated.button("move"))
    sheet = sheet_of(stage, DatesSheet)
    stage.qtbot.waitUntil(lambda: sheet.list.lines.rowCount() == 2)
    assert [(row.name, row.words) for row in sheet.list.lines.rows] == [
        ("Tue 14 Jul · 09:00–11:00", "2 spots left"),
        ("Tue 21 Jul · 09:00–11:00", "1 spot left"),
    ]
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert until(stage, 1) == "Ben moved to Tue 21 Jul · 09:00–11:00. Dee moved up from the waitlist."
    assert full.states()["Ben"] == "withdrawn"
    assert full.states(full.free) == {"Ben": "confirmed"}


def test_without_another_date_it_is_said_so(stage: Stage, full: Full, people: PeopleSection) -> None:
    with prepared(full.organisation.store) as db:
        for name in ("Gus", "Flo"):
            make_enrollment(db, full.later, full.people[name])
        make_enrollment(db, full.free, full.people["Gus"])
    choose(people.seated, "Ben")
    stage.press(people.seated.button("move"))
    sheet = sheet_of(stage, DatesSheet)
    stage.qtbot.waitUntil(sheet.empty.isVisible)
    assert sheet.empty.sentence() == "No other coming date of Confined Space Entry has a free place."
    assert not sheet.take.isEnabled()


def test_the_menu_offers_the_same_with_the_keys(stage: Stage, full: Full, people: PeopleSection) -> None:
    people.seated.list.setFocus()
    choose(people.seated, "Kim")
    QTest.keyClick(people.seated.list, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    assert [action.text() for action in menu.actions()] == [
        "Accept the offer", "Decline it", "Replace by…", "Move to another date…", "Open person",
    ]  # fmt: skip
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    until(stage, 1)
    assert full.states()["Kim"] == "confirmed"


def test_waitlist_and_order_are_saved_as_one_chooses(stage: Stage, full: Full, people: PeopleSection) -> None:
    form = stage.panel.form
    stage.choose(form.order.combo, "urgent")
    stage.choose(form.waitlist.combo, "Offer")
    row = full.organisation.row(full.session)
    assert (row.waitlist, row.waitlist_order) == ("offer", "urgent")
    assert stage.toasts[-1] == ("Changed the waitlist of Confined Space Entry.", True)
    assert [note for _name, _words, note in told(people.waiting)][1] == "Nothing on record"


def test_the_order_is_hidden_where_nobody_can_wait(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    assert stage.panel.form.waitlist.combo.currentText() == "Off"
    assert not stage.panel.form.order.isVisible()
    assert not stage.panel.form.run.isVisible()


def test_the_run_stays_while_people_have_a_seat(stage: Stage, full: Full, people: PeopleSection) -> None:
    run = stage.panel.form.run
    assert run.combo.currentText() == "July batch · JULY"
    assert not run.combo.isEnabled()
    assert run.reason.isVisible()
    assert run.reason.text() == "The run stays as it is while people have a seat: they count in it."


def test_a_session_without_people_takes_a_run_and_leaves_it(stage: Stage, full: Full) -> None:
    stage.show(full.free)
    run = stage.panel.form.run
    assert run.combo.isEnabled()
    assert not run.reason.isVisible()
    stage.choose(run.combo, "July")
    assert full.organisation.row(full.free).run_id == full.run
    assert stage.panel.form.people.run.text() == "Run July batch: 4 of 9 people"
    stage.retype(run.combo.lineEdit(), "")
    assert full.organisation.row(full.free).run_id is None


def test_seats_are_held_with_the_keys(stage: Stage, full: Full) -> None:
    stage.show(full.later)
    held = stage.panel.form.people.held
    held.hold.setFocus()
    QTest.keyClick(held.hold, Qt.Key.Key_Space)
    sheet = sheet_of(stage, HoldSheet)
    assert (sheet.day.text(), sheet.time.text()) == ("Fri 3 Jul 2026", "17:00")
    QTest.keyClicks(sheet.label, "Northern Rail")
    QTest.keyClick(sheet.label, Qt.Key.Key_Tab)
    QTest.keyClick(sheet.seats, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(sheet.seats, "2")
    QTest.keyClick(sheet.seats, Qt.Key.Key_Return)
    assert until(stage, 1) == "2 seats held for Northern Rail until Fri 17:00."
    assert full.holds()[1:] == [("Northern Rail", 2, None)]
    (row,) = held.rows
    assert (row.name.text(), row.text.text()) == (
        "Northern Rail · 2 seats",
        "until Fri 17:00 · by frank",
    )
    assert stage.panel.form.people.meter.accessibleName() == "2 of 2 seats, 2 held"


def test_a_hold_ends_when_it_was_typed_to_end(stage: Stage, full: Full) -> None:
    stage.show(full.later)
    stage.press(stage.panel.form.people.held.hold)
    sheet = sheet_of(stage, HoldSheet)
    QTest.keyClicks(sheet.label, "Acme")
    for field, text in ((sheet.day, "2 jul"), (sheet.time, "9:30")):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(field, text)
    QTest.keyClick(sheet.time, Qt.Key.Key_Return)
    assert until(stage, 1) == "1 seat held for Acme until Thu 09:30."


@pytest.mark.parametrize(
    ("seats", "label", "said"),
    [
        ("2", "Acme", "Not enough seats are free (0 of 2). Hold fewer, or raise the capacity."),
        ("0", "Acme", "The seats 0 is out of range. Set a number from 1 to 1000000."),
        ("two", "Acme", 'The seats "two" is not a whole number. Write digits only.'),
        ("1", "  ", "The label is missing. Fill it in."),
    ],
)
def test_what_cannot_be_held_is_told_in_the_sheet(
    stage: Stage, full: Full, people: PeopleSection, seats: str, label: str, said: str
) -> None:
    stage.press(people.held.hold)
    sheet = sheet_of(stage, HoldSheet)
    sheet.seats.setText(seats)
    sheet.label.setText(label)
    QTest.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    stage.qtbot.waitUntil(sheet.trouble.isVisible)
    assert sheet.trouble.sentence.text() == said
    assert full.holds() == [("Acme", 1, None)]
    assert sheet.go.isEnabled()
    stage.qtbot.waitUntil(lambda: sheet.frame.height() >= sheet.frame.sizeHint().height())


def test_released_seats_go_to_those_who_wait(stage: Stage, full: Full, people: PeopleSection) -> None:
    (row,) = people.held.rows
    assert (row.name.text(), row.text.text()) == ("Acme · 1 seat", "until Fri 14:05 · by supervisor")
    stage.press(row.release)
    assert until(stage, 1) == "1 seat held for Acme released. Dee moved up from the waitlist."
    assert full.holds() == [("Acme", 1, "released")]
    assert people.held.rows == []


def test_held_seats_are_filled_with_named_people(stage: Stage, full: Full) -> None:
    with prepared(full.organisation.store) as db:
        make_hold(db, full.later, 2, until_at=at("2026-07-03 14:05"), label="Northern Rail")
    stage.show(full.later)
    (row,) = stage.panel.form.people.held.rows
    stage.press(row.fill)
    sheet = sheet_of(stage, PersonSheet)
    for name in ("gus", "flo"):
        QTest.keyClick(sheet.search, Qt.Key.Key_A, CTRL)
        QTest.keyClicks(sheet.search, name)
        QTest.keyClick(sheet.search, Qt.Key.Key_Return)
        stage.qtbot.waitUntil(lambda: sheet.is_settled)
    assert sheet.take.words() == "Give them seats (2)"
    QTest.keyClick(sheet.search, Qt.Key.Key_Return, CTRL)
    assert until(stage, 1) == "Gus and Flo added."
    assert full.states(full.later) == {"Gus": "confirmed", "Flo": "confirmed"}
    assert full.holds()[-1][2] == "filled"


def test_held_seats_go_to_somebody_who_waits(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.waiting, "Dee")
    stage.press(people.waiting.button("fill"))
    assert until(stage, 1) == "Dee added."
    assert full.states()["Dee"] == "confirmed"


def test_what_would_happen_is_told_and_nothing_is_done(stage: Stage, full: Full, people: PeopleSection) -> None:
    stage.press(people.queue.look)
    stage.qtbot.waitUntil(people.queue.answer.isVisible)
    assert people.queue.answer.text() == (
        "Nobody would move up: no seat is free.\nCy would be passed over: Cy has a place in Fire Warden 09:00–10:00."
    )
    before = full.states()
    full.organisation.write(edit_session, full.session, {"waitlist": "off"})
    full.organisation.write(edit_session, full.session, {"capacity": 6})
    stage.panel.reload()
    stage.settle()
    assert not people.queue.answer.isVisible()
    stage.press(people.queue.look)
    stage.qtbot.waitUntil(people.queue.answer.isVisible)
    assert people.queue.answer.text().startswith("The waitlist is off, so nobody moves up.")
    assert full.states() == before
    assert stage.toasts == []


def test_a_look_ahead_changes_nothing_and_settling_does(stage: Stage, full: Full, people: PeopleSection) -> None:
    full.organisation.write(drafts.edit_session, full.session, {"capacity": 6})  # by itself it moves nobody
    stage.panel.reload()
    stage.settle()
    stage.press(people.queue.look)
    stage.qtbot.waitUntil(people.queue.answer.isVisible)
    assert people.queue.answer.text().splitlines()[0] == "Dee would move up."
    assert full.states()["Dee"] == "waitlisted"
    stage.press(people.queue.settle)
    assert until(stage, 1) == "Dee moved up from the waitlist."
    assert full.states()["Dee"] == "confirmed"


def test_more_seats_say_who_moved_up(stage: Stage, full: Full, people: PeopleSection) -> None:
    stage.retype(stage.panel.form.capacity.edit, "6")
    assert until(stage, 1) == "Changed the capacity of Confined Space Entry. Dee moved up from the waitlist."
    assert full.states()["Dee"] == "confirmed"
    full.undo()
    assert full.states()["Dee"] == "waitlisted"
    assert full.organisation.row(full.session).capacity == 5


def test_a_capacity_below_the_people_offers_its_ways_out(stage: Stage, full: Full, people: PeopleSection) -> None:
    stage.retype(stage.panel.form.capacity.edit, "3")
    words = [button.words() for button in stage.panel.form.capacity.verdict.buttons]
    ways = ["Set the capacity to 5", "Move the 2 newest to the head of the waitlist", "Another date for the 2 newest…"]
    assert words == [*ways, "Try again", "Put back"]
    stage.press(stage.link("capacity", words[1]))
    assert until(stage, 1) == (
        "Capacity of Confined Space Entry set to 3. The 2 newest people wait at the head of the queue."
    )
    found = full.states()
    assert [name for name, state in found.items() if state == "confirmed"] == ["Ann"]
    assert [name for name, _words, _note in told(people.waiting)] == ["Ben", "Eve", "Cy", "Dee"]
    assert stage.panel.form.capacity.edit.text() == "3"
    assert not stage.panel.saver.pending
    full.undo()
    assert full.states()["Eve"] == "confirmed"


def test_a_capacity_below_the_people_may_send_the_newest_to_another_date(
    stage: Stage, full: Full, people: PeopleSection
) -> None:
    stage.retype(stage.panel.form.capacity.edit, "3")
    stage.press(stage.link("capacity", "Another date for the 2 newest…"))
    sheet = stage.window.findChild(RehomeSheet)
    assert sheet is not None
    assert sheet.title.text() == "Another date for 2 people"
    stage.press(sheet.go)
    assert full.organisation.row(full.session).capacity == 3
    assert not stage.panel.saver.pending
    full.undo()
    assert full.organisation.row(full.session).capacity == 5


def test_an_offer_that_ended_is_over_although_nobody_swept(stage: Stage, full: Full) -> None:
    with prepared(full.organisation.store) as db:
        make_enrollment(db, full.later, full.people["Gus"], "offered", offer_until=at("2026-07-01 09:00"))
    stage.show(full.later)
    people = stage.panel.form.people
    assert people.spots.text() == "2 spots left"
    assert told(people.seated) == []
    stage.press(people.withdrawn.more)
    assert told(people.withdrawn) == [("Gus", "Offer ended", "")]


def test_the_groups_open_from_the_people(stage: Stage, full: Full, people: PeopleSection) -> None:
    stage.press(people.groups)
    assert sheet_of(stage, GroupsSheet).isVisible()


def test_tab_goes_from_the_list_to_what_can_be_done(stage: Stage, full: Full, people: PeopleSection) -> None:
    choose(people.seated, "Ben")
    stage.qtbot.waitUntil(lambda: people.seated.buttons[-1].isVisible())
    people.seated.list.setFocus()
    reached = []
    for _step in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == people.seated.buttons
    people.held.hold.setFocus()
    QTest.keyClick(people.held.hold, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is people.held.rows[0].fill


def test_coming_past_with_tab_chooses_nobody_and_the_first_key_only_chooses(
    stage: Stage, full: Full, people: PeopleSection
) -> None:
    people.seated.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert people.seated.list.people() == []
    QTest.keyClick(people.seated.list, Qt.Key.Key_Delete)
    stage.settle()
    assert [row.name for row in people.seated.list.people()] == ["Kim"]
    assert full.states()["Kim"] == "offered"
    QTest.keyClick(people.seated.list, Qt.Key.Key_Delete)
    until(stage, 1)
    assert full.states()["Kim"] == "withdrawn"


@pytest.mark.parametrize("percent", [90, 100, 150])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_nameless_or_clipped(
    stage: Stage, full: Full, people: PeopleSection, plain_look: Look, theme: str, percent: int
) -> None:
    plain_look.choose(theme, percent)
    stage.panel.setFixedWidth(plain_look.px(336))
    choose(people.waiting, "Cy")
    stage.press(people.queue.look)
    stage.qtbot.waitUntil(people.queue.answer.isVisible)
    form = stage.panel.form
    stage.qtbot.waitUntil(lambda: form.widget().minimumSizeHint().width() <= form.viewport().width())
    assert audit(stage.window) == []
    inside = [child for child in people.findChildren(QWidget) if child.isVisible()]
    assert [child for child in inside if right_edge(child, people) > people.width()] == []


def right_edge(child: QWidget, of: QWidget) -> int:
    return child.mapTo(of, QPoint(child.width(), 0)).x()


@pytest.mark.parametrize("verb", ["replace", "move", "hold"])
def test_the_sheets_have_names_too(stage: Stage, full: Full, people: PeopleSection, verb: str) -> None:
    if verb == "hold":
        stage.press(people.held.hold)
    else:
        choose(people.seated, "Ben")
        stage.press(people.seated.button(verb))
    sheet_of(stage, {"replace": PersonSheet, "move": DatesSheet, "hold": HoldSheet}[verb])
    assert audit(stage.window) == []


def test_who_waits_for_want_of_an_intake_gets_the_seat_once_it_is_on_file(stage: Stage, full: Full) -> None:
    with prepared(full.organisation.store) as db:
        course = make_course(db, requires_intake=True, title="Gas")
        session = make_scheduled(db, course=course, starts_at=at("2026-07-09 09:00"), capacity=2, waitlist="enrol")
        lacking = {"skip_code": "intake_missing"}
        make_enrollment(db, session, make_person(db, "Ivy"), EnrollmentState.WAITLISTED, **lacking)
        make_enrollment(db, session, full.people["Ann"], EnrollmentState.WAITLISTED)
    stage.show(session)
    people = stage.panel.form.people
    choose(people.waiting, "Ivy")
    stage.press(people.waiting.button("intake"))
    sheet = sheet_of(stage, IntakeSheet)
    stage.press(sheet.go)
    assert until(stage, 1) == "The intake of Ivy is on file."
    assert full.states(session)["Ivy"] == "confirmed"


def test_who_waits_for_want_of_the_run_gets_the_seat_once_they_are_on_it(stage: Stage, full: Full) -> None:
    with prepared(full.organisation.store) as db:
        course = make_course(db, title="Gas")
        run = make_run(db, course=course, name="July batch", members_only=True)
        plan = {"starts_at": at("2026-07-09 09:00"), "capacity": 2, "waitlist": "enrol", "run_id": run}
        session = make_scheduled(db, course=course, **plan)
        make_enrollment(db, session, make_person(db, "Ivy"), EnrollmentState.WAITLISTED, skip_code="not_on_run")
    stage.show(session)
    people = stage.panel.form.people
    choose(people.waiting, "Ivy")
    stage.press(people.waiting.button("put_on_run"))
    assert until(stage, 1) == "Ivy is on July batch now."
    assert full.states(session)["Ivy"] == "confirmed"
