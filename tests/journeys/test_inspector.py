"""An inspector pack from the page of a course: chosen, made with real clicks, and what is in it."""

import zipfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit
from trainer_desk.views.inspector.sheet import PackSheet


def test_a_pack_of_a_course_is_made_from_its_page(place: Workplace, tmp_path: Path) -> None:
    pages = place.assembly.pages
    pages.open("courses", place.centre.loto)
    place.until(lambda: pages.page.content is not None and pages.page.pack_button.isVisible())
    QTest.mouseClick(pages.page.pack_button, Qt.MouseButton.LeftButton)
    sheet = next(one for one in place.window.findChildren(PackSheet) if one.isVisible())
    place.until(lambda: sheet.asked is not None)
    assert sheet.asked is not None
    assert (sheet.asked.course, sheet.asked.last.isoformat()) == ("LOTO", "2026-07-06")
    assert sheet.target.name == "Lockout–Tagout_2025-07-06_2026-07-06.zip"
    audit(sheet)
    target = tmp_path / "loto.zip"
    sheet.path.setText(str(target))
    sheet.path.setFocus()
    focus = QApplication.focusWidget()
    assert focus is sheet.path
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(target.exists)
    place.until(lambda: not place.desk.is_busy)
    with zipfile.ZipFile(target) as pack:
        names = {name.partition("/")[2] for name in pack.namelist()}
        assert {"README.txt", "SHA256SUMS", "attendance.csv", "matrix.csv", "certificates.csv"} <= names
        assert b"Lockout" in pack.read(next(name for name in pack.namelist() if name.endswith("README.txt")))
