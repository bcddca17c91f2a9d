"""The desk at which seats are tried, on SQLite and on PostgreSQL, and what must hold at the end of every test."""

from collections.abc import Iterator

import pytest

from tests.databases import StoreFactory
from tests.services.seats.desk import NOW, Desk, judge
from trainer_desk.services.clock import FixedClock


@pytest.fixture
def desk(store_factory: StoreFactory) -> Iterator[Desk]:
    """Give a desk, once on each kind of database; counters equal rows at the end, and no promotion is lost."""
    clock = FixedClock(NOW)
    desk = Desk(store_factory(clock), clock)
    yield desk
    assert judge(desk.store, clock.instant) == []
