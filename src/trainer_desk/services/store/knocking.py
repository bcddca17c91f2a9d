"""Opens the line to a server, with the password from the keyring once the server asks for one (U1)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import URL

from trainer_desk.services.store.passwords import find_password
from trainer_desk.services.store.patience import connect_patiently
from trainer_desk.services.store.unreached import why_unreached

Line = psycopg.Connection[Any]


class Knocking:
    """Connects for one engine, and remembers the password that was found for as long as that is open.

    The keyring is asked only where nobody gave a password otherwise: in the address, in PGPASSWORD, in a file of
    passwords, in the service. What the server refuses is not tried again: many a refusal shuts the login out.
    """

    def __init__(self, url: URL, *, patient: bool) -> None:
        self._url = url
        self._make: Callable[..., Line] = connect_patiently if patient else psycopg.connect
        self._found: str | None = None

    def connect(self, words: Sequence[Any], named: Mapping[str, Any]) -> Line:
        """Return an open line; raises psycopg.OperationalError."""
        known = {} if self._found is None else {"password": self._found}
        try:
            return self._make(*words, **{**named, **known})
        except psycopg.OperationalError as trouble:
            if known or why_unreached(str(trouble)) != "password_wanted":
                raise
            self._found = find_password(self._url)
            if self._found is None:
                raise
        return self._make(*words, **{**named, "password": self._found})
