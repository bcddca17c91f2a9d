"""A bar says that the database is away, and when it is back the window has read everything anew (O3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import prepared
from tests.faults.proxy import FOR_EVER, Fault, Proxy, bad_line
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace, found
from tests.postgres_server import Run
from trainer_desk.models import Session
from trainer_desk.services.store import outcome
from trainer_desk.services.store.engine import open_store
from trainer_desk.views import connection
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.program import Program

SECONDS = 25_000

pytestmark = pytest.mark.postgres


@pytest.fixture
def line(run: Run, postgres_server: str) -> Iterator[Proxy]:
    """Lead through a line that can be bad to an empty organisation; the address without it is `straight`."""
    with postgres_organisation(run, postgres_server) as url, bad_line(url) as proxy:
        proxy.straight = url  # type: ignore[attr-defined]
        yield proxy


@pytest.fixture
def place(qtbot: QtBot, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    """Open the window over that line, in a program that tries again soon."""
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    monkeypatch.setattr(connection, "PAUSE_MS", 100)
    factory = StoreFactory(line.url)
    store = factory()
    with prepared(store) as db:
        centre = found(db)
    workplace = Workplace(qtbot, store, centre, tmp_path / "window.ini")
    yield workplace
    workplace.close()
    factory.close()


def bar(place: Workplace) -> NoticeBar:
    return place.window.connection


def come_back(line: Proxy) -> None:
    """Let new connections pass again."""
    line.cut(away=0)


def test_the_bar_comes_and_goes_by_itself_and_the_week_is_read_anew(place: Workplace, line: Proxy) -> None:
    before = place.page.source.board
    line.cut(away=FOR_EVER)
    place.page.step(1)
    place.qtbot.waitUntil(bar(place).isVisible, timeout=SECONDS)
    assert bar(place).label.text().startswith("Not connected since ")
    assert "What you see is as of" in bar(place).label.text()
    assert place.page.source.board is before, "what was read before stays on show"
    with_a_title(line, place.centre.ready, "Moved by somebody else")
    come_back(line)
    place.qtbot.waitUntil(lambda: not bar(place).isVisible(), timeout=SECONDS)
    assert place.toast == "The database answers again. Everything on show was read anew."
    place.page.step(-1)
    place.until(lambda: place.page.source.cards[place.centre.ready].title == "Moved by somebody else")


def with_a_title(line: Proxy, session_id: int, title: str) -> None:
    """Have another workstation give a session a title, while this one is cut off."""
    other = open_store(line.straight)  # type: ignore[attr-defined]
    with other.writing("Title") as unit:
        values = {"title": title, "version": Session.version + 1}
        unit.db.execute(sa.update(Session).where(Session.id == session_id).values(values))
    other.close()


def test_what_is_on_show_is_read_anew_without_a_click(place: Workplace, line: Proxy) -> None:
    line.cut(away=FOR_EVER)
    place.assembly.connection.try_now()
    place.qtbot.waitUntil(bar(place).isVisible, timeout=SECONDS)
    with_a_title(line, place.centre.ready, "Moved by somebody else")
    come_back(line)
    place.qtbot.waitUntil(
        lambda: place.page.source.cards[place.centre.ready].title == "Moved by somebody else", timeout=SECONDS
    )


def test_a_change_of_which_nobody_knew_is_looked_up(place: Workplace, line: Proxy) -> None:
    hands = Hands(place, "venues")
    hands.show(place.centre.room_a)
    hands.come_back()
    edit = hands.panel.form.fields["capacity"].first_editor()
    edit.setFocus()
    edit.selectAll()  # type: ignore[attr-defined]
    place.type("14")
    line.plan(Fault.EAT, away=FOR_EVER)
    place.key(Qt.Key.Key_Return)
    place.qtbot.waitUntil(bar(place).isVisible, timeout=SECONDS)
    place.qtbot.waitUntil(lambda: not place.desk.is_saving, timeout=SECONDS)
    assert edit.text() == "14", "what was typed stays"  # type: ignore[attr-defined]
    come_back(line)
    place.qtbot.waitUntil(lambda: "was saved" in place.toast, timeout=SECONDS)
    assert place.toast.startswith("The database answers again: “")


def test_a_lost_server_is_noticed_without_a_click(
    qtbot: QtBot, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line on which changes are heard breaks first; nobody has to ask for anything."""
    monkeypatch.setattr(connection, "PAUSE_MS", 100)
    program = Program(tmp_path / "window.ini", tmp_path, CrashHandler())
    program.open(line.url)
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=SECONDS)
    assert program.assembly is not None
    schedule = program.assembly.schedule
    qtbot.waitUntil(lambda: schedule.source.board is not None, timeout=SECONDS)
    assert program.desk is not None
    qtbot.waitUntil(lambda: not program.desk.is_busy, timeout=SECONDS)
    line.cut(away=FOR_EVER)
    qtbot.waitUntil(lambda: program.window.connection.isVisibleTo(program.window), timeout=SECONDS)
    come_back(line)
    qtbot.waitUntil(lambda: not program.window.connection.isVisibleTo(program.window), timeout=SECONDS)
    program.window.may_close = None
    program.window.close()
