"""Every test of the window runs without a screen, in the light theme, at 100 % text size."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from trainer_desk.views.theme import Look, look


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
