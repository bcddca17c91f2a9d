"""Ctrl+C copies the selected rows of a list as a table that a spreadsheet takes (X5)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.schedule.session_table import SessionTable

HEAD = "Day\tTime\tSession\tTrainer\tVenue\tSeats\tState\tWaiting\tRun"
TAUGHT = "Tue 7 Jul\t09:00–12:00\tLockout–Tagout\tJohn Smith\tTraining Room A\t2/20\t"
READY = "Wed 8 Jul\t10:00–11:00\tFire Warden\tAisha Rahman\tTraining Room B\t0/8\tDraft\t\t"


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    """Begin and end with an empty clipboard."""
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def lines() -> list[str]:
    return QGuiApplication.clipboard().text().splitlines()


def the_range(place: Workplace) -> SessionTable:
    place.page.show_view(View.LIST)
    table = place.page.table
    place.until(lambda: table.model.rowCount() == 2 and table.table.hasFocus())
    return table


def the_drafts(place: Workplace) -> SessionTable:
    place.window.go_to_page("sessions")
    place.assembly.sessions.show_shelf(Shelf.DRAFTS)
    table = place.assembly.sessions.table
    place.until(lambda: table.model.rowCount() == 2)
    table.table.setFocus()
    return table


def test_the_rows_of_the_range_are_copied_in_their_order(place: Workplace) -> None:
    table = the_range(place)
    place.key(Qt.Key.Key_A, CTRL)
    place.key(Qt.Key.Key_C, CTRL)
    copied = lines()
    assert copied[0] == HEAD
    assert copied[1].startswith(TAUGHT)
    assert copied[2:] == [READY]
    assert place.toast == "2 rows copied."
    table.sort_by("day", descending=True)
    table.show_column("seats", False)
    table.select_ids([place.centre.ready])
    place.key(Qt.Key.Key_C, CTRL)
    assert lines() == [HEAD.replace("\tSeats", ""), READY.replace("\t0/8", "")]
    assert place.toast == "1 row copied."


def test_the_rows_of_the_page_of_all_sessions_are_copied(place: Workplace) -> None:
    table = the_drafts(place)
    table.select_ids([place.centre.undated])
    place.key(Qt.Key.Key_C, CTRL)
    assert lines() == [HEAD, "No date yet\t\tFire Warden\t\t\t1\tDraft\t\t"]


def test_copying_in_a_field_copies_its_text_and_not_the_rows(place: Workplace) -> None:
    table = the_range(place)
    table.select_ids([place.centre.ready])
    table.search.setFocus()
    place.type("fire")
    place.key(Qt.Key.Key_A, CTRL)
    place.key(Qt.Key.Key_C, CTRL)
    assert lines() == ["fire"]


def test_nothing_selected_copies_nothing(place: Workplace) -> None:
    table = the_range(place)
    table.table.clearSelection()
    place.key(Qt.Key.Key_C, CTRL)
    assert lines() == []
