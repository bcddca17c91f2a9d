"""The compliance matrix in the window: found, narrowed, as of any day, and from a cell to a seat (D3)."""

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.factories import (
    make_course,
    make_person,
    make_record,
    make_requirement,
    make_scheduled,
    prepared,
)
from tests.journeys.conftest import CTRL, LEFT, NOW, Workplace
from tests.views.accessibility import audit
from trainer_desk.models import Session
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.matrix import Mark
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.matrix.view import MatrixView


def arrive(place: Workplace) -> MatrixView:
    """Go to the matrix by the sidebar."""
    place.press(place.window.sidebar.items["reports"])
    place.assembly.overview.reports.page.show_view("matrix")
    view = place.assembly.overview.reports.matrix.view
    assert view is not None
    place.until(lambda: view.page is not None and view.model.counts is not None)
    return view


def names(view: MatrixView) -> list[str]:
    rows = [view.model.row(place) for place in range(view.model.rowCount())]
    return [row.name for row in rows if row is not None]


def go_to(place: Workplace, view: MatrixView, day: dt.date) -> None:
    """Type another day."""
    view.filters.day.setFocus()
    view.filters.day.setText(day.isoformat())
    place.key(Qt.Key.Key_Return)
    place.until(lambda: view.asked is not None and view.asked.day == day and view.model.counts is not None)


def choose(view: MatrixView, first: int, last: int, column: int) -> None:
    """Drag over some people of one course."""
    grid = view.grid
    begin, end = (grid.visualRect(view.model.index(row, column)).center() for row in (first, last))
    QTest.mousePress(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseRelease(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)


def offered(place: Workplace, view: MatrixView) -> dict[str, QAction]:
    """Press the button for the selection, and return what is offered by its words."""
    place.press(view.foot.add)
    place.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions() if action.text()}


def take(action: QAction) -> None:
    """Click a line of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


@pytest.fixture
def staffed(place: Workplace) -> tuple[Workplace, int, list[int]]:
    """Have two courses asked of everybody since June: Ann holds both, Bo the one, Cy and the others none."""
    with prepared(place.store) as db:
        gas = make_course(db, "GAS", title="Gas Safety", category="Safety", default_capacity=2, validity_months=12)
        people = [make_person(db, name, department="Lab") for name in ("Ann", "Bo", "Cy", "Dee")]
        for course in (place.centre.fire, gas):
            make_requirement(db, course, since=dt.date(2026, 6, 1))
        for person, course in ((people[0], gas), (people[0], place.centre.fire), (people[1], gas)):
            make_record(db, person, course, dt.date(2026, 6, 20))
        recompute(db)
    return place, gas, people


def test_it_is_found_narrowed_and_seen_as_of_any_day(staffed: tuple[Workplace, int, list[int]]) -> None:
    place, gas, (ann, *_others) = staffed
    view = arrive(place)
    assert [course.code for course in view.model.courses] == ["FIRE", "GAS"]
    assert names(view)[:4] == ["Ann", "Bo", "Cy", "Dee"]
    assert [view.model.needing(column) for column in (0, 1)] == [6, 5]
    assert audit(view) == []
    cell, said = view.model.index(1, 1), Qt.ItemDataRole.AccessibleTextRole
    assert view.model.data(cell, said) == "Bo, Gas Safety: Compliant, Valid to 20 Jun 2027"
    assert view.model.data(cell.siblingAtColumn(0), said) == "Bo, Fire Warden: Not compliant, Never trained"
    view.filters.lacking.click()
    place.until(lambda: names(view)[:1] == ["Bo"])
    view.filters.search.setFocus()
    place.type("cy")
    place.until(lambda: names(view) == ["Cy"])
    place.press(view.filters.clear)
    place.until(lambda: view.model.rowCount() == 7)
    go_to(place, view, dt.date(2026, 6, 19))
    assert [view.model.needing(column) for column in (0, 1)] == [7, 7]
    assert view.foot.words.whole().startswith("As of 19 Jun 2026: what had happened by then")
    choose(view, 0, 1, 0)
    assert view.foot.add.isHidden(), "nobody is planned by a day that is past"
    go_to(place, view, dt.date(2026, 5, 31))
    assert all(row is not None and not row.cells for row in map(view.model.row, range(7)))
    with prepared(place.store) as db:
        make_record(db, ann, gas, dt.date(2026, 5, 30))
    place.desk.changed.emit(Changes(everything=True))
    place.until(lambda: (cell := view.model.cell(0, 1)) is not None and cell.mark is Mark.HELD)


def test_people_in_need_are_enrolled_in_a_session_on_their_next_date_or_in_drafts(
    staffed: tuple[Workplace, int, list[int]],
) -> None:
    place, gas, (*_others, dee) = staffed
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        near = make_scheduled(db, course=gas, starts_at=NOW + dt.timedelta(days=3), capacity=9)
        far = make_scheduled(db, course=gas, starts_at=NOW + dt.timedelta(days=30), capacity=9)
    view = arrive(place)
    choose(view, 0, 2, 1)
    assert view.foot.words.whole() == "3 people · Gas Safety"
    lines = offered(place, view)
    assert [words.split(" · ")[0] for words in lines] == [
        "1 person in need of Gas Safety", "Thu 9 Jul 07:30", "Wed 5 Aug 07:30", "Everybody on their next date",
        "New draft with 1 person",
    ]  # fmt: skip
    take(next(action for words, action in lines.items() if words.startswith("Wed 5 Aug")))
    room = place.assembly.overview.reports.matrix
    place.until(lambda: room.sheet is not None and room.sheet.model.chosen)
    assert room.sheet is not None
    assert [one.name for one in room.sheet.model.chosen.values()] == ["Cy"]
    place.until(lambda: room.sheet is not None and room.sheet.foot_part.add.isEnabled())
    place.press(room.sheet.foot_part.add)
    place.until(lambda: len(place.store.read(load_seats, far)) == 1)
    choose(view, 1, 3, 1)
    take(offered(place, view)["Everybody on their next date"])
    place.until(lambda: [seat.person_id for seat in place.store.read(load_seats, near)] == [dee])
    assert place.toast == "1 person enrolled on the next date, 1 had a date already."
    place.window.activateWindow()
    view.grid.selectColumn(1)
    take(offered(place, view)["New draft with 5 people"])
    place.until(lambda: place.toast.startswith("3 drafts of Gas Safety"))
    assert place.toast == "3 drafts of Gas Safety with 5 people."
    place.until(lambda: place.window.panel.current == "session")
    sessions = place.store.read(drafts_of, gas)
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.store.read(drafts_of, gas) == 0)
    assert sessions == 3


def test_keys_copy_print_save_and_open(staffed: tuple[Workplace, int, list[int]], tmp_path: Path) -> None:
    place, _gas, people = staffed
    view = arrive(place)
    grid = view.grid
    grid.setFocus()
    grid.setCurrentIndex(view.model.index(0, 0))
    place.key(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    place.key(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == (
        f"Number\tName\tFire Warden\tGas Safety\n{number_of(view, 0)}\tAnn\tCompliant\tCompliant, to 2027-06-20\n"
    )
    place.key(Qt.Key.Key_Space, CTRL)
    assert (grid.chosen().people, len(grid.chosen().columns)) == (7, 1)
    place.key(Qt.Key.Key_Escape)
    assert grid.chosen().people == 0
    place.key(Qt.Key.Key_Down)
    place.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    place.key(Qt.Key.Key_Return)
    place.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Fire Warden", "Gas Safety"]
    place.key(Qt.Key.Key_Escape)
    printing = place.assembly.overview.reports.matrix.printing
    place.press(view.print)
    place.until(lambda: printing.preview is not None)
    assert printing.preview is not None
    assert printing.preview.document.pages == 1
    assert {"Ann", "Gas Safety", "Printed Mon 6 Jul 2026 07:30 (Europe/Berlin)"} <= set(
        printing.preview.document.texts()
    )
    printing.preview.dismiss()
    saving = place.assembly.overview.reports.matrix.saving
    for name in ("held.csv", "held.xlsx"):
        place.press(view.save)
        assert saving.sheet is not None
        saving.sheet.path.setText(str(tmp_path / name))
        place.press(saving.sheet.save)
        place.until(lambda name=name: place.toast == f"Saved 7 people to “{name}”.")
        assert (tmp_path / name).stat().st_size > 100
    QTest.mouseDClick(grid.names.viewport(), LEFT, pos=QPoint(40, grid.names.sectionViewportPosition(1) + 8))
    place.until(lambda: place.assembly.pages.page.thing == ("people", people[1]))


def number_of(view: MatrixView, place: int) -> str:
    row = view.model.row(place)
    assert row is not None
    return row.employee_no


def drafts_of(db: sa.Connection, course: int) -> int:
    drafts = sa.select(sa.func.count()).select_from(Session)
    wanted = drafts.where(Session.course_id == course, Session.status == "DRAFT", Session.deleted_at.is_(None))
    return int(db.execute(wanted).scalar_one())
