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

from tests.databases import StoreFactory, postgres_template
from tests.factories import prepared
from tests.faults.proxy import FOR_EVER, Fault, Proxy, bad_line
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace, found
from tests.postgres_server import Run, postgres_database
from trainer_desk.models import Venue
from trainer_desk.services.store import outcome, patience

LONGEST_GAP = 400
"""Milliseconds without a beat that a test on a busy machine allows; a frozen window would miss seconds."""
LOST = "The connection to the database was lost. What you typed is still here."


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


@pytest.fixture
def line(run: Run, postgres_server: str) -> Iterator[Proxy]:
    """Lead through a line that can be bad to an empty organisation."""
    template = postgres_template(run, postgres_server, 16)
    with postgres_database(postgres_server, template) as url, bad_line(url) as proxy:
        yield proxy


@pytest.fixture
def place(qtbot: QtBot, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    """Open the window over that line, in a program that gives up soon."""
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    monkeypatch.setattr(patience, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(patience, "ASK_SECONDS", 2)
    factory = StoreFactory(line.url)
    store = factory()
    with prepared(store) as db:
        centre = found(db)
    workplace = Workplace(qtbot, store, centre, tmp_path / "window.ini")
    yield workplace
    workplace.close()
    factory.close()


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
    place.qtbot.waitUntil(lambda: bool(hands.said("capacity")), timeout=25000)
    assert hands.said("capacity").startswith(f"Not saved. {LOST}")
    assert edit.text() == "12"
    assert heart.longest < LONGEST_GAP
    assert heart.beats > 20
    line.speak()
    edit.setFocus()
    place.key(Qt.Key.Key_Return)
    place.until(lambda: not hands.said("capacity"))
    assert capacity(place) == 12


def test_looking_at_something_else_meanwhile_is_told_and_freezes_nothing(place: Workplace, line: Proxy) -> None:
    shown = place.page.source.board
    line.silence()
    heart = Heart()
    place.page.step(1)
    place.qtbot.waitUntil(lambda: place.toast.startswith("The connection to the database was lost"), timeout=25000)
    assert heart.longest < LONGEST_GAP
    assert place.page.source.board is shown, "what was read before stays on show"
    line.speak()
    place.page.step(1)
    place.until(lambda: place.page.source.board is not shown)


def test_a_restart_of_the_server_is_not_noticed(place: Workplace, line: Proxy) -> None:
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    line.cut()
    hands.type("capacity", "13")
    assert not hands.said("capacity")
    assert capacity(place) == 13


def test_an_answer_that_stays_away_is_told_with_what_may_have_happened(place: Workplace, line: Proxy) -> None:
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    put_in(place, hands, "14")
    line.plan(Fault.EAT, away=FOR_EVER)
    place.key(Qt.Key.Key_Return)
    place.qtbot.waitUntil(lambda: bool(hands.said("capacity")), timeout=25000)
    assert hands.said("capacity").startswith("The connection to the database was lost while")
    assert hands.said("capacity").endswith("was being saved. Look whether it is there before you do it again.")
    line.cut(away=0)
    assert capacity(place) == 14


def test_the_window_is_closed_at_once_although_the_line_is_silent(place: Workplace, line: Proxy) -> None:
    line.silence()
    place.page.step(1)
    began = time.monotonic()
    assert not place.desk.close()
    assert time.monotonic() - began < 3
