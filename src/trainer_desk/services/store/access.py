"""Who is at work here, in which role: read once, and again when it may have changed, so that no write waits for it."""

import time
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import Account
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DatabaseTrouble, NotAllowed, NotSignedIn
from trainer_desk.services.rights import Roles
from trainer_desk.services.store.db import is_sqlite

FRESH_SECONDS = 3.0
"""How long a role is believed: an account that another workstation disables writes no longer than that."""

ACCOUNTS = Account.__table__
OF_LOGIN = sa.select(ACCOUNTS.c.role, ACCOUNTS.c.disabled_at).where(ACCOUNTS.c.login == sa.bindparam("login"))
ANY = sa.select(ACCOUNTS.c.id).limit(1)


def load_role(db: Connection, login: str) -> Role | None:
    """Return the role of a login; None: not signed in, because the account is disabled or, on a server, missing.

    On a file whoever has no account is administrator: the file's own permissions are the boundary (U3). So is
    everybody on a server without a single account: it was upgraded, and somebody must be able to add the first.
    """
    account = db.execute(OF_LOGIN, {"login": login}).one_or_none()
    if account is not None:
        return None if account.disabled_at is not None else Role(account.role)
    if is_sqlite(db) or db.execute(ANY).first() is None:
        return Role.ADMINISTRATOR
    return None


class Access:
    """Remembers the role of each login for a few seconds; `ask` reads it, `tick` counts seconds."""

    def __init__(self, ask: Callable[[str], Role | None], tick: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._tick = ask, tick
        self._known: dict[str, tuple[Role | None, float]] = {}

    def role_of(self, login: str) -> Role | None:
        """Return the role of a login, None for somebody who is not signed in.

        Where the database does not answer, what was known counts on: the write itself finds out, and knows its way.
        """
        known = self._known.get(login)
        if known is not None and self._tick() - known[1] < FRESH_SECONDS:
            return known[0]
        try:
            return self._look(login)
        except DatabaseTrouble:
            if known is None:
                raise
            return known[0]

    def require(self, login: str, allowed: Roles, verb: str) -> None:
        """Raise NotSignedIn or NotAllowed unless the role of a login is among those allowed.

        Nobody is turned away for what was so a moment ago.
        """
        role = self.role_of(login)
        if role is None or role not in allowed:
            role = self._look(login)
        if role is None:
            raise NotSignedIn(login=login)
        if role not in allowed:
            raise NotAllowed(verb=verb, role=role, roles=tuple(one for one in Role if one in allowed))

    def forget(self) -> None:
        """Read every role anew when it is next asked for: accounts changed."""
        self._known.clear()

    def _look(self, login: str) -> Role | None:
        role = self._ask(login)
        self._known[login] = (role, self._tick())
        return role
