"""A door on a real database: a room for 20, a session with twelve people, and somebody with a badge scanner."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.factories import (
    at,
    make_course,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.views.owners import working_at
from trainer_desk.models import Enrollment, Person, Presence
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.door.view import DoorView

NOON = dt.datetime(2026, 11, 24, 12, 20, tzinfo=dt.UTC)
NAMES = (
    "Anna Keller", "Anders Becker", "Bruno Ivanov", "Carlos Dias", "Carlos Nair", "Dmitri Silva", "Elena Lind",
    "Felix Winter", "Femke Kumar", "Grace Hart", "<b>Hugo</b> & Sons", "Ida Østergård",
)  # fmt: skip


@dataclass
class Door:
    """The window at a door, the database behind it, and hands that scan, type and tap."""

    qtbot: QtBot
    store: Store
    clock: FixedClock
    desk: Desk
    venue: int
    session: int
    crashes: list[str] = field(default_factory=list)
    _view: DoorView | None = None

    @property
    def view(self) -> DoorView:
        """The window."""
        assert self._view is not None
        return self._view

    def open(self, session: int | None = None) -> DoorView:
        """Open the window and wait until it knows the room."""
        directory = self.store.read(load_directory)
        self._view = DoorView(self.desk, session or self.session, directory, self.clock)
        self._view.resize(1024, 768)
        self._view.show()
        self.qtbot.waitExposed(self._view)
        self._view.activateWindow()
        self.until(lambda: self.view.row is not None)
        return self._view

    def until(self, done: Callable[[], object]) -> None:
        """Wait until something is so and nothing is under way."""
        self.qtbot.waitUntil(lambda: bool(done()) and not self.desk.is_busy, timeout=8000)

    def rest(self) -> None:
        """Wait until every badge is answered."""
        self.until(lambda: not self.view.scanner.waiting)

    def scan(self, *numbers: str) -> None:
        """Type badges as a scanner does: sign by sign with Enter at the end, without waiting for anything."""
        for number in numbers:
            QTest.keyClicks(self.view.parts.field, number)
            QTest.keyClick(self.view.parts.field, Qt.Key.Key_Return)

    def key(self, key: Qt.Key) -> None:
        """Press a key in the field."""
        QTest.keyClick(self.view.parts.field, key)

    def tap(self, name: str) -> None:
        """Tap the row of an expected person."""
        rows = self.view.parts.people
        model = self.view.model
        [row] = [row for row in range(model.rowCount()) if model.data(model.index(row)) == name]
        rows.scrollTo(model.index(row))
        spot = rows.visualRect(model.index(row)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    @property
    def head(self) -> str:
        """What the verdict says."""
        return self.view.parts.verdict.head.text()

    @property
    def figure(self) -> str:
        """The large counter."""
        return self.view.parts.gauge.figure.words

    def inside(self) -> list[str]:
        """Return the numbers of the people in the room, in the order in which they came."""
        came = sa.select(Person.employee_no).join(Presence, Presence.person_id == Person.id)
        came = came.where(Presence.ended_at.is_(None)).order_by(Presence.id)
        return self.store.read(lambda db: list(db.execute(came).scalars()))

    def states(self) -> dict[str, int]:
        """Return how many people stand how in the session."""
        counted = sa.select(Enrollment.state, sa.func.count()).where(Enrollment.session_id == self.session)
        return self.store.read(lambda db: dict(db.execute(counted.group_by(Enrollment.state)).all()))

    def hold_up(self) -> Callable[[], None]:
        """Keep the database busy until what is returned is called."""
        gate, owner = threading.Event(), QObject(self.desk)

        def wait(_db: Any, *, actor: str, now: Any) -> None:
            gate.wait(20)

        self.desk.write(owner, "Slow", wait)
        return gate.set


@pytest.fixture
def door(qtbot: QtBot, owners_store: Store) -> Iterator[Door]:
    """Twelve people are expected in Training Room A, which takes 20; P20 and P21 work here, but are not enrolled."""
    clock = FixedClock(NOON)
    owners_store.clock = clock
    with prepared(owners_store) as db:
        course = make_course(db, "LOTO", title="Lockout–Tagout")
        venue = make_venue(db, "TRA", name="Training Room A", occupancy_limit=20)
        trainer = make_trainer(db, courses=[course])
        session = make_scheduled(
            db, course=course, trainer=trainer, venue=venue, starts_at=at("2026-11-24 13:30"), minutes=180,
            ref="S-LOTO", capacity=14,
        )  # fmt: skip
        for place, name in enumerate(NAMES):
            make_enrollment(db, session, make_person(db, name, employee_no=f"P{place:02}", department="Lab"))
        for number in (20, 21, 22):
            make_person(db, f"Walk In {number}", employee_no=f"P{number}")
    with working_at(owners_store, trainer, clock) as used:
        actor = "marta" if used.is_file else used.actor
        made = Door(qtbot, owners_store, clock, Desk(cast(Backend, used), actor), venue, session)
        made.desk.crashed.connect(made.crashes.append)
        yield made
        if made._view is not None and isValid(made.view):
            made.view.close()
        made.desk.close()
        assert made.crashes == []
