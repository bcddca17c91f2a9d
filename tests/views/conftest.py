"""Every test of the window runs without a screen, in the light theme, at 100 % text size."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from trainer_desk.views.theme import Look, look

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store


@pytest.fixture(scope="session", autouse=True)
def started_look(qapp: QApplication) -> Look:
    """The look as app.py starts it."""
    shown = look()
    shown.start("light")
    return shown


@pytest.fixture
def plain_look(started_look: Look) -> Iterator[Look]:
    """The look, put back to light and 100 % after a test that changes it."""
    yield started_look
    started_look.choose("light", 100)


@pytest.fixture(params=["file", pytest.param("login", marks=pytest.mark.postgres)])
def owners_store(request: pytest.FixtureRequest) -> Iterator["Store"]:
    """Give an empty organisation to whoever prepares it: in a file, and on a server (see `tests.views.owners`)."""
    if request.param == "file":
        yield request.getfixturevalue("sqlite_store")
        return
    from tests.databases import StoreFactory, postgres_organisation  # noqa: PLC0415

    run, server = request.getfixturevalue("run"), request.getfixturevalue("postgres_server")
    with postgres_organisation(run, server) as url:
        factory = StoreFactory(url)
        yield factory()
        factory.close()
