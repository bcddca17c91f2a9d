"""Illness, closures and leave in the window: entered, settled, looked at, changed, lifted and undone (C4)."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.factories import at, make_block, make_course, make_qualification, make_scheduled, make_trainer, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.absences import absences_of
from trainer_desk.services.planning.holidays import list_holidays
from trainer_desk.services.rows.settling import Way
from trainer_desk.views.absences.section import AbsencesSection
from trainer_desk.views.absences.sheet import AbsenceSheet
from trainer_desk.views.importing.sheet import ImportSheet
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.schedule.ranges import View


@pytest.fixture
def trainers(place: Workplace) -> Hands:
    place.store.clock = FixedClock(NOW)
    hands = Hands(place, "trainers")
    place.until(lambda: hands.page.things)
    return hands


def section(hands: Hands) -> AbsencesSection:
    assert hands.panel.more is not None
    found = hands.panel.more.part(AbsencesSection)
    assert found is not None
    return found


def sheet_of(place: Workplace) -> AbsenceSheet:
    place.until(lambda: place.window.findChildren(AbsenceSheet))
    sheet = place.window.findChildren(AbsenceSheet)[-1]
    place.until(lambda: sheet.isVisible() and sheet.question.text())
    return sheet


def test_an_ill_trainer_is_replaced_and_one_undo_brings_all_back(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    with prepared(place.store) as db:
        make_qualification(db, centre.aisha, centre.loto)
    trainers.show(centre.john)
    place.press(section(trainers).add)
    sheet = sheet_of(place)
    assert sheet.title.text() == "Leave of John Smith"
    assert "No coming session" in sheet.question.text()
    place.press(next(button for button in sheet.when.quick if button.words() == "Rest of the week"))
    place.until(lambda: sheet.settling.lines)
    [line] = sheet.settling.lines
    assert (line.when.whole(), line.ways.currentText()) == (
        "Tue 7 Jul · 09:00–12:00",
        "Aisha Rahman (0h booked this week)",
    )
    sheet.reason.setFocus()
    place.type("Ill")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(centre.taught).trainer_id == centre.aisha)
    assert place.toast == "Leave of John Smith entered; 1 session settled."
    place.until(lambda: [row.title.text() for row in section(trainers).rows] == ["6 – 12 Jul 2026"])
    assert section(trainers).rows[0].words.text() == "Ill"
    assert place.store.read(check_database) == []
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.taught).trainer_id == centre.john)
    place.until(lambda: not section(trainers).rows)


def test_what_is_left_is_marked_red_and_settled_later(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    trainers.show(centre.john)
    place.press(section(trainers).add)
    sheet = sheet_of(place)
    place.press(sheet.when.quick[1])
    place.until(lambda: sheet.settling.lines)
    assert sheet.settling.lines[0].ways.texts()[0] == "Wed 8 Jul · 08:00–11:00"
    assert "Back to draft, without a trainer" in sheet.settling.lines[0].ways.texts()
    sheet.settling.choose_for_all(Way.KEEP)
    place.press(sheet.go)
    place.until(lambda: section(trainers).rows)
    assert place.toast == "Leave of John Smith entered; 1 session left, marked red."
    assert section(trainers).rows[0].pill.words() == "1 session stands in it"
    place.press(section(trainers).rows[0].edit)
    sheet = sheet_of(place)
    place.until(lambda: sheet.settling.lines)
    assert sheet.when.whole.isChecked()
    sheet.settling.choose_for_all(Way.CANCEL)
    place.press(sheet.go)
    assert "Say why" in sheet.trouble.sentence.text()
    place.type("John is ill")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: place.card(centre.taught).status is SessionStatus.CANCELLED)
    place.until(lambda: not section(trainers).rows[0].pill.isVisible())


def test_longer_leave_leaves_alone_what_was_left_before(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    with prepared(place.store) as db:
        later = make_scheduled(
            db, course=centre.loto, trainer=centre.john, venue=centre.room_a, starts_at=at("2026-07-10 09:00")
        )
        make_block(db, centre.john, at("2026-07-07 00:00"), at("2026-07-08 00:00"), reason="Ill")
    trainers.show(centre.john)
    place.until(lambda: section(trainers).rows)
    place.press(section(trainers).rows[0].edit)
    sheet = sheet_of(place)
    place.until(lambda: sheet.settling.lines)
    assert [line.choice.way for line in sheet.settling.lines] == [Way.KEEP]
    sheet.when.last.set_value(dt.date(2026, 7, 10))
    sheet.when.changed.emit()
    place.until(lambda: len(sheet.settling.lines) == 2)
    kept, settled = sheet.settling.lines
    assert kept.choice.way is Way.KEEP
    assert settled.choice.way is not Way.KEEP
    before = place.card(centre.taught)
    place.press(sheet.go)
    place.until(lambda: place.toast.startswith("Leave of John Smith"))
    assert place.card(centre.taught) == before
    assert place.card(later).starts_at != at("2026-07-10 09:00")


def test_the_menu_of_a_lane_is_reached_by_key_and_enters_leave(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    place.page.show_view(View.TRAINERS)
    place.page.focus_view()
    place.until(lambda: place.page.view is View.TRAINERS)
    place.page.select([place.centre.taught])
    place.key(Qt.Key.Key_M, CTRL)
    lanes = QApplication.activePopupWidget()
    assert isinstance(lanes, Menu)
    assert [action.text() for action in lanes.actions()] == ["Aisha Rahman", "John Smith"]
    assert lanes.activeAction().text() == "John Smith", "whose session is chosen"
    place.key(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Menu)
    assert [action.text() for action in menu.actions()][-1] == "Leave from Tue 7 Jul…", "the day of the session"
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Return)
    sheet = sheet_of(place)
    assert (sheet.title.text(), sheet.reason.text()) == ("Leave of John Smith", "Ill")


def test_leave_by_the_hour_is_changed_and_taken_back(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    trainers.show(centre.aisha)
    place.press(section(trainers).add)
    sheet = sheet_of(place)
    sheet.when.whole.setChecked(False)
    sheet.when.start.setFocus()
    place.type("14")
    place.key(Qt.Key.Key_Tab)
    sheet.when.end.setFocus()
    place.type("13")
    place.key(Qt.Key.Key_Tab)
    place.press(sheet.go)
    assert "must be after the start" in sheet.trouble.sentence.text()
    sheet.when.end.setFocus()
    sheet.when.end.selectAll()
    place.type("16")
    place.key(Qt.Key.Key_Tab)
    place.press(sheet.go)
    place.until(lambda: section(trainers).rows)
    assert section(trainers).rows[0].title.text() == "Mon 6 Jul 2026 14:00–16:00"
    [absence] = place.store.read(absences_of, centre.aisha)
    assert (absence.starts_at, absence.ends_at) == (at("2026-07-06 14:00"), at("2026-07-06 16:00"))
    place.press(section(trainers).rows[0].remove)
    place.until(lambda: not section(trainers).rows)
    assert place.toast == "Took back leave of Aisha Rahman."
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: section(trainers).rows)


def test_past_leave_is_folded(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    with prepared(place.store) as db:
        make_block(db, centre.john, at("2026-05-04 00:00"), at("2026-05-09 00:00"), "Course")
        make_block(db, centre.john, at("2026-08-03 00:00"), at("2026-08-08 00:00"), "Summer")
    trainers.show(centre.john)
    below = section(trainers)
    place.until(lambda: [row.words.text() for row in below.rows] == ["Summer"])
    assert below.past.words() == "Show 1 past one"
    place.press(below.past)
    assert [row.words.text() for row in below.rows] == ["Summer", "Course"]


def test_a_room_closes_and_its_session_moves(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    centre, hands = place.centre, Hands(place, "venues")
    with prepared(place.store) as db:
        hygiene = make_course(db, "HYG", title="Hygiene")
        trainer = make_trainer(db, "ZOE", name="Zoe", courses=[hygiene])
        start = at("2026-07-09 09:00")
        session = make_scheduled(db, course=hygiene, trainer=trainer, venue=centre.room_b, starts_at=start)
    place.until(lambda: hands.page.things)
    hands.show(centre.room_b)
    place.press(section(hands).add)
    sheet = sheet_of(place)
    sheet.when.show_days(dt.date(2026, 7, 9), dt.date(2026, 7, 10))
    sheet.when.changed.emit()
    place.until(lambda: sheet.settling.lines)
    assert sheet.settling.lines[0].ways.currentText() == "Training Room A"
    place.press(sheet.go)
    place.until(lambda: place.card(session).venue_id == centre.room_a)
    assert place.toast == "Training Room B is closed for that time; 1 session settled."


def test_people_of_a_cancelled_session_have_another_date(trainers: Hands) -> None:
    place, centre = trainers.place, trainers.place.centre
    with prepared(place.store) as db:
        make_qualification(db, centre.aisha, centre.loto)
        start = at("2026-07-15 09:00")
        later = make_scheduled(db, course=centre.loto, trainer=centre.aisha, venue=centre.room_b, starts_at=start)
    trainers.show(centre.john)
    place.press(section(trainers).add)
    sheet = sheet_of(place)
    place.press(sheet.when.quick[1])
    place.until(lambda: sheet.settling.lines)
    sheet.settling.choose_for_all(Way.CANCEL)
    place.until(lambda: len(sheet.people.people.lines) == 2)
    assert sheet.people.counts.text() == "2 get another date"
    sheet.people.people.lines[0].put(None)
    sheet.people.people.changed.emit()
    assert sheet.people.counts.text() == "1 gets another date · 1 gets none"
    sheet.part.reason.setFocus()
    place.type("John is ill")
    place.press(sheet.go)
    place.until(lambda: place.card(later).seats_taken == 1)
    assert place.toast == "Leave of John Smith entered; 1 session settled; 1 person has another date."
    assert place.card(centre.taught).status is SessionStatus.CANCELLED
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(centre.taught).status is SessionStatus.SCHEDULED)
    assert place.card(later).seats_taken == 0
    assert place.store.read(check_database) == []


def test_a_holiday_over_a_session_asks_what_becomes_of_it(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    place.window.may_close = None
    place.press(place.window.sidebar.items["settings"])
    holidays = place.assembly.settings.holidays
    place.until(lambda: place.assembly.settings.facts is not None)
    holidays.name.setFocus()
    place.type("Strike")
    holidays.first.set_value(dt.date(2026, 7, 7))
    place.press(holidays.add)
    sheet = sheet_of(place)
    place.until(lambda: sheet.settling.lines)
    assert (sheet.title.text(), sheet.reason.text()) == ("Holiday", "Strike")
    ways = sheet.settling.lines[0].ways.texts()
    assert ways[0] == "Wed 8 Jul · 08:00–11:00"
    assert ways[-3:] == ["Back to the drafts, without a date", "Cancel the session", "Leave as it is, marked red"]
    place.press(sheet.go)
    place.until(lambda: "Strike" in [row.name for row in place.store.read(list_holidays)])
    assert place.toast == "Added the holiday Strike; 1 session settled."
    assert place.card(place.centre.taught).starts_at == at("2026-07-08 08:00")
    place.until(lambda: holidays.name.text() == "")
    [strike] = place.store.read(list_holidays)
    place.until(lambda: str(strike.id) in holidays.list.lines)
    holidays.change_wanted.emit(strike.id)
    sheet = sheet_of(place)
    sheet.when.show_days(dt.date(2026, 7, 7), dt.date(2026, 7, 8))
    sheet.when.changed.emit()
    place.until(lambda: sheet.settling.lines)
    sheet.settling.choose_for_all(Way.KEEP)
    place.press(sheet.go)
    place.until(lambda: [row.standing for row in place.store.read(list_holidays)] == [1])
    for expected in (dt.date(2026, 7, 7), None):
        place.window.undo_wanted.emit()
        place.until(lambda last=expected: [row.last for row in place.store.read(list_holidays)] == [last] * bool(last))
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    assert place.store.read(check_database) == []


def test_leave_stands_on_the_page_of_a_trainer(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    john = place.centre.john
    place.assembly.pages.open("trainers", john)
    page = place.assembly.pages.page
    place.until(lambda: page.content is not None)
    section = next(view for view in page.sections if view.section.id == "absences")
    place.press(section.action)
    sheet = sheet_of(place)
    sheet.reason.setFocus()
    place.type("Dentist")
    place.press(sheet.go)
    place.until(
        lambda: (
            page.content
            and [line.cells for line in page.content.section("absences").lines] == [("Mon 6 Jul 2026", "Dentist")]
        )
    )
    section = next(view for view in page.sections if view.section.id == "absences")
    section.table.followed.emit(0)
    sheet = sheet_of(place)
    assert sheet.reason.text() == "Dentist"


def test_leave_and_closures_come_in_from_a_file(place: Workplace, tmp_path: Path) -> None:
    place.store.clock = FixedClock(NOW)
    place.window.may_close = None
    file = tmp_path / "closures.csv"
    file.write_text("resource,starts,ends,reason\nJS,2026-07-07,2026-07-08,Ill\n,2026-12-25,2026-12-27,Christmas\n")
    place.press(place.window.sidebar.items["settings"])
    place.until(lambda: place.assembly.settings.facts is not None)
    place.press(place.assembly.settings.holidays.bring)
    [sheet] = place.window.findChildren(ImportSheet)
    sheet.path.setText(str(file))
    sheet.rehearse()
    place.until(lambda: sheet.report is not None)
    said = sheet.table.item(0, 2)
    assert said is not None
    assert said.text().startswith("Sessions are scheduled in it and stay, marked red: ")
    place.press(sheet.go)
    place.until(lambda: place.store.read(absences_of, place.centre.john))
    place.until(lambda: [row.name for row in place.store.read(list_holidays)] == ["Christmas"])
