"""Who writes to a file waits for a turn, which nobody can keep from the others for long."""

import fcntl
import os
import threading
from pathlib import Path

import pytest

from tests.factories import make_course
from trainer_desk.services.store import turns
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.turns import turn


def add(db: object, code: str, **_facts: object) -> int:
    return make_course(db, code)  # type: ignore[arg-type]


def is_free(folder: Path) -> bool:
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(place)
    return True


def test_one_has_the_turn_while_it_writes(sqlite_store: Store) -> None:
    folder = Path(str(sqlite_store.url.database)).parent
    with sqlite_store.writing("Add"):
        assert not is_free(folder)
    assert is_free(folder)


def test_whoever_waits_gets_the_next_turn(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 60)
    folder = Path(str(sqlite_store.url.database)).parent
    waiting = threading.Thread(target=sqlite_store.write, args=("Add", add, "A"))
    with turn(folder):
        waiting.start()
        while not any(thread.name == "turn" for thread in threading.enumerate()):
            pass
        assert waiting.is_alive()
    waiting.join(60)
    assert not waiting.is_alive()
    assert is_free(folder)


def test_a_turn_that_never_ends_keeps_nobody_from_writing(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when its process froze before it asked the database for anything."""
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    folder = Path(str(sqlite_store.url.database)).parent
    with turn(folder):
        assert sqlite_store.write("Add", add, "A").value
    assert is_free(folder)
