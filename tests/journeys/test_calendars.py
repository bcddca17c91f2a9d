"""Calendars in the window: saved from wherever sessions are seen, kept in a folder, and holidays taken in (X3)."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit
from trainer_desk.services.orchestration.scheduling import cancel
from trainer_desk.services.planning.holidays import list_holidays
from trainer_desk.views.calendars.folder_sheet import FolderSheet
from trainer_desk.views.calendars.sheet import CalendarSheet
from trainer_desk.views.importing.sheet import ImportSheet


def sheet_of(place: Workplace) -> CalendarSheet:
    """Return the sheet on show, once it knows what it is of."""
    sheet = place.assembly.overview.calendars.sheet
    assert sheet is not None
    place.until(lambda: sheet.of is not None)
    return sheet


def save_to(place: Workplace, sheet: CalendarSheet, target: Path) -> str:
    """Type where to, press Enter, and return what was written."""
    sheet.path.selectAll()
    QTest.keyClicks(sheet.path, str(target))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(target.exists)
    place.settled()
    return target.read_text("utf-8")


def test_saved_from_wherever_sessions_are_seen(place: Workplace, tmp_path: Path) -> None:
    place.click_session(place.centre.taught)
    place.assembly.overview.take_out("save_calendar", [place.centre.taught])
    sheet = sheet_of(place)
    audit(sheet)
    assert (sheet.window().focusWidget(), sheet.folder.isVisible(), sheet.names.isVisible()) == (
        sheet.save,
        False,
        True,
    )
    QTest.mouseClick(sheet.names, Qt.MouseButton.LeftButton, pos=QPoint(10, sheet.names.height() // 2))
    written = save_to(place, sheet, tmp_path / "one.ics")
    assert (written.count("BEGIN:VEVENT"), "Person" in written) == (1, True)
    assert place.toast == "Saved 1 session to “one.ics”."
    place.assembly.overview.take_out("save_calendar", [place.centre.ready])
    sheet = sheet_of(place)
    assert sheet.drafts.isChecked()  # or the file of a draft would be empty
    assert "STATUS:TENTATIVE" in save_to(place, sheet, tmp_path / "draft.ics")
    pages = place.assembly.pages
    pages.open("trainers", place.centre.john)
    place.until(lambda: pages.page.content is not None)
    place.press(pages.page.calendar_button)
    sheet = sheet_of(place)
    assert (sheet.of and sheet.of.name, sheet.names.isVisible(), sheet.target.name) == (
        "John Smith", False, "John-Smith.ics",
    )  # fmt: skip
    assert save_to(place, sheet, tmp_path / "john.ics").count("BEGIN:VEVENT") == 1
    place.press(place.window.sidebar.items["venues"])
    catalogue = place.assembly.catalogue
    catalogue.open("venues", place.centre.room_a)
    place.until(lambda: catalogue.panels["venues"].header.calendar.isVisible())
    place.press(catalogue.panels["venues"].header.calendar)
    assert save_to(place, sheet_of(place), tmp_path / "room.ics").count("BEGIN:VEVENT") == 1


def test_a_folder_is_kept_up_to_date(place: Workplace, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    calendars = place.assembly.overview.calendars
    calendars.keeper.follow("a database")
    place.assembly.overview.take_out("save_calendar", [place.centre.taught])
    place.press(sheet_of(place).folder)
    sheet = place.window.findChildren(FolderSheet)[-1]
    audit(sheet)
    assert not sheet.stop.isVisible()
    QTest.keyClicks(sheet.path, str(folder))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(lambda: "There is no folder" in sheet.notice.label.text())
    folder.mkdir()
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(lambda: place.toast == "2 calendars are kept up to date in “calendars”.")
    john = folder / "trainer-JS.ics"
    assert "STATUS:CONFIRMED" in john.read_text("utf-8")
    place.desk.write(place.window, "Cancel", cancel, place.centre.taught, "Ill")
    place.until(lambda: "STATUS:CANCELLED" in john.read_text("utf-8"))
    # What is in the way is told once, and the rest of the window goes on.
    told: list[str] = []
    calendars.keeper.failed.connect(told.append)
    john.unlink()
    (folder / "trainer-AR.ics").unlink()
    folder.rmdir()
    for _again in range(2):
        calendars.keeper._look()  # what the timer does
        place.settled()
    assert [said[:49] for said in told] == ["The calendars of the trainers are not up to date."]
    calendars.choose_folder()
    place.press(place.window.findChildren(FolderSheet)[-1].stop)
    assert calendars.keeper.folder == ""


def test_holidays_of_a_calendar(place: Workplace, tmp_path: Path) -> None:
    file = tmp_path / "holidays.ics"
    event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\n"
    file.write_text(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n")
    place.press(place.window.sidebar.items["settings"])
    holidays = place.assembly.settings.holidays
    place.until(lambda: place.assembly.settings.facts is not None)
    place.press(holidays.bring)
    sheet = place.window.findChildren(ImportSheet)[-1]
    place.settled()
    QTest.keyClicks(sheet.path, str(file))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(lambda: sheet.report is not None)
    assert sheet.report is not None
    assert (sheet.report.added, sheet.report.refused) == (1, [])
    place.press(sheet.go)
    place.until(lambda: place.store.read(list_holidays))
    [row] = place.store.read(list_holidays)
    assert (row.name, row.first.isoformat(), row.last.isoformat()) == ("Christmas", "2026-12-25", "2026-12-25")
