"""The organisation in which planning is tried, on SQLite and on PostgreSQL."""

import pytest

from tests.databases import StoreFactory
from tests.services.planning.world import World, make_world


@pytest.fixture
def world(store_factory: StoreFactory) -> World:
    """Give the organisation, once on each kind of database."""
    return make_world(store_factory)


@pytest.fixture
def each_world(each_factory: StoreFactory) -> World:
    """Give the organisation, on PostgreSQL 18 as well: for what triggers and constraints do."""
    return make_world(each_factory)
