"""The real window on a real database: one small training centre, and a person with a mouse and a keyboard."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import (
    Database,
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.views.schedule import boards, pointer
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.planning.board import load_card
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.store.engine import Store
from trainer_desk.views.assembly import Assembly
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.memory import Memory
from trainer_desk.views.schedule.canvas import ScheduleCanvas
from trainer_desk.views.schedule.day_columns import DayColumns
from trainer_desk.views.theme import look

NOW = at("2026-07-06 07:30")
"""Monday morning; the week on show is 6–12 July 2026."""
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Centre:
    """Ids of the training centre: John may teach all, Aisha only Fire Warden; Room A seats 20, Room B 8."""

    loto: int
    fire: int
    john: int
    aisha: int
    room_a: int
    room_b: int
    taught: int
    """Lockout–Tagout, scheduled Tuesday 09:00–12:00, John, Room A, two people."""
    undated: int
    """A draft of Fire Warden without anything, one person."""
    ready: int
    """A complete draft of Fire Warden, Wednesday 10:00–11:00, Aisha, Room B."""


def found(db: Database) -> Centre:
    """Make the centre."""
    loto = make_course(db, "LOTO", title="Lockout–Tagout", duration_minutes=180)
    fire = make_course(db, "FIRE", title="Fire Warden", short_code="FW", duration_minutes=60)
    john = make_trainer(db, "JS", name="John Smith", courses=[loto, fire])
    aisha = make_trainer(db, "AR", name="Aisha Rahman", courses=[fire])
    room_a = make_venue(db, "A", name="Training Room A", capacity=20)
    room_b = make_venue(db, "B", name="Training Room B", capacity=8)
    people = make_people(db, 3)
    taught = make_scheduled(db, course=loto, trainer=john, venue=room_a, starts_at=at("2026-07-07 09:00"), minutes=180)
    undated = make_draft(db, course=fire)
    ready = make_draft(db, course=fire, trainer=aisha, venue=room_b, starts_at=at("2026-07-08 10:00"))
    for session, person in ((taught, people[0]), (taught, people[1]), (undated, people[2])):
        make_enrollment(db, session, person)
    return Centre(loto, fire, john, aisha, room_a, room_b, taught, undated, ready)


def begin_at(page: str, settings: Path) -> None:
    """Have the window remember a page of an earlier sitting, so that it begins there."""
    memory = Memory(settings)
    memory.put("window/page", memory.get("window/page", "") or page)
    memory.save()


class Workplace:
    """The window with hands on it."""

    def __init__(self, qtbot: QtBot, store: Store, centre: Centre, settings: Path, page: str = "schedule") -> None:
        self.qtbot, self.store, self.centre = qtbot, store, centre
        begin_at(page, settings)
        self.window = MainWindow(settings, "frank", NOW.date())
        self.visited: list[str] = []
        self.window.page_changed.connect(self.visited.append)
        self.desk = Desk(cast(Backend, store), store.actor)
        self.desk.crashed.connect(self._crashed)
        self.assembly = Assembly(self.window, self.desk, FixedClock(NOW))
        self.crashes: list[str] = []
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.page = self.assembly.schedule
        self.until(lambda: self.page.source.board is not None and self.window.page)
        if self.window.page == "schedule":
            self.page.focus_view()

    def close(self) -> None:
        """End it like the close button does; a crash anywhere fails the test."""
        self.window.may_close = None
        self.window.close()
        self.desk.close()
        self.desk.deleteLater()  # or what listens to it keeps the whole window for ever
        assert not self.crashes, self.crashes[0]

    def _crashed(self, details: str) -> None:
        self.crashes.append(details)

    def until(self, done: Callable[[], object]) -> None:
        """Wait until something is so, and for what is still under way."""
        self.qtbot.waitUntil(lambda: bool(done()) and not self.desk.is_busy, timeout=8000)

    def settled(self) -> None:
        """Wait for everything that is under way."""
        self.until(lambda: True)

    def card(self, session_id: int) -> SessionCard:
        """Read a session from the database."""
        return self.store.read(load_card, session_id)

    @property
    def toast(self) -> str:
        """What the newest toast says, empty if there was none."""
        history = self.window.toasts.history
        return history[-1].text if history else ""

    @property
    def canvas(self) -> ScheduleCanvas:
        """The painted view on show."""
        assert self.page.canvas is not None
        return self.page.canvas

    @property
    def week(self) -> DayColumns:
        """The painted week or day on show."""
        assert isinstance(self.canvas, DayColumns)
        return self.canvas

    def grid(self, wall: str) -> QPoint:
        """Return the viewport point of a wall-clock time on the week."""
        moment = dt.datetime.fromisoformat(wall)
        return pointer.place(self.week, moment.date(), moment.hour * 60 + moment.minute)

    def drag_on_grid(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = pointer.NONE) -> None:
        """Press, move and let go on the painted view."""
        pointer.drag(self.canvas, start, end, modifiers)

    def drag_session(self, session_id: int, wall: str, *, copy: bool = False) -> None:
        """Drag a session so that it starts at a wall-clock time; `copy` holds Ctrl."""
        canvas = self.week
        grip = pointer.centre(canvas, session_id, down=0.5)
        card = self.page.source.cards[session_id]
        assert card.starts_at is not None
        local = card.starts_at.astimezone(boards.ZONE).replace(tzinfo=None)
        there, here = self.grid(wall), self.grid(local.isoformat())
        target = QPoint(there.x(), grip.y() + there.y() - here.y())
        pointer.carry(canvas, grip, target)
        if copy:
            QTest.keyPress(canvas, Qt.Key.Key_Control)
        QTest.mouseRelease(canvas.viewport(), LEFT, CTRL if copy else pointer.NONE, target)
        if copy:
            QTest.keyRelease(canvas, Qt.Key.Key_Control)

    def click_session(self, session_id: int, modifiers: Qt.KeyboardModifier = pointer.NONE) -> None:
        """Click a session on the painted view."""
        QTest.mouseClick(self.canvas.viewport(), LEFT, modifiers, pointer.centre(self.canvas, session_id))

    def another_takes(self, trainer: int, venue: int, wall: str) -> int:
        """Have somebody else schedule an hour of Fire Warden meanwhile."""
        with prepared(self.store) as db:
            start = at(wall)
            return make_scheduled(db, course=self.centre.fire, trainer=trainer, venue=venue, starts_at=start)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = pointer.NONE) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(QApplication.activePopupWidget() or self.focus, key, modifiers)
        self._come_back()

    def _come_back(self) -> None:
        """Give the window the focus back when a popup has gone; without a screen nobody else does."""
        elsewhere = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if elsewhere is None and self.window.isVisible() and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def type(self, text: str) -> None:
        """Type a text wherever the focus is."""
        QTest.keyClicks(self.focus, text)

    def press(self, button: QWidget) -> None:
        """Click a button."""
        QTest.mouseClick(button, LEFT)

    @property
    def focus(self) -> QWidget:
        """The widget with the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget


@pytest.fixture(scope="session", autouse=True)
def started_look(qapp: QApplication) -> None:
    """Show the light theme, as app.py starts it."""
    look().start("light")


@pytest.fixture
def centre(store: Store) -> Centre:
    """Give the training centre, once on each kind of database."""
    with prepared(store) as db:
        return found(db)


@pytest.fixture
def place(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> Iterator[Workplace]:
    """Open the window on the training centre."""
    workplace = Workplace(qtbot, store, centre, tmp_path / "window.ini")
    yield workplace
    workplace.close()
