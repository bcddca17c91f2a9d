"""An organisation with two trainers, three rooms and a few sessions, and the panel in a window over it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_compliance,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store
from trainer_desk.views.desk import Desk
from trainer_desk.views.session.panel import SessionPanel
from trainer_desk.views.session.resource_combo import ResourceCombo

NOW = at("2026-07-01 10:00")


@dataclass
class Organisation:
    """The ids of what the tests name; times are wall clock in Berlin, Monday 6 July 2026."""

    store: Store
    course: int
    other_course: int
    john: int
    aisha: int
    femi: int
    room_a: int
    room_b: int
    cabin: int
    people: list[int]
    draft: int
    undated: int
    taken: int
    scheduled: int

    def row(self, session_id: int) -> Any:
        """Return the session's row as it stands in the database."""
        return self.store.read(lambda db: db.execute(sa.select(Session).where(Session.id == session_id)).one())

    def co_trainers(self, session_id: int) -> list[int]:
        """Return the resources linked to the session."""
        links = sa.select(SessionResource.resource_id).where(SessionResource.session_id == session_id)
        return sorted(self.store.read(lambda db: db.execute(links).scalars().all()))

    def who(self, name: str) -> str:
        """Return the name under which somebody writes: on a server it is the login, whoever sits there."""
        return name if self.store.is_file else self.store.actor

    def write(self, verb: Callable[..., Any], *arguments: Any, actor: str = "marta", **named: Any) -> Any:
        """Change something as another workstation would."""
        return self.store.write("Changed elsewhere", verb, *arguments, actor=actor, **named).value


@pytest.fixture
def organisation(store_factory: StoreFactory) -> Organisation:
    store = store_factory(FixedClock(NOW))
    with prepared(store) as db:
        course = make_course(db, "LOTO", title="Lockout–Tagout", duration_minutes=180, validity_months=12)
        other = make_course(db, "ASB", title="Asbestos Awareness")
        john = make_trainer(db, "JS", name="John Smith", courses=[course, other])
        aisha = make_trainer(db, "AR", name="Aisha Rahman", courses=[course, other])
        femi = make_trainer(db, "FA", name="Femi Adeyemi", courses=[other])
        room_a = make_venue(db, "A", name="Training Room A", capacity=20)
        room_b = make_venue(db, "B", name="Training Room B", capacity=16)
        cabin = make_venue(db, "C", name="Cabin", capacity=2)
        people = [make_person(db, name) for name in ("Bruno Ali", "Nadia Costa", "Amara Rossi", "Kofi Zahra", "Ada")]
        held = [("NON_COMPLIANT", dt.date(2026, 6, 9)), ("NON_COMPLIANT", None), ("PENDING", None)]
        held += [("COMPLIANT", dt.date(2026, 7, 27)), ("COMPLIANT", None)]
        for person, (status, expires_on) in zip(people, held, strict=True):
            make_compliance(db, person, course, ComplianceStatus(status), expires_on)
        draft = make_draft(db, course=course, trainer=john, venue=room_a, starts_at=at("2026-07-06 13:00"), minutes=180)
        for person in people:
            make_enrollment(db, draft, person)
        return Organisation(
            store=store,
            course=course,
            other_course=other,
            john=john,
            aisha=aisha,
            femi=femi,
            room_a=room_a,
            room_b=room_b,
            cabin=cabin,
            people=people,
            draft=draft,
            undated=make_draft(db, course=course),
            taken=make_scheduled(
                db, course=other, trainer=femi, venue=room_a, starts_at=at("2026-07-06 14:00"), minutes=120
            ),
            scheduled=make_scheduled(
                db, course=course, trainer=john, venue=room_b, starts_at=at("2026-07-06 09:00"), minutes=120
            ),
        )


@pytest.fixture
def desk(organisation: Organisation) -> Iterator[Desk]:
    door = Desk(organisation.store, "frank")
    crashes: list[str] = []
    door.crashed.connect(crashes.append)
    yield door
    door.close()
    assert not crashes, crashes[0]


@dataclass
class Stage:
    """The panel in a window beside another field that can take the focus."""

    qtbot: QtBot
    desk: Desk
    panel: SessionPanel
    window: QWidget
    elsewhere: QLineEdit
    toasts: list[tuple[str, bool]] = field(default_factory=list)

    def show(self, session_id: int) -> None:
        """Open a session and wait until it is read."""
        self.panel.show_session(session_id)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.desk.is_busy and not self.panel.saver.is_busy, timeout=10_000)

    def leave(self) -> None:
        """Move the focus out of the panel, as a click on the calendar would, and wait."""
        self.elsewhere.setFocus()
        self.settle()

    def retype(self, widget: QWidget, text: str) -> None:
        """Replace what stands in a line by keys, and leave it with Tab."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_Delete)
        QTest.keyClicks(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        self.settle()

    def choose(self, combo: ResourceCombo, typed: str) -> None:
        """Type a part of a name into a list and take the first match with the keys."""
        line, completer = combo.lineEdit(), combo.completer()
        assert line is not None
        assert completer is not None
        combo.setFocus()
        line.selectAll()
        QTest.keyClicks(line, typed)
        popup = completer.popup()
        assert popup is not None
        self.qtbot.waitUntil(popup.isVisible)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
        # Without a screen nobody gives the window the focus back when a popup has gone.
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    def press(self, button: QWidget) -> None:
        """Click a button and wait for what comes of it."""
        self.qtbot.waitUntil(button.isVisible)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def link(self, group: str, words: str) -> QWidget:
        """Find the way out with these words under a field."""
        buttons = self.panel.form.fields[group].verdict.buttons
        found = [button for button in buttons if button.words() == words]
        assert found, [button.words() for button in buttons]
        return found[0]

    def said(self, group: str) -> str:
        """Give the sentence under a field."""
        return self.panel.form.fields[group].verdict.verdict.text


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Iterator[Stage]:
    window, elsewhere = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    elsewhere.setAccessibleName("Elsewhere")
    panel = SessionPanel(desk, clock=FixedClock(NOW))
    panel.setFixedWidth(336)
    row = QHBoxLayout(window)
    row.addWidget(elsewhere)
    row.addWidget(panel)
    window.resize(900, 1400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    built = Stage(qtbot, desk, panel, window, elsewhere)
    panel.toast_requested.connect(lambda text, undo: built.toasts.append((text, undo)))
    yield built
    panel.saver.discard()
