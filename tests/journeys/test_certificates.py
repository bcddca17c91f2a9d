"""Certificates with real clicks: seen in the panel, saved as a PDF, issued again for a reason, found with a person."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import at, make_enrollment, make_person, make_scheduled, prepared
from tests.journeys.conftest import CTRL, Workplace
from tests.views.accessibility import audit
from trainer_desk.models.enums import Attendance, Role
from trainer_desk.services.orchestration.completing import complete, reopen
from trainer_desk.services.people.certificates import certificates_of
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.views.certificates.sheet import CertificateSheet
from trainer_desk.views.pages.content import PEOPLE
from trainer_desk.views.printing.preview_sheet import PreviewSheet

PAGE = re.compile(rb"/Type\s*/Page\b")


class Held:
    """Ada and Bo attended a session of Fire Warden last Friday, which was completed."""

    def __init__(self, place: Workplace) -> None:
        self.place, self.panel, self.room = place, place.assembly.panel, place.assembly.certificates
        with prepared(place.store) as db:
            self.ada, self.bo = (make_person(db, name) for name in ("Ada Lee", "Bo Kim"))
            self.session = make_scheduled(
                db,
                course=place.centre.fire,
                trainer=place.centre.aisha,
                venue=place.centre.room_b,
                starts_at=at("2026-07-03 10:00"),
            )
            for person in (self.ada, self.bo):
                make_enrollment(db, self.session, person, attendance=Attendance.ATTENDED)
        place.store.write("Complete", complete, self.session)

    def revisions(self, person: int) -> list[tuple[int, bool]]:
        return [(row.revision, row.is_live) for row in self.place.store.read(certificates_of, person)]

    def only(self, person: int) -> CertificateRow:
        [row] = self.place.store.read(certificates_of, person)
        return row

    def open_panel(self) -> None:
        self.place.assembly.open_session(self.session)
        self.place.until(lambda: self.panel.certificates.proof.certificates)

    def open_first(self) -> CertificateSheet:
        """Open the first certificate of the panel with the keyboard."""
        lines = self.panel.certificates.lines
        lines.setFocus()
        self.place.key(Qt.Key.Key_Return)
        return self.shown()

    def shown(self) -> CertificateSheet:
        self.place.until(lambda: self.room.sheet is not None and self.room.sheet.isVisible())
        assert self.room.sheet is not None
        return self.room.sheet

    def save_to(self, path: Path) -> None:
        preview = self.preview()
        self.place.press(preview.save)
        self.place.until(lambda: preview.saving is not None and preview.saving.isVisible())
        assert preview.saving is not None
        preview.saving.path.setText(str(path))
        self.place.press(preview.saving.save)

    def preview(self) -> PreviewSheet:
        self.place.until(lambda: self.room.preview is not None and self.room.preview.isVisible())
        assert self.room.preview is not None
        return self.room.preview


@pytest.fixture
def held(place: Workplace) -> Held:
    return Held(place)


def test_a_whole_session_is_saved_as_one_pdf(held: Held, tmp_path: Path) -> None:
    place = held.place
    held.open_panel()
    section = held.panel.certificates
    assert [line.name for line in section.lines.lines.rows] == ["Ada Lee", "Bo Kim"]
    assert section.heading.text() == "Certificates 2"
    place.press(section.save)
    target = tmp_path / "all.pdf"
    held.save_to(target)
    place.until(target.exists)
    place.settled()
    assert len(PAGE.findall(target.read_bytes())) == 2
    assert "all.pdf" in place.toast


def test_a_target_that_cannot_be_written_says_why_and_leaves_nothing(held: Held, tmp_path: Path) -> None:
    place = held.place
    held.open_panel()
    place.press(held.panel.certificates.save)
    held.save_to(tmp_path / "nowhere" / "all.pdf")
    saving = held.preview().saving
    assert saving is not None
    place.until(saving.save.isEnabled)
    assert "folder" in saving.notice.label.text()
    assert not list(tmp_path.glob("**/*.pdf*"))


def test_one_is_looked_at_and_issued_again_until_ctrl_z(held: Held) -> None:
    place = held.place
    held.open_panel()
    sheet = held.open_first()
    assert sheet.shown.row.person_name == "Ada Lee"
    assert sheet.state.words() == "In force"
    assert "Fire Warden" in sheet.preview.accessibleName()
    assert audit(sheet) == []
    place.press(sheet.again)
    asking = held.room.asking
    assert asking is not None
    place.press(asking.go)
    assert asking.missing.isVisible()
    asking.reason.setFocus()
    place.type("The card was lost")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: held.room.sheet is not sheet)
    assert held.revisions(held.ada) == [(2, True), (1, False)]
    again = held.shown()
    assert again.title.text().endswith("revision 2")
    assert "The card was lost" in again.issued.text()
    assert ["Replaced" in label.text() for label in again.others] == [True]
    assert "revision 2" in place.toast
    place.key(Qt.Key.Key_Escape)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: held.revisions(held.ada) == [(2, False), (1, True)])


def test_a_person_has_them_on_their_page(held: Held) -> None:
    place, pages = held.place, held.place.assembly.pages
    pages.open(PEOPLE, held.ada)
    place.until(lambda: pages.page.content is not None and pages.page.content.id == held.ada)
    number = held.only(held.ada).number
    [line] = pages.page.section("certificates").section.lines
    assert line.cells == (number, "Fire Warden", "3 Jul 2026", "without end", "In force")
    table = pages.page.section("certificates").table
    table.setFocus()
    place.key(Qt.Key.Key_Return)
    assert held.shown().shown.row.number == number
    place.key(Qt.Key.Key_Escape)
    place.store.write("Reopen", reopen, held.session)
    place.assembly.pages.page.reload()
    place.settled()
    [line] = pages.page.section("certificates").section.lines
    assert line.cells[-1] == "Withdrawn: the session was opened again"


def test_the_panel_follows_what_happens_elsewhere(held: Held) -> None:
    place = held.place
    held.open_panel()
    place.desk.write(place.window, "Reopen", reopen, held.session)
    place.until(lambda: not held.panel.certificates.isVisible())


def test_a_trainer_looks_and_saves_but_does_not_issue_again(held: Held) -> None:
    held.open_panel()
    held.place.desk.role = Role.TRAINER
    sheet = held.open_first()
    assert sheet.save.isVisible()
    assert not sheet.again.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
