"""Goal: finding at the start that no migration is due, against the version row read by the bare driver."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.opening import current_reader


def goals(place: Place) -> Iterator[Goal]:
    """Yield the check with its own connection on either side."""
    url = read_address(place.address)

    def floor() -> object:
        if place.is_file:
            with closing(sqlite3.connect(place.address)) as connection:
                return connection.execute("SELECT version_num FROM alembic_version").fetchone()
        with closing(psycopg.connect(place.address, autocommit=True)) as server:
            return server.execute("SELECT version_num FROM alembic_version").fetchone()

    yield Goal(
        "migration check", lambda: current_reader(url).dispose(), floor, 2, floor_is="driver, connect and version row"
    )
