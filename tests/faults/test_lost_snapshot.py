"""What is said when a long look at the data is cut off: by the server, or by Ctrl+C."""

from collections.abc import Callable

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.engine import Store, create_store


def look(store: Store, cut_off: Callable[[Connection], object]) -> None:
    with store.snapshot() as db:
        cut_off(db)
        db.execute(sa.text("SELECT 1"))


def test_a_server_that_goes_away_is_told(postgres_url: str) -> None:
    def terminate(db: Connection) -> None:
        own = db.scalar(sa.text("SELECT pg_backend_pid()"))
        with psycopg.connect(postgres_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])

    store = create_store(postgres_url)
    with pytest.raises(DatabaseTrouble) as lost:
        look(store, terminate)
    store.close()
    assert lost.value.code == "connection_lost"


def test_an_interruption_stays_one(sqlite_store: Store) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(sqlite_store, lambda db: sa.event.listen(db.engine, "before_cursor_execute", interrupt, once=True))
