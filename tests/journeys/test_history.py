"""Histories and the list of all changes in the window: read in words, taken back, refused with a reason (U4)."""

import csv
import datetime as dt
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from tests.factories import make_account, make_enrollment, make_people, prepared
from tests.journeys.conftest import Workplace
from trainer_desk.models.enums import Role
from trainer_desk.services.orchestration.settings import change_settings
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.planning.holidays import add_holiday
from trainer_desk.views.history.sheet import HistorySheet
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.confirm import Confirm


def history_of(place: Workplace) -> HistorySheet:
    """Give the sheet on show, once it has read."""
    sheet = place.assembly.history.sheet
    assert sheet is not None
    place.until(lambda: sheet.history is not None)
    return sheet


def test_the_panel_of_a_session_tells_before_and_after_and_takes_a_change_back(place: Workplace) -> None:
    centre = place.centre
    values = {"trainer_id": centre.john, "venue_id": centre.room_a}
    change = place.store.write("Edit Fire Warden", edit_session, centre.ready, values, version=None).changes.change_id
    assert change is not None
    place.assembly.open_session(centre.ready)
    place.until(lambda: place.assembly.panel.facts is not None)
    place.press(place.assembly.panel.form.history.details)
    sheet = history_of(place)
    session = f"Session · {place.card(centre.ready).ref}"
    told = ["Trainer: Aisha Rahman → John Smith", "Venue: Training Room B → Training Room A"]
    assert sheet.lines[:4] == ["Edit Fire Warden", session, *told]
    place.press(sheet.buttons[change])
    place.until(lambda: change not in sheet.buttons)
    card = place.card(centre.ready)
    assert (card.trainer_id, card.venue_id) == (centre.aisha, centre.room_b)
    assert place.toast == "Taken back: Edit Fire Warden."
    assert sheet.lines[0] == "Undone: Edit Fire Warden"


def test_what_somebody_wrote_over_says_so_and_stays(place: Workplace) -> None:
    centre = place.centre
    first = place.store.write("First note", edit_session, centre.ready, {"notes": "One"}, version=None)
    place.store.write("Second note", edit_session, centre.ready, {"notes": "Two"}, version=None)
    change = first.changes.change_id
    assert change is not None
    place.assembly.history.open_change(change)
    sheet = history_of(place)
    place.press(sheet.buttons[change])
    place.until(lambda: sheet.trouble.isVisible())
    assert sheet.trouble.sentence.text().startswith("Nothing was undone:")
    assert change in sheet.buttons


def test_the_list_is_sifted_opened_and_saved(place: Workplace, tmp_path: Path) -> None:
    centre = place.centre
    place.store.write("A note", edit_session, centre.ready, {"notes": "One"}, version=None)
    with prepared(place.store) as db:
        make_account(db, "mary", Role.TRAINER)
    place.press(place.window.sidebar.items["audit"])
    page = place.assembly.history.page
    page.period.choose("all")
    page.reload()
    place.until(lambda: page.table.model.rowCount() > 1)
    page.what.set_value("sessions")
    QTest.keyClicks(page.table.search, "note")
    place.until(lambda: page.table.model.rowCount() == 1)
    place.window.memory.put("lists/folder", str(tmp_path))
    place.press(page.export)
    sheet = place.assembly.history.saving
    assert sheet is not None
    place.until(lambda: sheet.table.rowCount() == 1)
    place.press(sheet.save)
    place.until(lambda: place.toast == "Saved 1 row to “Changes.csv”.")
    with (tmp_path / "Changes.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert [row[2] for row in rows] == ["What", "A note"]
    assert dt.datetime.fromisoformat(rows[1][0]).utcoffset() is not None
    page.table.opened.emit(page.table.model.key(0))
    assert "Notes: nothing → One" in history_of(place).lines


def test_every_panel_has_the_history_of_its_thing(place: Workplace) -> None:
    place.press(place.window.sidebar.items["courses"])
    place.assembly.catalogue.open("courses", place.centre.fire)
    panel = place.assembly.catalogue.panels["courses"]
    place.until(lambda: panel.facts is not None)
    place.press(panel.header.history)
    sheet = history_of(place)
    assert sheet.title.text() == "History of Fire Warden"
    assert any(line.startswith("Course") and line.endswith(": added") for line in sheet.lines)


def test_settings_holidays_and_accounts_have_a_history_too(place: Workplace) -> None:
    days = dt.date(2026, 8, 3), dt.date(2026, 8, 4)
    place.store.write("Summer", add_holiday, *days, "Summer break")
    place.store.write("Hours", change_settings, 0, {"day_starts": dt.time(8)}, version=None)
    with prepared(place.store, "Amira") as db:
        make_account(db, "amira", Role.SUPERVISOR)
    place.window.go_to_page("settings")
    page = place.assembly.settings
    place.until(lambda: page.facts is not None and page.facts.holidays)
    for inside, name, told in (
        (page.bar, "History of the settings", "Hours"),
        (page.holidays, "History of Summer break", "Summer"),
        (page.accounts, "History of amira", "Amira"),
    ):
        (button,) = (one for one in inside.findChildren(IconButton) if one.accessibleName() == name)
        place.press(button)
        sheet = history_of(place)
        assert told in sheet.lines
        sheet.dismiss()


def test_a_change_of_much_more_is_asked_about_before_it_goes(place: Workplace) -> None:
    with prepared(place.store, "Many people") as db:
        people = make_people(db, 60)
        make_enrollment(db, place.centre.ready, people[0])
    place.assembly.history.open("session", place.centre.ready, "Fire Warden")
    sheet = history_of(place)
    assert sheet.history is not None
    change = next(one for one in sheet.history.changes if one.label == "Many people")
    assert (change.touched, len(change.rows)) == (61, 1)
    asked: list[str] = []

    def keep() -> None:
        (question,) = place.window.findChildren(Confirm)
        asked.append(question.accessibleName())
        question.reject()

    QTimer.singleShot(0, place.window, keep)
    place.press(sheet.buttons[change.id])
    place.settled()
    assert asked == ["Take back Many people?"]
    assert change.id in sheet.buttons
