"""Fixtures for imports: text of a file goes in, on each kind of database."""

from pathlib import Path

import pytest

from tests.services.exchange.files import Bring, bringer
from trainer_desk.services.store.engine import Store


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Bring:
    """Import text as a file of a kind into the test's organisation."""
    return bringer(store, tmp_path)
