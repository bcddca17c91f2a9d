"""The server is not heard any more: the window lives, what was typed stays, and work goes on when it is back (O3)."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import prepared
from tests.faults.clusters import OwnServer, own_server, programs
from tests.faults.proxy import FOR_EVER, Fault, Proxy
from tests.faults.test_lost_answer import add
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace, begin_at, found
from tests.journeys.test_connection import SECONDS, bar, come_back
from tests.journeys.test_connection import line as line
from tests.journeys.test_connection import place as place
from tests.postgres_server import make_postgres_database
from trainer_desk.models import Venue
from trainer_desk.services.store import patience
from trainer_desk.services.store.engine import create_store
from trainer_desk.views import connection
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.program import Program

pytestmark = pytest.mark.postgres
LONGEST_GAP = 400
"""Milliseconds without a beat that a test on a busy machine allows; a frozen window would miss seconds."""
LOST = "Not saved. The connection to the database was lost. What you typed is still here."


class Heart:
    """Beats in the window's thread, and remembers the longest pause between two beats."""

    def __init__(self) -> None:
        self.longest = self.beats = 0
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._clock.start()
        self._timer.start()

    def _beat(self) -> None:
        self.longest = max(self.longest, self._clock.restart())
        self.beats += 1


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask soon whether a silent server is at work."""
    monkeypatch.setattr(patience, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(patience, "ASK_SECONDS", 2)


def capacity(place: Workplace) -> Any:
    return place.store.read(lambda db: db.scalar(sa.select(Venue.capacity).where(Venue.id == place.centre.room_a)))


def put_in(place: Workplace, hands: Hands, text: str) -> QLineEdit:
    """Type into the field for seats, without having it saved."""
    edit = cast(QLineEdit, hands.panel.form.fields["capacity"].first_editor())
    hands.come_back()
    edit.setFocus()
    edit.selectAll()
    place.type(text)
    return edit


def test_a_silent_line_freezes_nothing_and_what_was_typed_is_saved_when_it_is_back(
    place: Workplace, line: Proxy
) -> None:
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    edit = put_in(place, hands, "12")
    line.silence()
    heart = Heart()
    place.key(Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: bool(hands.said("capacity")) and bar(place).isVisible(), timeout=SECONDS)
    assert hands.said("capacity").startswith(LOST)
    assert edit.text() == "12"
    assert heart.longest < LONGEST_GAP
    assert heart.beats > 20
    place.qtbot.waitUntil(lambda: not place.desk.is_busy, timeout=SECONDS)
    assert hands.panel.thing_id == place.centre.room_a, "the panel stays although it could not be read again"
    line.speak()
    place.qtbot.waitUntil(lambda: not bar(place).isVisible(), timeout=SECONDS)
    place.settled()
    assert edit.text() == "12", "what was read anew did not take its place"
    again = hands.panel.form.fields["capacity"].verdict.buttons[0]
    assert again.text() == "Try again"
    place.press(again)
    place.until(lambda: not hands.said("capacity"))
    assert capacity(place) == 12


def test_looking_at_something_else_meanwhile_freezes_nothing(place: Workplace, line: Proxy) -> None:
    shown = place.page.source.board
    line.silence()
    heart = Heart()
    place.page.step(1)
    place.qtbot.waitUntil(bar(place).isVisible, timeout=SECONDS)
    assert heart.longest < LONGEST_GAP
    assert place.page.source.board is shown, "what was read before stays on show"
    line.speak()
    place.qtbot.waitUntil(lambda: place.page.source.board is not shown, timeout=SECONDS)


def test_lines_that_broke_meanwhile_are_not_noticed(place: Workplace, line: Proxy) -> None:
    """As after a restart of the server between two clicks."""
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    line.cut()
    hands.type("capacity", "13")
    assert not hands.said("capacity")
    assert not bar(place).isVisible()
    assert capacity(place) == 13


def test_of_an_answer_that_stays_away_nobody_says_that_it_was_not_saved(place: Workplace, line: Proxy) -> None:
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    put_in(place, hands, "14")
    line.plan(Fault.EAT, away=FOR_EVER)
    place.key(Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: bool(hands.said("capacity")), timeout=SECONDS)
    assert hands.said("capacity").startswith("The connection to the database was lost while")
    assert hands.said("capacity").endswith("was being saved. Look whether it is there before you do it again.")
    come_back(line)
    assert capacity(place) == 14


def test_the_window_is_closed_at_once_although_the_line_is_silent(place: Workplace, line: Proxy) -> None:
    line.silence()
    place.page.step(1)
    began = time.monotonic()
    assert not place.desk.close()
    assert time.monotonic() - began < 3


# ---- the whole program on a server that is restarted ----------------------------------------------------------------


@pytest.fixture
def own() -> Iterator[OwnServer]:
    """Run a server with an organisation, which the test may stop."""
    with programs() as found_programs, own_server(found_programs) as server:
        make_postgres_database(server.url(), "desk", "template0")
        store = create_store(server.url("desk"))
        with prepared(store) as db:
            found(db)
        store.close()
        yield server


def test_a_restart_of_the_server_is_told_without_a_click_and_work_goes_on(
    qtbot: QtBot, own: OwnServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PAUSE_MS", 100)
    begin_at("schedule", tmp_path / "window.ini")
    program = Program(tmp_path / "window.ini", tmp_path, CrashHandler())
    qtbot.addWidget(program.window)
    program.window.show()
    program.open(own.url("desk"))
    qtbot.waitUntil(lambda: program.assembly is not None and program.desk is not None, timeout=SECONDS)
    assert program.assembly is not None
    source, shown = program.assembly.schedule.source, program.window.connection
    qtbot.waitUntil(lambda: source.board is not None, timeout=SECONDS)
    before = source.board
    own.stop()
    qtbot.waitUntil(shown.isVisible, timeout=SECONDS)
    assert shown.label.text().startswith("Not connected since ")
    assert source.board is before
    own.start()
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=SECONDS)
    qtbot.waitUntil(lambda: source.board is not before, timeout=SECONDS)
    assert program.store is not None
    program.store.write("Add", add)
    program.window.may_close = None
    program.window.close()
