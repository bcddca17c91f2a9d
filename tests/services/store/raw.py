"""Writes past the program, as somebody with a database client would."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer


@contextmanager
def raw(store: Store) -> Iterator[sa.Connection]:
    """Lend a connection of its own in one transaction, committed at the end."""
    engine = make_writer(store.url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
