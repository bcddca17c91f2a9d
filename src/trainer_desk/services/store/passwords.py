"""Passwords of servers in the keyring of the operating system, and nowhere else (U1)."""

import logging
from typing import TYPE_CHECKING

from sqlalchemy import URL

from trainer_desk.services.store.address import hosts_of
from trainer_desk.services.store.login import os_user

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

LOG = logging.getLogger(__name__)
PLAIN = "keyrings.alt"
"""Keyrings that are files which anybody with the disk can read."""


def find_password(url: URL) -> str | None:
    """Return the password that is kept for a server and login; None without one, or without a keyring that works.

    The operating system may ask its user to unlock the keyring, so this belongs into a worker.
    """
    from keyring.errors import KeyringError  # noqa: PLC0415

    for keyring in _keyrings():
        try:
            found = keyring.get_password(place_of(url), login_of(url))
        except KeyringError as trouble:
            LOG.warning("the keyring was not asked: %s", trouble)
            continue
        if found is not None:
            return found
    return None


def keep_password(url: URL, password: str) -> bool:
    """Put a password into the keyring; return whether it is kept, False where no keyring works."""
    from keyring.errors import KeyringError  # noqa: PLC0415

    for keyring in _keyrings():
        try:
            keyring.set_password(place_of(url), login_of(url), password)
        except KeyringError as trouble:
            LOG.warning("the password was not kept: %s", trouble)
            continue
        return True
    return False


def forget_password(url: URL) -> None:
    """Take the password of a server and login out of the keyring, if it is there."""
    from keyring.errors import KeyringError  # noqa: PLC0415

    for keyring in _keyrings():
        try:
            keyring.delete_password(place_of(url), login_of(url))
        except KeyringError:
            continue  # it was not there


def has_keyring() -> bool:
    """Whether this computer has a keyring in which a password could be kept."""
    return bool(_keyrings())


def place_of(url: URL) -> str:
    """Return the name under which the keyring keeps the passwords of a database."""
    service = url.query.get("service")
    where = f"service {service}" if service else ",".join(hosts_of(url)) or "localhost"
    return f"Trainer Desk {where}/{url.database or ''}".removesuffix("/")


def login_of(url: URL) -> str:
    """Return the login that the server is told: that of the URL, else the name of who works on this computer."""
    return url.username or os_user()


def _keyrings() -> "list[KeyringBackend]":
    """Return the keyrings that may be used; loading them costs a tenth of a second, so only whoever must does."""
    import keyring  # noqa: PLC0415

    found = keyring.get_keyring()
    each: list[KeyringBackend] = list(getattr(found, "backends", [found]))
    return [one for one in each if one.priority > 0 and not type(one).__module__.startswith(PLAIN)]
