"""A window with a desk over a small organisation, and hands on the picker in it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_enrollment,
    make_people,
    make_person,
    make_scheduled,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.rows.seats import Candidate
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.picker.sheet import PickerSheet

NON_COMPLIANT, PENDING, COMPLIANT = ComplianceStatus
NOW = dt.datetime(2026, 11, 20, 11, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)


def day(after: int) -> dt.date:
    return DAY + dt.timedelta(days=after)


@dataclass
class Room:
    """A window with a desk, and the pieces that a test needs by name."""

    store: Store
    desk: Desk
    window: QWidget
    course: int = 0
    session: int = 0
    crashes: list[str] = field(default_factory=list)

    def open(self, qtbot: QtBot, session: int | None = None) -> PickerSheet:
        directory = self.store.read(load_directory)
        sheet = PickerSheet(self.desk, session or self.session, directory, self.window, FixedClock(NOW))
        sheet.open()
        rest(qtbot, self.desk, sheet)
        return sheet


def make_room(qtbot: QtBot, sqlite_store: Store) -> Room:
    """Give a venue for 20, a session there with 12 people in it, and people of every group."""
    sqlite_store.clock = FixedClock(NOW)  # what is written is judged at the window's time
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 820)
    with qtbot.waitActive(window):  # what another test left behind may still be on its way out
        window.show()
        window.activateWindow()
    made = Room(sqlite_store, Desk(cast(Backend, sqlite_store), "marta"), window)
    made.desk.crashed.connect(made.crashes.append)
    with prepared(sqlite_store) as db:
        made.course = make_course(db, "LOTO", title="Lockout–Tagout")
        venue = make_venue(db, "TRA", name="Training Room A", capacity=20)
        made.session = make_scheduled(
            db, course=made.course, venue=venue, starts_at=at("2026-11-24 13:30"), minutes=180, ref="S-LOTO"
        )
        for person in make_people(db, 12):
            make_enrollment(db, made.session, person)
        people: list[tuple[str, str, ComplianceStatus | None, dt.date | None]] = [
            *((f"Red {letter}", "Drilling", NON_COMPLIANT, None) for letter in "CBA"),
            ("Marek Expired", "Maintenance", NON_COMPLIANT, day(-15)),
            ("Fatima Hart", "Warehouse", COMPLIANT, day(-1)),
            ("Petra Pending", "Lab", PENDING, None),
            ("Eva Soon", "Lab", COMPLIANT, day(21)),
            *((f"Green {number:02}", "Logistics", COMPLIANT, day(300)) for number in range(1, 81)),
        ]
        for name, department, status, expires_on in people:
            person = make_person(db, name, department=department)
            if status is not None:
                make_compliance(db, person, made.course, status, expires_on)
    return made


def rest(qtbot: QtBot, desk: Desk, sheet: PickerSheet | None = None) -> None:
    """Wait until everything asked is answered."""
    qtbot.waitUntil(lambda: not desk.is_busy and (sheet is None or sheet.is_settled))


def type_in(qtbot: QtBot, room: Room, sheet: PickerSheet, text: str) -> None:
    QTest.keyClicks(sheet.search, text)
    rest(qtbot, room.desk, sheet)


def press(sheet: PickerSheet, key: Qt.Key, *, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(sheet.search, key, held)


def shown(sheet: PickerSheet) -> list[str]:
    """Give the rows as words: headers with their group's number, people by name."""
    rows = [sheet.model.row_at(row) for row in range(sheet.model.rowCount())]
    return [row.name if isinstance(row, Candidate) else f"-- {row}" for row in rows if row is not None]


def chosen(sheet: PickerSheet) -> list[str]:
    return [person.name for person in sheet.model.chosen.values()]
