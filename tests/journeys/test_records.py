"""Training elsewhere recorded in the window: who lacked it is red no more, until Ctrl+Z; and files kept with things."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.factories import (
    at,
    make_course,
    make_enrollment,
    make_person,
    make_requirement,
    make_scheduled,
    prepared,
)
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import AttachmentOwner, EnrollmentState, WaitlistMode
from trainer_desk.services.attachments.looking import list_attachments
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.records import records_of
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.compliance import RED
from trainer_desk.services.seats.picker import pick
from trainer_desk.views.catalogue.more import Sections
from trainer_desk.views.catalogue.qualifications import QualificationsSection
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.records.section import RecordsSection
from trainer_desk.views.records.sheet import RecordSheet


@pytest.fixture
def required(place: Workplace) -> tuple[int, int]:
    """Have two people of the yard, who must hold Fire Warden and hold nothing."""
    with prepared(place.store) as db:
        ada, bo = (make_person(db, name, site="Yard") for name in ("Ada Boss", "Bo Led"))
        make_requirement(db, place.centre.fire, site="Yard")
        recompute(db)
    return ada, bo


def red_in_picker(place: Workplace) -> set[str]:
    """Open the picker of the Fire Warden session and read who stands in its red group."""
    place.assembly.add_people(place.centre.ready)
    sheet = place.window.findChildren(PickerSheet)[-1]
    place.until(lambda: sheet.is_settled)
    people = sheet.model.people_of(RED) or []
    sheet.finish()
    place.settled()
    assert {one.name for one in people} == {
        one.name
        for one in place.store.read(pick, place.centre.ready, PickerFilter(), now=NOW).people
        if one.group == RED
    }
    return {one.name for one in people}


def fill(place: Workplace, sheet: RecordSheet, line: QLineEdit, text: str) -> None:
    line.setFocus()
    place.type(text)
    place.key(Qt.Key.Key_Tab)


def choose_course(place: Workplace, sheet: RecordSheet, text: str) -> None:
    sheet.fields.course.setFocus()
    place.type(text)
    QTest.keyClick(sheet.fields.course, Qt.Key.Key_Return)
    place.window.activateWindow()  # the list of matches has gone, and without a screen nobody else does this
    place.qtbot.waitUntil(place.window.isActiveWindow)


def opened(place: Workplace) -> RecordSheet:
    """Give the sheet that is open, once it was read."""
    place.until(lambda: any(sheet.isVisible() for sheet in place.window.findChildren(RecordSheet)))
    return next(sheet for sheet in place.window.findChildren(RecordSheet) if sheet.isVisible())


def test_whose_training_is_recorded_is_red_no_more_until_ctrl_z(place: Workplace, required: tuple[int, int]) -> None:
    ada, bo = required
    assert red_in_picker(place) == {"Ada Boss", "Bo Led"}
    people = Hands(place, "people")
    people.show(ada)
    more = people.panel.more
    assert isinstance(more, Sections)
    section = next(one for one in more.sections if isinstance(one, RecordsSection))
    place.until(section.record.isVisible)
    place.press(section.record)
    sheet = opened(place)
    choose_course(place, sheet, "Fire")
    fill(place, sheet, sheet.fields.held_on, "4 May 2026")
    place.press(sheet.go)
    place.until(lambda: place.store.read(records_of, ada))
    assert place.toast == "Recorded Fire Warden for Ada Boss."
    place.until(lambda: [line.name for line in section.records.lines.rows] == ["Fire Warden"])
    assert red_in_picker(place) == {"Bo Led"}
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: not place.store.read(records_of, ada))
    place.until(lambda: not section.records.lines.rows)
    assert red_in_picker(place) == {"Ada Boss", "Bo Led"}
    assert not place.store.read(records_of, bo)


def test_a_selection_of_people_gets_the_same_training(place: Workplace, required: tuple[int, int]) -> None:
    people = Hands(place, "people")
    place.until(lambda: people.page.table.model.rowCount())
    people.page.deed_wanted.emit("record", required)
    sheet = opened(place)
    assert sheet.subtitle.whole() == "2 people: Ada Boss, Bo Led"
    choose_course(place, sheet, "Fire")
    fill(place, sheet, sheet.fields.held_on, "4 May 2026")
    place.press(sheet.go)
    place.until(lambda: all(place.store.read(records_of, person) for person in required))
    assert not red_in_picker(place)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: not any(place.store.read(records_of, person) for person in required))


def test_a_signed_sheet_dropped_on_a_session_stays_with_it(place: Workplace, tmp_path: Path) -> None:
    session = place.centre.taught
    place.assembly.open_session(session)
    files = place.assembly.panel.files
    place.until(files.add.isVisible)
    sheet = tmp_path / "signed.pdf"
    sheet.write_bytes(b"%PDF-1.7 signed")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(files, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(files, QDropEvent(QPointF(5, 5), *how))
    place.until(lambda: place.store.read(list_attachments, AttachmentOwner.SESSION, session))
    assert place.toast == "Attached “signed.pdf”."
    place.until(lambda: [line.name for line in files.files.lines.rows] == ["signed.pdf"])
    place.until(lambda: "Attach signed.pdf" in place.assembly.panel.form.history.text.text())
    place.page.focus_view()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: not place.store.read(list_attachments, AttachmentOwner.SESSION, session))
    place.until(lambda: not files.files.lines.rows)


def test_who_waits_for_want_of_a_course_is_seated_once_it_is_recorded(place: Workplace) -> None:
    centre = place.centre
    place.store.clock = FixedClock(NOW)  # a queue moves only before the start
    with prepared(place.store) as db:
        person = make_person(db, "Ada Boss")
        course = make_course(db, "ADV", title="Advanced", prerequisite_id=centre.fire)
        plan = {"course": course, "capacity": 2, "waitlist": WaitlistMode.ENROL}
        session = make_scheduled(db, starts_at=at("2026-07-09 09:00"), **plan)
        skipped = {"skip_code": "prerequisite_missing"}
        make_enrollment(db, session, person, EnrollmentState.WAITLISTED, **skipped)
    place.page.source.reload(directory=True)
    place.settled()
    place.assembly.open_session(session)
    waiting = place.assembly.panel.form.people.waiting
    place.until(lambda: waiting.list.lines.rowCount())
    waiting.list.setCurrentIndex(waiting.list.lines.index(0))
    place.press(waiting.button("record_training"))
    sheet = opened(place)
    assert sheet.fields.course.value == centre.fire
    fill(place, sheet, sheet.fields.held_on, "4 May 2026")
    place.press(sheet.go)
    place.until(lambda: place.card(session).seats_taken == 1)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(session).seats_taken == 0)


def test_a_trainers_card_is_kept_with_the_qualification(place: Workplace, tmp_path: Path) -> None:
    trainers = Hands(place, "trainers")
    place.until(lambda: trainers.page.table.model.rowCount())
    trainers.show(place.centre.aisha)
    assert trainers.panel.more is not None
    held = trainers.panel.more.part(QualificationsSection)
    assert held is not None
    place.press(held.add)
    assert not held.files.isVisible()
    place.press(held.rows[0].edit)
    place.until(held.files.add.isVisible)
    card = tmp_path / "card.pdf"
    card.write_bytes(b"%PDF-1.7")
    held.files.attach([card])
    place.until(lambda: [line.name for line in held.files.files.lines.rows] == ["card.pdf"])
