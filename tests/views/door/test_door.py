"""The check-in at a door with real keys and taps, down to the rows of the database and back to the counter (K9)."""

import datetime as dt

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.factories import at, make_enrollment, make_person, make_scheduled, make_venue, prepared
from tests.views.accessibility import audit
from tests.views.door.conftest import NAMES, NOON, Door
from trainer_desk.models import Course, Presence, Session, Venue
from trainer_desk.models.enums import EnrollmentState, VenueKind, WaitlistMode
from trainer_desk.services.orchestration.door import come_in, go_out
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.planning.lifecycle import cancel
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.theme import Look

BY_PLANNERS = pytest.mark.parametrize("owners_store", ["file"], indirect=True)
"""For what a trainer does not do, or what needs a session that is nobody's own."""


def heads(door: Door) -> list[str]:
    """Give every answer so far, the newest first."""
    return [door.head, *(verdict.head for verdict in door.view.parts.earlier.verdicts)]


def shown(door: Door) -> list[str]:
    """Give the names in the list."""
    model = door.view.model
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def spoken(door: Door, name: str) -> str:
    """Give what a screen reader says for the row of a person."""
    model = door.view.model
    return str(model.data(model.index(shown(door).index(name)), Qt.ItemDataRole.AccessibleTextRole))


def test_a_burst_of_ten_badges_is_taken_whole_and_in_order(door: Door) -> None:
    door.open()
    numbers = [f"P{place:02}" for place in (3, 1, 0, 9, 8, 2, 11, 5, 7, 4)]
    door.scan(*numbers)
    assert door.view.parts.field.text() == ""
    door.rest()
    assert door.inside() == numbers
    assert (door.figure, door.view.parts.gauge.places.text()) == ("10 / 14", "4 places left")
    assert heads(door) == [f"{NAMES[int(number[1:])]} – welcome" for number in reversed(numbers)]
    door.until(lambda: door.view.parts.count.text() == "10 of 12 in")


@BY_PLANNERS
def test_nothing_is_lost_while_the_database_is_slow(door: Door) -> None:
    view = door.open()
    go_on = door.hold_up()
    door.scan("P01", "P02", "404", "P03")
    QTest.keyClicks(view.parts.field, "P0")
    assert [scan.employee_no for scan in view.scanner.waiting] == ["P01", "P02", "404", "P03"]
    door.qtbot.waitUntil(view.parts.work.isVisible)
    assert (view.parts.work.label.text(), view.parts.field.isEnabled(), door.figure) == ("Saving…", True, "0 / 14")
    assert view.model.is_saving(view.model.people[0]) is (view.model.people[0].employee_no in ("P01", "P02", "P03"))
    go_on()
    QTest.keyClicks(view.parts.field, "4")
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert door.inside() == ["P01", "P02", "P03", "P04"]
    assert "No such badge 404" in heads(door)
    door.until(lambda: not view.parts.work.isVisible())


def test_in_and_out_by_keys_and_buttons(door: Door) -> None:
    view = door.open()
    door.scan("P00", "P01")
    door.key(Qt.Key.Key_F3)
    assert (view.comes, view.parts.go.isChecked(), view.parts.field.hasFocus()) == (False, True, True)
    door.scan("P00", "P05", "P00")
    door.rest()
    assert heads(door)[:3] == [
        "Anna Keller – has left already",
        "Dmitri Silva – not checked in",
        "Anna Keller – goodbye",
    ]
    assert door.inside() == ["P01"]
    QTest.mouseClick(view.parts.come, Qt.MouseButton.LeftButton)
    assert (view.comes, view.parts.field.hasFocus()) == (True, True)
    door.scan("P00")
    door.rest()
    assert (door.inside(), door.figure) == (["P01", "P00"], "2 / 14")
    door.key(Qt.Key.Key_F2)
    assert view.comes


def test_a_name_narrows_the_list_and_enter_takes_the_only_match(door: Door) -> None:
    view = door.open()
    QTest.keyClicks(view.parts.field, "carlos")
    door.until(lambda: shown(door) == ["Carlos Dias", "Carlos Nair"])
    assert view.parts.count.text() == "2 matches"
    door.key(Qt.Key.Key_Return)
    assert (door.head, view.parts.field.text()) == ("2 people match “carlos”", "carlos")
    QTest.keyClicks(view.parts.field, "carlos na")  # what was typed is selected, so that typing goes on from there
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert (door.inside(), door.head, view.parts.field.text()) == (["P04"], "Carlos Nair – welcome", "")
    assert len(shown(door)) == len(NAMES)
    QTest.keyClicks(view.parts.field, "østerg")
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert door.inside() == ["P04", "P11"]


def test_arrows_walk_and_enter_lets_the_current_person_in_or_out(door: Door) -> None:
    view = door.open()
    QTest.keyClicks(view.parts.field, "an")
    door.key(Qt.Key.Key_Down)
    door.key(Qt.Key.Key_Down)
    current = view.parts.people.current()
    assert current is not None
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert door.inside() == [current.employee_no]
    door.until(lambda: view.model.numbered(current.employee_no).is_in)  # type: ignore[union-attr]
    QTest.keyClicks(view.parts.field, current.name)
    door.key(Qt.Key.Key_Up)
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert (door.inside(), door.head) == ([], f"{current.name} – goodbye")


def test_a_badge_that_is_scanned_after_walking_is_the_badge(door: Door) -> None:
    door.open()
    door.key(Qt.Key.Key_Down)
    door.scan("P07")
    door.rest()
    assert door.inside() == ["P07"]


def test_taps_toggle_whatever_the_badges_do(door: Door) -> None:
    view = door.open()
    door.key(Qt.Key.Key_F3)
    door.tap("Grace Hart")
    door.rest()
    door.until(lambda: view.model.numbered("P09").is_in)  # type: ignore[union-attr]
    assert (door.inside(), door.head) == (["P09"], "Grace Hart – welcome")
    go_on = door.hold_up()
    door.tap("Grace Hart")
    door.tap("Grace Hart")  # somebody who taps twice in a hurry does not come back in
    go_on()
    door.rest()
    assert (door.inside(), door.figure) == ([], "0 / 14")
    assert view.parts.field.hasFocus()


def test_a_walk_in_is_given_a_seat_and_an_unknown_badge_is_named(door: Door) -> None:
    view = door.open()
    door.scan("P20", "P20", "12345", "P2x")
    door.rest()
    parts = view.parts
    assert heads(door) == [
        "No such badge P2x", "No such badge 12345", "Walk In 20 – already in", "Walk In 20 – welcome",
    ]  # fmt: skip
    assert parts.earlier.verdicts[-1].note == "Not enrolled: seat given"
    assert parts.earlier.verdicts[1].note == "In the room since 13:20"
    assert (parts.verdict.property("tone"), parts.verdict.action.isVisible()) == ("danger", False)
    assert door.states() == {"confirmed": 13}
    door.until(lambda: "Walk In 20" in shown(door))


@pytest.mark.parametrize("text", ["   ", "'; DROP TABLE people", "\x00\x07", "<b>x</b>", "ß" * 400, "\ud83d\ude00 1"])
def test_whatever_is_typed_or_pasted_is_answered_and_changes_nothing(door: Door, text: str) -> None:
    view = door.open()
    view.parts.field.setText(text)
    door.key(Qt.Key.Key_Return)
    door.rest()
    assert (door.inside(), view.parts.field.text()) == ([], "")
    assert door.head == "Ready" or door.head.startswith("No such badge")
    assert view.parts.verdict.head.textFormat() is Qt.TextFormat.PlainText


def test_a_name_is_shown_as_it_is(door: Door) -> None:
    door.open()
    door.scan("P10")
    door.rest()
    assert door.head == "<b>Hugo</b> & Sons – welcome"


@BY_PLANNERS
def test_a_full_room_offers_the_waitlist(door: Door) -> None:
    door.clock.instant = at("2026-11-24 13:00")
    with prepared(door.store) as db:
        change = sa.update(Session).where(Session.id == door.session)
        db.execute(change.values(capacity=12, waitlist=WaitlistMode.ENROL, version=Session.version + 1))
        db.execute(sa.update(Venue).values(occupancy_limit=2))
    view = door.open()
    parts = view.parts
    door.scan("P00", "P01", "P02")
    door.rest()
    assert (door.head, parts.verdict.note.text()) == ("Room full (2/2)", "Bruno Ivanov")
    assert not parts.verdict.action.isVisible(), "who has a seat does not wait for one"
    assert (door.figure, parts.gauge.places.text()) == ("2 / 2", "Room full (2/2)")
    assert parts.gauge.places.property("tone") == "danger"
    door.scan("P20")
    door.rest()
    assert (door.head, parts.verdict.action.words()) == ("Room full (2/2)", "Join waitlist")
    assert door.states() == {"confirmed": 12}
    QTest.mouseClick(parts.verdict.action, Qt.MouseButton.LeftButton)
    door.rest()
    assert (door.head, parts.verdict.note.text()) == ("Walk In 20 – on the waitlist", "Place 1")
    assert door.states() == {"confirmed": 12, "waitlisted": 1}
    assert (parts.field.hasFocus(), parts.verdict.action.isVisible()) == (True, False)
    door.scan("P20")
    door.rest()
    assert not parts.verdict.action.isVisible(), "who waits already is not asked again"


@BY_PLANNERS
def test_who_lacks_the_intake_is_let_in_once_it_is_on_file(door: Door) -> None:
    with prepared(door.store) as db:
        db.execute(sa.update(Course.__table__).values(requires_intake=True, version=Course.version + 1))
    view = door.open()
    door.scan("P20")
    door.rest()
    assert (door.head, view.parts.verdict.action.words()) == ("Walk In 20 – not let in", "Record the intake…")
    QTest.mouseClick(view.parts.verdict.action, Qt.MouseButton.LeftButton)
    (sheet,) = view.findChildren(IntakeSheet)
    QTest.keyClick(sheet.note, Qt.Key.Key_Return)
    door.until(lambda: door.inside() == ["P20"])


def test_what_others_do_shows_when_the_room_is_looked_at_again(door: Door) -> None:
    view = door.open()
    come_in(door.store, "Elsewhere", door.session, "P06")
    view.reload()
    door.until(lambda: door.figure == "1 / 14")
    assert view.model.numbered("P06").is_in  # type: ignore[union-attr]
    go_out(door.store, "Elsewhere", door.session, "P06")
    view.reload()
    door.until(lambda: door.figure == "0 / 14")


@BY_PLANNERS
def test_a_session_that_is_cancelled_meanwhile_lets_nobody_in(door: Door) -> None:
    view = door.open()
    assert not view.parts.notice.isVisible()
    door.desk.write(view, "Cancel", cancel, door.session, "ill")
    door.until(view.parts.notice.isVisible)
    assert "is cancelled" in view.parts.notice.label.text()
    door.scan("P00")
    door.rest()
    assert (door.inside(), door.head) == ([], "Anna Keller – not let in")


@BY_PLANNERS
def test_a_session_in_the_trash_is_told(door: Door) -> None:
    view = door.open()
    door.desk.write(view, "Cancel", cancel, door.session, "ill")
    door.desk.write(view, "Delete", delete_session, door.session)
    door.until(lambda: "is in the trash" in view.parts.notice.label.text())
    [again] = view.parts.notice.buttons
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    door.until(view.parts.notice.isVisible)
    assert view.parts.field.hasFocus()


@BY_PLANNERS
def test_signs_of_life_are_given_for_who_came_in_here_until_the_window_is_closed(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, kind=VenueKind.VIRTUAL, presence_seconds=3, name="Online")
        session = make_scheduled(db, venue=venue, starts_at=at("2026-11-24 13:30"))
        for number in ("V1", "V2", "V3"):
            make_enrollment(db, session, make_person(db, employee_no=number))
    view = door.open(session)
    door.scan("V1", "V3")
    door.rest()
    come_in(door.store, "Elsewhere", session, "V2")
    go_out(door.store, "Elsewhere", session, "V3")
    door.clock.instant = NOON + dt.timedelta(seconds=2)
    lapses = sa.select(Presence.lapses_at).where(Presence.ended_at.is_(None)).order_by(Presence.id)
    due = [NOON + dt.timedelta(seconds=5), NOON + dt.timedelta(seconds=3)]
    door.qtbot.waitUntil(lambda: door.store.read(lambda db: list(db.execute(lapses).scalars())) == due)
    pulse = view.pulse
    view.close()
    assert (pulse.timer.isActive(), pulse.presences) == (False, set())


def test_a_room_needs_no_signs_of_life(door: Door) -> None:
    assert not door.open().pulse.timer.isActive()


@BY_PLANNERS
def test_presences_that_ran_out_leave_the_counter_by_themselves(door: Door) -> None:
    with prepared(door.store) as db:
        venue = make_venue(db, kind=VenueKind.VIRTUAL, name="Online", occupancy_limit=3)
        session = make_scheduled(db, venue=venue, starts_at=at("2026-11-24 13:30"))
        make_enrollment(db, session, make_person(db, employee_no="V1"))
    view = door.open(session)
    come_in(door.store, "On a machine that then crashed", session, "V1")
    view.reload()
    door.until(lambda: door.figure == "1 / 3")
    door.clock.instant = NOON + dt.timedelta(seconds=91)
    view.reload()
    door.until(lambda: door.figure == "0 / 3")
    assert not view.model.people[0].is_in


def test_esc_empties_the_field_then_closes_and_what_was_scanned_is_written(door: Door) -> None:
    view = door.open()
    QTest.keyClicks(view.parts.field, "kel")
    door.key(Qt.Key.Key_Escape)
    assert (view.isVisible(), view.parts.field.text()) == (True, "")
    go_on = door.hold_up()
    door.scan("P01", "P02")
    door.key(Qt.Key.Key_Escape)
    assert not isValid(view) or not view.isVisible()
    go_on()
    door.qtbot.waitUntil(lambda: door.inside() == ["P01", "P02"])


def test_keys_go_to_the_field_wherever_the_focus_is(door: Door) -> None:
    view = door.open()
    view.parts.go.setFocus()
    for sign in "P05":
        QTest.keyClick(QApplication.focusWidget(), sign)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    door.rest()
    assert (door.inside(), view.comes) == (["P05"], True)
    view.parts.go.setFocus()
    QTest.keyClick(view.parts.go, Qt.Key.Key_Return)
    assert not view.comes


def test_scans_after_the_database_was_closed_are_not_swallowed(door: Door) -> None:
    view = door.open()
    door.desk.close()
    door.scan("P01")
    assert (door.head, view.scanner.waiting) == ("Nothing was saved", ())


def test_full_screen_and_back(door: Door) -> None:
    view = door.open()
    door.key(Qt.Key.Key_F11)
    assert view.isFullScreen()
    QTest.mouseClick(view.parts.full, Qt.MouseButton.LeftButton)
    assert not view.isFullScreen()
    assert view.parts.field.hasFocus()


@pytest.mark.parametrize("percent", [100, 125])
def test_it_fits_a_small_laptop_and_can_be_used_by_everybody(door: Door, plain_look: Look, percent: int) -> None:
    plain_look.choose("dark", percent)
    view = door.open()
    door.scan("P20", "P00", "P00")
    door.rest()
    least = view.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 768) == (True, True), least
    assert audit(view) == []
    row = view.parts.people.visualRect(view.model.index(0))
    assert row.height() >= 64
    for label in (view.parts.verdict.head, view.parts.verdict.note, view.parts.gauge.more):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in (view.parts.come, view.parts.go, view.parts.full, view.parts.leave):
        assert min(button.width(), button.height()) >= 44
    assert view.parts.gauge.figure.accessibleName() == "2 of 14 in the room"
    door.until(lambda: spoken(door, "Anna Keller") == "Anna Keller, P00, Lab, In")
    assert spoken(door, "Femke Kumar") == "Femke Kumar, P08, Lab, Out"


def test_offers_are_expected_and_taken_by_coming(door: Door) -> None:
    with prepared(door.store) as db:
        make_enrollment(db, door.session, make_person(db, "Olga Offer", employee_no="P30"), EnrollmentState.OFFERED)
    view = door.open()
    person = view.model.numbered("P30")
    assert person is not None
    assert view.parts.people.delegate.details_of(person) == "offer open · P30"
    door.tap("Olga Offer")
    door.rest()
    assert (door.head, view.parts.verdict.note.text()) == ("Olga Offer – welcome", "Offer accepted: seat confirmed")
    assert door.states() == {"confirmed": 13}
