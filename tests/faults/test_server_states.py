"""What a server says that is full, short of something, read-only or too slow: in words, and nothing is lost."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as Db

from tests.databases import StoreFactory
from tests.faults.clusters import OwnServer, own_server, programs
from tests.faults.test_lost_answer import add, seen
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store import engines, outcome
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.texts import error_text

pytestmark = pytest.mark.postgres

FAILING = """
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '{state}'; END $$;
    CREATE CONSTRAINT TRIGGER failing AFTER INSERT ON courses {when} FOR EACH ROW EXECUTE FUNCTION fail();
"""
AT = {"in the middle": "", "at COMMIT": "DEFERRABLE INITIALLY DEFERRED"}
SHORT = {
    "disk full": ("53100", "disk_full", "Changes cannot be saved: the disk is full."),
    "no memory": ("53200", "server_short", "The server is short of memory, so the work was stopped."),
    "disk broken": ("58030", "disk_error", "Changes cannot be saved: the disk does not answer properly."),
}


def administer(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        for statement in statements:
            db.execute(statement)  # type: ignore[arg-type]


def refusal(store: Store) -> tuple[str, str]:
    """Try to write; give what is told: why, and the sentence."""
    with pytest.raises(DatabaseTrouble) as told:
        store.write("Add", add)
    return told.value.facts["why"], error_text(told.value)


@pytest.mark.parametrize("when", AT)
@pytest.mark.parametrize("case", SHORT)
def test_a_server_that_is_short_of_something_is_told_and_afterwards_work_goes_on(
    server_factory: StoreFactory, case: str, when: str
) -> None:
    state, why, sentence = SHORT[case]
    store = server_factory()
    administer(server_factory.url, FAILING.format(state=state, when=AT[when]))
    told = refusal(store)
    assert told[0] == why
    assert told[1].startswith(sentence)
    assert seen(server_factory) == (0, 0)
    administer(server_factory.url, "DROP TRIGGER failing ON courses")
    store.write("Add", add)
    assert seen(server_factory) == (1, 1)


def test_a_server_that_may_only_be_read_is_told_and_afterwards_work_goes_on(
    server_factory: StoreFactory, postgres_server: str
) -> None:
    """As in maintenance: connections that were opened meanwhile stay so, and are let go."""
    store = server_factory()
    name = sa.make_url(server_factory.url).database
    administer(postgres_server, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    told = refusal(store)
    assert told[0] == "read_only"
    assert told[1].startswith("Changes cannot be saved: the database is read-only.")
    assert store.read(lambda db: db.scalar(sa.text("SELECT 1"))) == 1
    administer(postgres_server, f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    store.write("Add", add)
    assert seen(server_factory) == (1, 1)


def test_a_write_meets_a_connection_that_only_reads_and_takes_another(server_factory: StoreFactory) -> None:
    store = server_factory()
    store.write("Add", add)
    reads = iter([True])

    def add_once_read_only(db: Db, **named: Any) -> int:
        if next(reads, False):
            db.execute(sa.text("SET TRANSACTION READ ONLY"))
        return add(db, **named)

    store.write("Add", add_once_read_only)
    assert seen(server_factory) == (2, 2)


def test_what_takes_too_long_is_stopped_and_told(server_factory: StoreFactory) -> None:
    store = server_factory()

    def ask_for_much(db: Connection | Db, **_named: Any) -> None:
        db.execute(sa.text("SET statement_timeout = '100ms'"))
        db.execute(sa.text("SELECT pg_sleep(60)"))

    with pytest.raises(DatabaseTrouble) as question:
        store.read(ask_for_much)
    assert error_text(question.value).startswith("The database took too long, so the work was stopped.")
    with pytest.raises(DatabaseTrouble) as write:
        store.write("Slow", ask_for_much)
    assert write.value.facts["why"] == "too_slow"
    store.write("Add", add)
    assert seen(server_factory) == (1, 1)


def test_a_migration_is_not_stopped_for_taking_long(server_factory: StoreFactory) -> None:
    engine = engines.make_migrator(sa.make_url(server_factory.url).set(drivername="postgresql+psycopg"))
    with engine.connect() as db:
        limits = [db.exec_driver_sql(f"SHOW {name}").scalar() for name in ("statement_timeout", "lock_timeout")]
    engine.dispose()
    assert limits == ["0", "5s"]


def test_a_transaction_that_stood_still_for_too_long_is_begun_again(
    server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = engines.SERVER_OPTIONS + " -c idle_in_transaction_session_timeout=100ms"
    monkeypatch.setattr(engines, "SERVER_OPTIONS", options)
    store = server_factory()
    stands = iter([True])

    def add_and_stand_still(db: Db, **named: Any) -> int:
        value = add(db, **named)
        if next(stands, False):
            own = db.scalar(sa.text("SELECT pg_backend_pid()"))
            with psycopg.connect(server_factory.url, autocommit=True) as other:
                while other.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [own]).fetchone():
                    pass
        return value

    store.write("Add", add_and_stand_still)
    assert seen(server_factory) == (1, 1)


def test_a_database_that_was_removed_meanwhile_is_told(server_factory: StoreFactory, postgres_server: str) -> None:
    store = server_factory()
    assert store.role is not None
    name = sa.make_url(server_factory.url).database
    administer(
        postgres_server,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        f'ALTER DATABASE "{name}" RENAME TO "{name}_gone"',
    )
    try:
        with pytest.raises(DatabaseTrouble) as told:
            store.read(lambda db: db.scalar(sa.text("SELECT 1")))
        assert told.value.facts["why"] == "no_such_database"
    finally:
        administer(postgres_server, f'ALTER DATABASE "{name}_gone" RENAME TO "{name}"')


# ---- no room for one more ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small_server() -> Iterator[OwnServer]:
    """Run a server that takes few connections."""
    with programs() as place, own_server(place, max_connections="8", superuser_reserved_connections="0") as server:
        yield server


def test_a_server_that_takes_no_more_connections_is_told(
    small_server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    small_server.tell("CREATE DATABASE desk")
    store = create_store(small_server.url("desk"))
    assert store.role is not None
    store.close()  # lets go of its connections; the next question needs a new one
    others = []
    with contextlib.suppress(psycopg.OperationalError):
        while True:
            others.append(psycopg.connect(small_server.url()))
    with pytest.raises(DatabaseTrouble) as opening:
        open_store(small_server.url("desk"))
    assert error_text(opening.value).startswith("The server takes no more connections at the moment.")
    with pytest.raises(DatabaseTrouble) as write:
        store.write("Add", add)
    assert write.value.code == "connection_lost"
    for _one in range(3):
        others.pop().close()
    store.write("Add", add)
    store.close()
    for other in others:
        other.close()


# ---- damage --------------------------------------------------------------------------------------------------------


def test_damage_that_the_server_finds_on_its_disk_is_told() -> None:
    """A page with other bytes than were written; a server with checksums notices when it reads it."""
    with programs() as place, own_server(place, "--data-checksums") as server:
        server.tell("CREATE DATABASE desk")
        store = create_store(server.url("desk"))
        store.write("Add", add)
        file = store.read(lambda db: db.scalar(sa.text("SELECT pg_relation_filepath('courses')")))
        server.stop()
        with (server.place.data / file).open("r+b") as page:
            page.seek(4000)
            page.write(b"rot" * 20)
        server.start()
        with pytest.raises(DatabaseTrouble) as told:
            store.read(lambda db: db.execute(sa.text("SELECT * FROM courses")).all())
        assert error_text(told.value).startswith("The server found damaged data on its disk.")
        with pytest.raises(DatabaseTrouble) as write:
            store.write("Add", add)
        assert write.value.facts["why"] == "server_damaged"
        store.close()
