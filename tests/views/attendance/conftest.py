"""An attendance sheet on a real database, with fingers and keys, and a database that can go away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.factories import at, make_course, make_enrollment, make_person, make_scheduled, make_trainer, prepared
from tests.views.owners import working_at
from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.attendance.marking import load_mark
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration import attending
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.outbox import Outbox
from trainer_desk.views.attendance import postman
from trainer_desk.views.attendance.places import Choice
from trainer_desk.views.attendance.view import AttendanceView
from trainer_desk.views.desk import Backend, Desk

NOON = at("2026-11-24 14:00")
NAMES = ("Amara Orlov", "Bruno Ivanov", "Carlos Dias", "Carlos Nair", "Elena Lind", "Femke Kumar")


class Line:
    """The way to the database, which can be cut; the store itself is real."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.is_cut = False

    def __getattr__(self, name: str) -> Any:
        if self.is_cut and name in ("read", "write"):
            raise DatabaseTrouble("connection_lost", why="connection_lost")
        return getattr(self.store, name)


@dataclass
class Room:
    """The window, the database behind it, and hands that tap and type."""

    qtbot: QtBot
    store: Store
    line: Line
    box: Path
    session: int
    people: dict[str, int]
    crashes: list[str] = field(default_factory=list)
    desk: Desk = field(init=False)
    post: postman.Postman = field(init=False)
    _view: AttendanceView | None = None

    def start(self) -> None:
        """Start the program: its door and its postman."""
        self.desk = Desk(cast(Backend, self.line), self.line.actor)
        self.desk.crashed.connect(self.crashes.append)
        self.post = postman.Postman(self.desk, Outbox(self.box))
        self.post.start()

    def stop(self) -> None:
        """End it."""
        if self._view is not None and isValid(self._view):
            self._view.close()
        self.post.close()
        self.desk.close()

    @property
    def view(self) -> AttendanceView:
        """The window."""
        assert self._view is not None
        return self._view

    def open(self) -> AttendanceView:
        """Open the sheet and wait until it knows its people."""
        directory = self.store.read(load_directory)
        self._view = AttendanceView(self.desk, self.session, directory, self.post, FixedClock(NOON))
        self._view.show()
        self.qtbot.waitExposed(self._view)
        self._view.activateWindow()
        self.until(lambda: self.view.sheet is not None)
        return self._view

    def until(self, done: Callable[[], object]) -> None:
        """Wait until something is so and nothing is under way."""
        self.qtbot.waitUntil(lambda: bool(done()) and not self.desk.is_busy, timeout=8000)

    def rest(self) -> None:
        """Wait until every mark has arrived."""
        self.until(lambda: not self.post.waiting)

    def row(self, name: str) -> int:
        """Return the row of somebody."""
        model = self.view.model
        return next(row for row in range(model.rowCount()) if model.data(model.index(row)) == name)

    def tap(self, name: str, choice: Choice) -> None:
        """Tap an answer in the row of somebody."""
        people = self.view.parts.people
        people.scrollTo(self.view.model.index(self.row(name)))
        spot = people.choice_box(self.row(name), choice).center().toPoint()
        QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys in the list."""
        for key in keys:
            QTest.keyClick(self.view.parts.people, key)

    def shown(self) -> list[str]:
        """Return how everybody is marked on the screen, from the top."""
        return [line.mark.attendance.value for line in self.view.model.lines]

    def stored(self, name: str) -> Mark:
        """Return what the database holds."""
        return self.store.read(load_mark, self.session, self.people[name])

    def another_marks(self, name: str, attendance: Attendance) -> None:
        """Have somebody else mark at another workstation."""
        self.store.write("Mark", attending.mark, self.session, self.people[name], attendance=attendance, actor="marta")

    @property
    def notice(self) -> str:
        """What the bar says, empty while it is hidden."""
        bar = self.view.parts.notice
        return bar.label.text() if not bar.isHidden() else ""

    def answer(self, verb: str) -> None:
        """Press a button of the bar."""
        button = next(one for one in self.view.parts.notice.buttons if one.words().startswith(verb))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def popup(self) -> Any:
        """Return the question that is open."""
        return QApplication.activeModalWidget()


@pytest.fixture
def room(qtbot: QtBot, owners_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Six people have a seat in a session that asks for results, one waits; it runs since an hour."""
    monkeypatch.setattr(postman, "RETRY_MS", 50)
    owners_store.clock = FixedClock(NOON)
    with prepared(owners_store) as db:
        course = make_course(db, "LOTO", title="Lockout–Tagout", requires_result=True)
        trainer = make_trainer(db, "JS", name="John Smith", courses=[course])
        session = make_scheduled(
            db, course=course, trainer=trainer, starts_at=at("2026-11-24 13:00"), minutes=180, status="IN_PROGRESS"
        )
        names = (*NAMES, "Grace Hart")
        people = {name: make_person(db, name, employee_no=f"P{n}", department="Lab") for n, name in enumerate(names)}
        for name in NAMES:
            make_enrollment(db, session, people[name])
        make_enrollment(db, session, people["Grace Hart"], EnrollmentState.WAITLISTED)
    with working_at(owners_store, trainer, FixedClock(NOON)) as used:
        made = Room(qtbot, owners_store, Line(used), tmp_path / "marks.kept", session, people)
        made.start()
        yield made
        made.stop()
        assert made.crashes == []
