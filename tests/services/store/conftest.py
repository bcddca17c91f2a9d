"""Databases of one kind, for what concerns that kind alone."""

from collections.abc import Iterator

import pytest

from tests.databases import StoreFactory, postgres_organisation
from tests.postgres_server import Run
from trainer_desk.services.store.engine import Store


@pytest.fixture
def postgres_store(run: Run, postgres_server: str) -> Iterator[Store]:
    """Open a fresh, empty organisation on a PostgreSQL server."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        yield factory()
        factory.close()
