"""The organisation in which somebody asks and somebody decides, once on each kind of database."""

import pytest

from tests.databases import StoreFactory
from tests.services.requests.asking import Asking, make_asking


@pytest.fixture
def asking(store_factory: StoreFactory) -> Asking:
    return make_asking(lambda clock: store_factory(clock=clock))
