"""The pages of people, trainers and courses with real clicks: opened, judged on another day, followed and left (N4)."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import make_compliance, make_person, make_record, make_requirement, prepared
from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit
from trainer_desk.models import Account, Attachment, Contact, ContactLook
from trainer_desk.models.enums import ComplianceStatus, Role
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.views.pages.content import COURSES, PEOPLE, TRAINERS
from trainer_desk.views.pages.page import DossierPage
from trainer_desk.views.pages.room import PAGE
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.records.intake_file import IntakeFileSheet
from trainer_desk.views.records.sheet import RecordSheet
from trainer_desk.views.theme import look

ALT, NO = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Pages:
    """The page with hands on it."""

    def __init__(self, place: Workplace) -> None:
        self.place, self.room = place, place.assembly.pages

    @property
    def page(self) -> DossierPage:
        return self.room.page

    def open(self, kind: str, thing_id: int) -> None:
        self.room.open(kind, thing_id)
        self.wait(kind, thing_id)

    def wait(self, kind: str, thing_id: int) -> None:
        self.place.until(
            lambda: self.page.content is not None and (self.page.content.kind, self.page.content.id) == (kind, thing_id)
        )

    def cells(self, section: str) -> list[tuple[str, ...]]:
        """Give the texts that the table of a section shows."""
        lines = self.page.section(section).table.lines
        return [
            tuple(lines.data(lines.index(row, column)) for column in range(lines.columnCount()))
            for row in range(lines.rowCount())
        ]

    def double_click(self, section: str, row: int) -> None:
        table = self.page.section(section).table
        self.page.area.ensureWidgetVisible(table)
        spot = table.visualRect(table.lines.index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NO, spot)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, NO, spot)


@pytest.fixture
def pages(place: Workplace) -> Pages:
    return Pages(place)


def test_a_course_opens_from_the_list_and_alt_left_leads_back(pages: Pages) -> None:
    place = pages.place
    place.press(place.window.sidebar.items["courses"])
    table = place.assembly.catalogue.pages["courses"].table
    place.until(lambda: table.model.rowCount() == 2)
    place.assembly.catalogue.pages["courses"].select(place.centre.fire)
    table.table.setFocus()
    place.key(Qt.Key.Key_Return)
    pages.wait(COURSES, place.centre.fire)
    assert place.window.page == PAGE
    assert place.window.sidebar.items["courses"].isChecked()
    assert pages.page.isAncestorOf(place.focus)
    assert not pages.page.contact.isVisible()
    place.key(Qt.Key.Key_Left, ALT)
    assert place.window.page == "courses"


def test_another_day_judges_everything_anew(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee")
        make_requirement(db, place.centre.fire)
        make_compliance(db, ann, place.centre.fire, ComplianceStatus.COMPLIANT, dt.date(2026, 12, 31))
    pages.open(PEOPLE, ann)
    assert [row[2] for row in pages.cells("held")] == ["Valid to 31 Dec 2026"]
    assert pages.page.head.pill.words() == "Everything in order"
    pages.page.as_of.setFocus()
    place.type("2027-01-02")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: pages.page.head.pill.words() == "1 not compliant")
    assert [row[2] for row in pages.cells("held")] == ["Expired 31 Dec 2026"]
    assert pages.page.section("held").head.text() == "Requirements on 02 Jan 2027"
    place.press(pages.page.today_button)
    place.until(lambda: pages.page.head.pill.words() == "Everything in order")


def test_links_lead_from_page_to_page_with_the_day_and_back_walks_them(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        boss = make_person(db, "Frida Boss", employee_no="B1")
        ann = make_person(db, "Ann Lee", manager_no="B1")
        make_record(db, ann, place.centre.fire, dt.date(2026, 5, 4), number="C-1")
    pages.open(PEOPLE, ann)
    pages.double_click("records", 0)
    place.until(lambda: any(sheet.isVisible() for sheet in place.window.findChildren(RecordSheet)))
    place.key(Qt.Key.Key_Escape)
    pages.double_click("certificates", 0)
    pages.wait(COURSES, place.centre.fire)
    assert [row[0] for row in pages.cells("licences")] == ["Aisha Rahman", "John Smith"]
    pages.page.section("licences").table.setFocus()
    place.key(Qt.Key.Key_Return)
    pages.wait(TRAINERS, place.centre.aisha)
    place.key(Qt.Key.Key_Left, ALT)
    pages.wait(COURSES, place.centre.fire)
    place.press(pages.page.back)
    pages.wait(PEOPLE, ann)
    place.press(pages.page.head.links["Manager"])
    pages.wait(PEOPLE, boss)


def test_a_session_opens_its_panel_beside_the_page(pages: Pages) -> None:
    place = pages.place
    session = place.centre.taught
    pages.open(COURSES, place.card(session).course_id)
    rows = pages.page.section("coming").links()
    place_of_it = next(row for row, link in enumerate(rows) if link is not None and link.id == session)
    pages.double_click("coming", place_of_it)
    place.until(lambda: place.assembly.panel.session_id == session)
    assert place.window.page == PAGE


def test_a_change_shows_at_once(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee")
    pages.open(PEOPLE, ann)
    assert pages.page.section("coming").empty.isVisibleTo(pages.page)
    place.desk.write(pages.page, "Enroll Ann", enroll, place.centre.taught, [ann])
    place.until(lambda: len(pages.cells("coming")) == 1)


def test_a_page_is_saved_as_a_pdf_of_one_page(pages: Pages, tmp_path: Path) -> None:
    place = pages.place
    pages.open(TRAINERS, place.centre.john)
    place.press(pages.page.save_button)
    sheet = pages.room.paper.sheet
    assert sheet is not None
    assert Path(sheet.path.text()).name == "John Smith 2026-07-06.pdf"
    target = tmp_path / "john.pdf"
    sheet.path.setText(str(target))
    place.press(sheet.save)
    place.until(target.exists)
    assert target.read_bytes().count(b"/Type /Page\n") == 1
    assert place.toast == "Saved the page to “john.pdf”."


def test_a_pdf_that_cannot_be_written_says_why_and_leaves_nothing(pages: Pages, tmp_path: Path) -> None:
    place = pages.place
    pages.open(COURSES, place.centre.fire)
    place.press(pages.page.save_button)
    sheet = pages.room.paper.sheet
    assert sheet is not None
    for target, words in ((tmp_path / "nowhere" / "a.pdf", "folder"), (tmp_path, "folder")):
        sheet.path.setText(str(target))
        place.press(sheet.save)
        place.until(sheet.save.isEnabled)
        assert sheet.isVisible()
        assert words in sheet.notice.label.text()
    assert not list(tmp_path.glob("**/*.p*"))


def test_a_page_is_looked_at_before_it_is_printed(pages: Pages) -> None:
    place = pages.place
    pages.open(COURSES, place.centre.fire)
    place.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    preview = pages.room.paper.preview
    assert preview is not None
    place.until(preview.isVisible)
    assert preview.document.pages == 1
    assert preview.document.title == "Fire Warden 2026-07-06"
    words = preview.document.texts()
    assert any(text.startswith("Printed Mon 6 Jul 2026") and text.endswith(place.store.actor) for text in words)
    preview.dismiss()


def test_a_look_at_the_emergency_contact_is_recorded(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann, bo = make_person(db, "Ann Lee"), make_person(db, "Bo Kim")
        db.execute(sa.insert(Contact).values(person_id=ann, name="Maria Lee", phone="+49 30 1"))
    pages.open(PEOPLE, ann)
    contact = pages.page.contact
    place.until(contact.isVisible)
    assert contact.words.text() == ""
    assert looks_at(place, ann) == 0
    place.press(contact.show_button)
    place.until(lambda: contact.words.text() == "Maria Lee · +49 30 1")
    assert looks_at(place, ann) == 1
    assert pages.cells("history")[0][2] == "Look at an emergency contact"
    pages.open(PEOPLE, bo)
    place.until(contact.isVisible)
    assert contact.words.text() == ""


def test_who_may_not_look_at_contacts_is_offered_no_button(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee")
        db.execute(sa.update(Account).values(role=Role.TRAINER.value, version=Account.version + 1))
    pages.open(PEOPLE, ann)
    place.settled()
    assert not pages.page.contact.isVisible()


def test_the_panel_of_a_session_leads_to_person_trainer_and_course(pages: Pages) -> None:
    place = pages.place
    panel = place.assembly.panel
    place.assembly.open_session(place.centre.taught)
    place.until(lambda: panel.facts is not None)
    place.press(panel.form.trainer.open_page)
    pages.wait(TRAINERS, place.centre.john)
    place.press(panel.form.course.open_page)
    pages.wait(COURSES, place.centre.loto)
    seated = panel.form.people.seated
    seated.list.setFocus()
    seated.list.selectAll()
    assert not any(button.words() == "Open person" for button in seated.buttons)
    seated.list.clearSelection()
    seated.list.setCurrentIndex(seated.list.lines.index(0))
    place.press(seated.button("open"))
    assert panel.facts is not None
    pages.wait(PEOPLE, seated.list.people()[0].person_id)
    place.press(pages.page.back)
    place.press(pages.page.back)
    place.press(pages.page.back)
    assert place.window.page == "schedule"


def looks_at(place: Workplace, person: int) -> int:
    """Count the looks at a person's contact in the database."""
    query = sa.select(sa.func.count()).select_from(ContactLook).where(ContactLook.person_id == person)
    return place.store.read(lambda db: db.execute(query).scalar_one())


def test_a_person_opens_from_the_list_and_nothing_there_is_nameless_or_clipped(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee", manager_no="B1", email="ann.lee@example.org", employee_no="A1")
        make_person(db, "Frida Boss of a very long name that no column of a page can ever hold", employee_no="B1")
        make_record(db, ann, place.centre.fire, dt.date(2026, 5, 4), number="G-17")
    place.press(place.window.sidebar.items["people"])
    table = place.assembly.catalogue.pages["people"].table
    place.until(lambda: table.model.rowCount())
    place.assembly.catalogue.pages["people"].select(ann)
    table.table.setFocus()
    place.key(Qt.Key.Key_Return)
    pages.wait(PEOPLE, ann)
    place.until(pages.page.contact.isVisible)
    for percent in (100, 90, 150):
        look().choose(percent=percent)
        QApplication.processEvents()
        for widget in (pages.page, pages.page.bar):
            assert audit(widget) == []
    look().choose(percent=100)
    place.key(Qt.Key.Key_Left, ALT)
    assert place.window.page == "people"


def test_an_intake_is_recorded_filed_with_its_sheet_and_taken_back(pages: Pages, tmp_path: Path) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee")
    pages.open(PEOPLE, ann)
    place.press(pages.page.section("intakes").action)
    (sheet,) = place.window.findChildren(IntakeSheet)
    place.until(sheet.isVisible)
    sheet.note.setFocus()
    place.type("Works alone at night")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: pages.cells("intakes") == [("06 Jul 2026", "Works alone at night")])
    assert place.toast == "The intake of Ann Lee is on file."
    pages.double_click("intakes", 0)
    place.until(lambda: place.window.findChildren(IntakeFileSheet))
    (filed,) = place.window.findChildren(IntakeFileSheet)
    place.until(filed.isVisible)
    assert (filed.subtitle.whole(), filed.note.text()) == ("Ann Lee · 06 Jul 2026", "Works alone at night")
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    filed.files.attach([paper])
    with place.store.reading() as db:
        place.until(lambda: db.scalar(sa.select(Attachment.name).where(Attachment.intake_id.is_not(None))))
    place.press(filed.take_back)
    place.until(lambda: pages.cells("intakes") == [])
    assert place.toast == "Took back an intake of Ann Lee."
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: pages.cells("intakes") == [("06 Jul 2026", "Works alone at night")])


def test_a_training_is_recorded_from_the_page(pages: Pages) -> None:
    place = pages.place
    with prepared(place.store) as db:
        ann = make_person(db, "Ann Lee")
    pages.open(PEOPLE, ann)
    place.press(pages.page.section("records").action)
    place.until(lambda: place.window.findChildren(RecordSheet))
    (sheet,) = place.window.findChildren(RecordSheet)
    place.until(sheet.isVisible)
    assert sheet.subtitle.whole() == "Ann Lee"
