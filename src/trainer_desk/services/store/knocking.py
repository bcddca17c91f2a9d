"""Opens the line to a server, with the password from the keyring once the server asks for one (U1)."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import URL

from trainer_desk.services.store.passwords import find_password
from trainer_desk.services.store.patience import connect_patiently
from trainer_desk.services.store.unreached import why_unreached

Line = psycopg.Connection[Any]

REST_SECONDS = 300.0
"""How long a refused login is not tried again: a window that goes on by itself would have the server shut it out."""


class Knocking:
    """Connects for one engine, and remembers the password that was found for as long as that is open.

    The keyring is asked only where nobody gave a password otherwise: in the address, in PGPASSWORD, in a file of
    passwords, in the service. What the server refuses is not tried again: many a refusal shuts the login out.
    """

    def __init__(self, url: URL, *, patient: bool) -> None:
        self._url = url
        self._make: Callable[..., Line] = connect_patiently if patient else psycopg.connect
        self._found: str | None = None
        self._refusal: tuple[float, str] | None = None

    def connect(self, words: Sequence[Any], named: Mapping[str, Any]) -> Line:
        """Return an open line; raises psycopg.OperationalError."""
        if self._refusal is not None and time.monotonic() - self._refusal[0] < REST_SECONDS:
            raise psycopg.OperationalError(self._refusal[1])
        try:
            return self._knock(words, named)
        except psycopg.OperationalError as trouble:
            if why_unreached(str(trouble)) == "login_refused":
                self._refusal = time.monotonic(), str(trouble)
            raise

    def _knock(self, words: Sequence[Any], named: Mapping[str, Any]) -> Line:
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
