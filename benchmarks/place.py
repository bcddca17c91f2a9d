"""One scale database, opened by the product and, beside it, by the bare driver."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.scale import scale_database, this_monday
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.engines import PRAGMAS


@dataclass(frozen=True)
class Place:
    """A scale database: `dialect`, `size`, the product's `store`, and the driver's own connection."""

    dialect: str
    size: str
    address: str
    store: Store
    driver: Any

    @property
    def is_file(self) -> bool:
        """Whether it is the SQLite file."""
        return self.dialect == "sqlite"

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """Ask the bare driver; marks are `?` on both."""
        marked = statement if self.is_file else statement.replace("?", "%s")
        found: list[Any] = self.driver.execute(marked, values).fetchall()
        return found

    def instant(self, days: int, hour: int = 0) -> dt.datetime:
        """Return an hour (UTC) of the day so many days after the Monday in the middle of the data."""
        return dt.datetime.combine(this_monday() + dt.timedelta(days=days), dt.time(hour), dt.UTC)

    def stored(self, instant: dt.datetime) -> object:
        """Return an instant as the driver keeps it."""
        return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if self.is_file else instant


@contextmanager
def opened(dialect: str, size: str, cache: Path, server: str | None) -> Iterator[Place]:
    """Open a scale database; it is built first if it is not there."""
    address = scale_database(dialect, size, cache, server)
    driver: Any
    if dialect == "sqlite":
        driver = sqlite3.connect(address, isolation_level=None)
        for pragma in PRAGMAS:
            driver.execute(f"PRAGMA {pragma}")
    else:
        driver = psycopg.connect(address, autocommit=True, options="-c timezone=UTC")
    store = open_store(address)
    try:
        yield Place(dialect, size, address, store, driver)
    finally:
        store.close()
        driver.close()
