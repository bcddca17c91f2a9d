"""A server that is restarted, crashes or ends one connection: questions go on, a write is done once or not at all."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Db

from tests.databases import ZONE, StoreFactory
from tests.faults.clusters import OwnServer, own_server, programs
from tests.faults.test_lost_answer import add, seen
from tests.postgres_server import make_postgres_database
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import outcome
from trainer_desk.services.store.engine import Store, create_store

pytestmark = pytest.mark.postgres
DESK = "desk"


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """Run a server that these tests may stop; whichever stops it starts it again."""
    with programs() as place, own_server(place) as started:
        make_postgres_database(started.url(), "template_desk", "template0")
        create_store(started.url("template_desk"), zone=ZONE).close()
        yield started


@pytest.fixture
def factory(server: OwnServer) -> Iterator[StoreFactory]:
    """Open a fresh organisation on that server as often as it has workstations."""
    server.tell(f"DROP DATABASE IF EXISTS {DESK} WITH (FORCE)")
    make_postgres_database(server.url(), DESK, "template_desk")
    opened = StoreFactory(server.url(DESK))
    yield opened
    opened.close()


def one(db: Connection) -> int:
    return int(db.scalar(sa.text("SELECT 1")) or 0)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_between_two_clicks_is_not_noticed(server: OwnServer, factory: StoreFactory, mode: str) -> None:
    store = factory()
    store.write("Add", add)
    server.stop(mode)
    server.start()
    assert store.read(one) == 1
    assert store.write("Add", add).value is not None
    store.signal(lambda db, **_: db.execute(sa.text("SELECT 1")).scalar())
    assert seen(factory) == (2, 2)


def test_while_it_is_away_that_is_told_and_afterwards_work_goes_on(
    server: OwnServer, factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    store = factory()
    assert store.role is not None
    server.stop()
    began = time.monotonic()
    with pytest.raises(DatabaseTrouble) as question:
        store.read(one)
    with pytest.raises(DatabaseTrouble) as write:
        store.write("Add", add)
    assert time.monotonic() - began < 5
    server.start()
    assert (question.value.code, write.value.code) == ("connection_lost", "connection_lost")
    assert "unknown" not in write.value.facts
    assert store.write("Add", add, key=write.value.facts["key"]).was_done is False
    assert seen(factory) == (1, 1)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_in_the_middle_of_a_write_is_outlasted(server: OwnServer, factory: StoreFactory, mode: str) -> None:
    store = factory()
    assert store.actor
    starting = threading.Thread(target=server.start)
    stops = iter([True])

    def add_two(db: Db, **named: Any) -> tuple[int, int]:
        first = add(db, **named)
        if next(stops, False):
            server.stop(mode)
            starting.start()
        return first, add(db, **named)

    written = store.write("Add", add_two)
    starting.join()
    assert written.changes.keys == {"courses": frozenset(str(one) for one in written.value)}
    assert seen(factory) == (2, 1)


def test_a_process_that_is_ended_in_the_middle_leaves_nothing_and_is_followed_by_another(
    server_factory: StoreFactory,
) -> None:
    """So does a program that an administrator ends, or whose transaction was idle for too long."""
    store = server_factory()
    ends = iter([True, True])

    def add_and_be_ended(db: Db, **named: Any) -> int:
        value = add(db, **named)
        if next(ends, False):
            own = db.scalar(sa.text("SELECT pg_backend_pid()"))
            with psycopg.connect(server_factory.url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
        return value

    written = store.write("Add", add_and_be_ended)
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert seen(server_factory) == (1, 1)


def test_a_process_that_is_ended_again_and_again_is_told_with_nothing_left(server_factory: StoreFactory) -> None:
    store: Store = server_factory()

    def add_and_be_ended(db: Db, **named: Any) -> int:
        value = add(db, **named)
        own = db.scalar(sa.text("SELECT pg_backend_pid()"))
        with psycopg.connect(server_factory.url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
        return value

    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add_and_be_ended)
    assert lost.value.code == "connection_lost"
    assert "unknown" not in lost.value.facts
    assert seen(server_factory) == (0, 0)
