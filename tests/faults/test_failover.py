"""A primary that dies and a standby that takes over: with both hosts in the address the program finds its way."""

import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Db

from tests.databases import ZONE, StoreFactory
from tests.faults.clusters import OwnServer, own_server, programs, standby_of
from tests.faults.proxy import FOR_EVER, Fault, bad_line
from tests.faults.test_lost_answer import add, seen
from tests.postgres_server import Installation, make_postgres_database
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import feed, outcome
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.texts import error_text

pytestmark = pytest.mark.postgres
DESK = "desk"
SECONDS = 20


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    """Lend a server's programs."""
    with programs() as found:
        yield found


@pytest.fixture
def pair(place: Installation) -> Iterator[tuple[OwnServer, OwnServer]]:
    """Run a primary with an organisation, and a standby whose answer every COMMIT waits for."""
    with own_server(place) as primary:
        make_postgres_database(primary.url(), DESK, "template0")
        create_store(primary.url(DESK), zone=ZONE).close()
        with standby_of(primary) as standby:
            primary.tell("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
            until_followed(primary)
            yield primary, standby


def until_followed(primary: OwnServer) -> None:
    """Wait until no COMMIT is answered that the standby does not have."""
    store = open_store(primary.url(DESK))
    deadline = time.monotonic() + SECONDS
    while store.read(followers) == 0:
        assert time.monotonic() < deadline
    store.close()


def followers(db: Connection) -> int:
    return int(db.scalar(sa.text("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")) or 0)


def port(db: Connection) -> int:
    return int(db.scalar(sa.text("SELECT inet_server_port()")) or 0)


def seen_at(server: OwnServer) -> tuple[int, int]:
    """Count courses and changes on one server."""
    factory = StoreFactory(server.url(DESK))
    found = seen(factory)
    factory.close()
    return found


def both(primary: str, standby: OwnServer) -> str:
    """Name both servers in one address, the primary by its URL first."""
    return primary.replace(f"/{DESK}", f",127.0.0.1:{standby.port}/{DESK}")


@pytest.fixture
def store(pair: tuple[OwnServer, OwnServer]) -> Iterator[Store]:
    """Open the organisation by an address that names both servers."""
    primary, standby = pair
    factory = StoreFactory(both(primary.url(DESK), standby))
    yield factory()
    factory.close()


def test_work_goes_on_at_the_standby_that_took_over(pair: tuple[OwnServer, OwnServer], store: Store) -> None:
    primary, standby = pair
    first = store.write("Add", add)
    assert store.read(port) == primary.port
    primary.stop("immediate")
    standby.promote()
    assert store.read(port) == standby.port
    second = store.write("Add", add)
    assert seen_at(standby) == (2, 2)
    assert second.value > first.value
    assert second.changes.change_id > first.changes.change_id  # type: ignore[operator]


def test_the_order_of_the_hosts_does_not_matter(pair: tuple[OwnServer, OwnServer]) -> None:
    primary, standby = pair
    factory = StoreFactory(standby.url(DESK).replace(f"/{DESK}", f",127.0.0.1:{primary.port}/{DESK}"))
    store = factory()
    store.write("Add", add)
    assert store.read(port) == primary.port
    factory.close()


def test_what_others_change_is_heard_from_the_standby_that_took_over(
    pair: tuple[OwnServer, OwnServer], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "TRY_AGAIN", (0.05, 0.1))
    primary, standby = pair
    told: queue.Queue[object] = queue.Queue()
    listener = feed.Feed(store, told.put, lambda: told.put("lost"), lambda: told.put("found"))
    listener.start()
    primary.stop("immediate")
    assert told.get(timeout=SECONDS) == "lost"
    standby.promote()
    assert told.get(timeout=SECONDS) == "found"
    assert told.get(timeout=SECONDS) == Changes(everything=True)
    other = open_store(standby.url(DESK))
    course = other.write("Add", add).value
    other.close()
    assert told.get(timeout=SECONDS) == Changes(keys={"courses": frozenset({str(course)})})
    assert listener.close()


def test_a_write_waits_for_the_standby_to_take_over(pair: tuple[OwnServer, OwnServer], store: Store) -> None:
    """It meets a server that is gone and another that may only be read, and tries on for some seconds."""
    primary, standby = pair
    assert store.role is not None
    promoting = threading.Thread(target=standby.promote)
    falls = iter([True])

    def add_two(db: Db, **named: Any) -> tuple[int, int]:
        first = add(db, **named)
        if next(falls, False):
            primary.stop("immediate")
            promoting.start()
        return first, add(db, **named)

    written = store.write("Add", add_two)
    promoting.join()
    assert written.changes.keys == {"courses": frozenset(str(one) for one in written.value)}
    assert seen_at(standby) == (2, 1)


@pytest.mark.parametrize(("fault", "is_done"), [(Fault.EAT, True), (Fault.CUT, False)])
def test_a_commit_without_answer_is_looked_up_at_the_standby(
    pair: tuple[OwnServer, OwnServer], monkeypatch: pytest.MonkeyPatch, fault: Fault, is_done: bool
) -> None:
    """What the primary confirmed to nobody is found by its key where it went, and done again only where it did not."""
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", float(SECONDS))
    primary, standby = pair
    with bad_line(primary.url(DESK)) as line:
        factory, own = StoreFactory(both(line.url, standby)), StoreFactory(primary.url(DESK))
        store = factory()
        store.write("Add", add)
        line.plan(fault, away=FOR_EVER)

        def fall_over() -> None:
            while not line.met:
                time.sleep(0.01)
            while is_done and seen(own) != (2, 2):
                time.sleep(0.01)
            primary.stop("immediate")
            standby.promote()

        falling = threading.Thread(target=fall_over)
        falling.start()
        written = store.write("Add", add)
        falling.join()
        factory.close()
        own.close()
    assert not written.was_done
    assert seen_at(standby) == (2, 2)


def test_until_then_nothing_can_be_written_and_that_is_told(
    pair: tuple[OwnServer, OwnServer], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    primary, standby = pair
    assert store.role is not None
    primary.stop("immediate")
    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add)
    assert (lost.value.code, "unknown" in lost.value.facts) == ("connection_lost", False)
    with pytest.raises(DatabaseTrouble) as opened:
        open_store(both(primary.url(DESK), standby))
    assert "Only a copy that cannot be written to answers" in error_text(opened.value)
