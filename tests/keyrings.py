"""Keyrings for tests: one that keeps in memory, one that is locked, and none."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring.backend
import keyring.errors


class Ring(keyring.backend.KeyringBackend):
    """Keeps passwords as long as the test runs; `asked` counts how often it was asked."""

    priority = 9.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not there")


class Locked(Ring):
    """Its user does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Refuse."""
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Refuse."""
        raise keyring.errors.InitError("Prompt dismissed")


class Readable(Ring):
    """A keyring that is a file which anybody can read."""


Readable.__module__ = "keyrings.alt.file"


@contextmanager
def own_ring() -> Iterator[Ring]:
    """Give an empty keyring that everybody asks meanwhile."""
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)
