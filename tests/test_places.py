"""Where things lie, and who works, for users that have no home and no name, as in some containers."""

import getpass
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import platformdirs
import pytest

from trainer_desk import places
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.login import os_user


def homeless(*_words: Any, **_more: Any) -> NoReturn:
    raise RuntimeError("could not determine the home directory")


@pytest.mark.parametrize("kind", ["config", "data", "log"])
def test_without_a_home(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.delenv(f"TRAINER_DESK_{kind.upper()}", raising=False)
    monkeypatch.setattr(platformdirs, f"user_{kind}_path", homeless)
    assert getattr(places, f"{kind}_folder")() == Path(tempfile.gettempdir()) / "trainer-desk"


def test_a_user_whom_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch, sqlite_store: Store) -> None:
    def nameless() -> NoReturn:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert os_user().split()[0] in ("user", "unknown")
    assert sqlite_store.actor == os_user()
