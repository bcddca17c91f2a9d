"""How news of others reaches the pages: gathered, paced, and not before what was asked last has been answered."""

import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from trainer_desk.services.changes import Changes, merged
from trainer_desk.services.store.engine import Store
from trainer_desk.views import refresh
from trainer_desk.views.desk import Backend, Desk
from trainer_desk.views.refresh import Refresh


def touching(table: str, *keys: str) -> Changes:
    return Changes(keys={table: frozenset(keys)})


@pytest.fixture
def desk(sqlite_store: Store) -> Iterator[Desk]:
    """Give a door to a fresh organisation."""
    made = Desk(cast(Backend, sqlite_store), "frank")
    yield made
    made.close()


@pytest.fixture
def news(desk: Desk, sqlite_store: Store) -> Iterator[Refresh]:
    """Give what brings news to that door."""
    made = Refresh(desk, sqlite_store)
    yield made
    assert made.close()


@pytest.fixture
def rounds(desk: Desk) -> list[Changes]:
    """Give the changes that pages hear of."""
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    return heard


def test_what_both_touched_is_one() -> None:
    one, other = touching("sessions", "1"), Changes(keys={"sessions": frozenset({"2"}), "people": frozenset({"3"})})
    both = merged(one, other)
    assert both.keys == {"sessions": {"1", "2"}, "people": {"3"}}
    assert not both.everything
    assert merged(one, Changes(everything=True)).everything


def test_news_of_one_instant_is_one_round(qtbot: QtBot, news: Refresh, rounds: list[Changes]) -> None:
    for key in "123":
        news._heard.emit(touching("sessions", key))
    qtbot.waitUntil(lambda: bool(rounds))
    assert [changes.keys for changes in rounds] == [{"sessions": {"1", "2", "3"}}]


def test_a_busy_office_does_not_keep_the_window_painting(
    qtbot: QtBot, news: Refresh, rounds: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first news shows at once; all that follows within the pause shows together."""
    monkeypatch.setattr(refresh, "APART", 150)
    news._heard.emit(touching("sessions", "1"))
    qtbot.waitUntil(lambda: len(rounds) == 1)
    for key in "2345":
        news._heard.emit(touching("sessions", key))
        qtbot.wait(10)
    assert len(rounds) == 1
    qtbot.waitUntil(lambda: len(rounds) == 2)
    assert rounds[1].keys == {"sessions": {"2", "3", "4", "5"}}


def asking(desk: Desk, gate: "Gate") -> None:
    """Have a page that asks again whenever it hears of changes, and gets its answer when the gate is opened."""
    desk.changed.connect(lambda _changes: desk.read(desk, gate.wait, then=lambda _none: None))


def test_news_waits_for_the_answers_to_the_last_round(
    qtbot: QtBot, desk: Desk, news: Refresh, rounds: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that is asked again before its answer came is dropped: with steady news nothing would ever show."""
    monkeypatch.setattr(refresh, "APART", 0)
    gate = Gate()
    asking(desk, gate)
    news._heard.emit(touching("sessions", "1"))
    qtbot.waitUntil(lambda: len(rounds) == 1)
    news._heard.emit(touching("sessions", "2"))
    qtbot.wait(100)
    assert len(rounds) == 1
    gate.open()
    qtbot.waitUntil(lambda: len(rounds) == 2)


def test_news_waits_neither_for_other_answers_nor_for_ever(
    qtbot: QtBot, desk: Desk, news: Refresh, rounds: list[Changes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "APART", 0)
    gate = Gate()
    desk.read(desk, gate.wait, then=lambda _none: None)
    news._heard.emit(touching("sessions", "1"))
    qtbot.waitUntil(lambda: len(rounds) == 1)
    asking(desk, gate)
    news._heard.emit(touching("sessions", "2"))
    qtbot.waitUntil(lambda: len(rounds) == 2)
    monkeypatch.setattr(refresh, "HELD_MOST", 0.1)
    news._heard.emit(touching("sessions", "3"))
    qtbot.waitUntil(lambda: len(rounds) == 3)
    gate.open()


class Gate:
    """A question that is not answered before the gate is opened."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def wait(self, _db: Any) -> None:
        assert self._event.wait(10)

    def open(self) -> None:
        self._event.set()
