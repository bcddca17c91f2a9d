"""A network that falls silent: a question fails within ten seconds, a slow answer is waited for, nothing is held."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Db

from tests.databases import StoreFactory
from tests.faults.proxy import Proxy, bad_line
from tests.faults.test_lost_answer import add, seen
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import patience
from trainer_desk.services.store.engine import Store

LONGEST = 10.0
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
HELD = f"{OTHERS} AND state LIKE 'idle in%'"


@pytest.fixture
def line(server_factory: StoreFactory) -> Iterator[Proxy]:
    """Lead through a line that can be bad to the organisation of `server_factory`."""
    with bad_line(server_factory.url) as proxy:
        yield proxy


@pytest.fixture
def store(line: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Open the organisation through the line, by a program that asks soon."""
    monkeypatch.setattr(patience, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(patience, "ASK_SECONDS", 2)  # less is not understood by the driver
    factory = StoreFactory(line.url)
    store = factory()
    assert store.actor
    yield store
    factory.close()


def one(db: Connection) -> int:
    return int(db.scalar(sa.text("SELECT 1")) or 0)


def slow(db: Connection) -> int:
    db.execute(sa.text("SELECT pg_sleep(1.5)"))
    return 7


def falls_to(url: str, counting: str, most: int) -> bool:
    """Wait until a count is at most so many: whom the server is told to end goes a moment later."""
    deadline = time.monotonic() + LONGEST
    with psycopg.connect(url, autocommit=True) as db:
        while time.monotonic() < deadline:
            [count] = db.execute(counting).fetchone() or (0,)
            if count <= most:
                return True
    return False


def test_the_longest_that_a_question_can_take_is_ten_seconds() -> None:
    assert patience.QUIET_SECONDS + 2 * patience.ASK_SECONDS <= LONGEST


def test_a_question_to_a_network_that_fell_silent_is_given_up(store: Store, line: Proxy) -> None:
    store.read(one)
    line.silence()
    began = time.monotonic()
    with pytest.raises(DatabaseTrouble) as lost:
        store.read(one)
    assert lost.value.code == "connection_lost"
    assert time.monotonic() - began < 0.3 + 2 * 2 + 1


def test_a_slow_answer_is_waited_for(store: Store, line: Proxy) -> None:
    """The server is asked several times meanwhile, and says that it works on it."""
    before = line.taken
    assert store.read(slow) == 7
    assert line.taken > before + 1


def test_a_line_that_is_dead_alone_is_left_for_a_new_one(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    """As behind a router that forgot it: the server hears nothing and waits, other lines pass."""
    store.read(one)
    line.silence_now()
    began = time.monotonic()
    assert store.read(one) == 1
    assert time.monotonic() - began < LONGEST
    store.read(one)
    assert falls_to(server_factory.url, OTHERS, 2)  # the dead one was ended


def test_a_write_on_a_dead_line_is_done_once_and_holds_nothing(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    def add_and_lose(db: Db, **named: Any) -> int:
        value = add(db, **named)
        if line.silenced == 0:
            line.silence_now()
        return value

    written = store.write("Add", add_and_lose)
    assert line.silenced > 0
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert seen(server_factory) == (1, 1)
    assert falls_to(server_factory.url, HELD, 0)


def test_a_server_that_refuses_a_further_line_is_alive(
    store: Store, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = patience.PatientConnection.connect

    def refuse(*words: Any, **named: Any) -> patience.PatientConnection:
        if "trainer" in str(words):
            raise psycopg.OperationalError("connection failed: FATAL:  sorry, too many clients already")
        return connect(*words, **named)

    store.read(one)
    monkeypatch.setattr(patience.PatientConnection, "connect", refuse)
    assert store.read(slow) == 7
