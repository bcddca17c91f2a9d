"""Keeps SQLite's search index of people cheap while very many are written: still meanwhile, made anew at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.store.db import is_sqlite

MANY = 2000
"""Up to so many rows the triggers keep the index along the way; beyond, one statement for all people is quicker."""

PAUSE = sa.text("INSERT INTO people_search_paused (since) VALUES (1)")
RESUME = sa.text("DELETE FROM people_search_paused")
REBUILD = sa.text("INSERT INTO people_search (people_search) VALUES ('rebuild')")


@contextmanager
def search_index_at_once(db: DbSession, rows: int) -> Iterator[None]:
    """Write `rows` people inside, and have the index made once afterwards; PostgreSQL has none and needs none (P5).

    An error inside leaves everything to the transaction, which takes the pause back with the rest.
    """
    if rows <= MANY or not is_sqlite(db):
        yield
        return
    db.execute(PAUSE)
    yield
    db.execute(RESUME)
    db.execute(REBUILD)
