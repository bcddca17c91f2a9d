"""The window in which the picker is tried."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.views.picker.rooms import Room, make_room
from trainer_desk.services.store.engine import Store


@pytest.fixture
def room(qtbot: QtBot, sqlite_store: Store) -> Iterator[Room]:
    """Lend the window; a crash anywhere in it fails the test."""
    made = make_room(qtbot, sqlite_store)
    yield made
    made.desk.close()
    assert made.crashes == []
