"""Logins of a server with their passwords, which leave this computer only as a SCRAM verifier (U1)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.store import scram
from trainer_desk.services.store.db import Db, is_sqlite, plain

SHORTEST = 10
"""Characters that a password has at least."""

KNOWN = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :login AND rolcanlogin")
MAKE = sa.text("SELECT make_login(:login, :verifier)")
SET = sa.text("SELECT set_login_password(:login, :verifier)")


def needs_password(db: Db, login: str) -> bool:
    """Whether a login has to be made before somebody can work with it: on a server that does not know it yet."""
    return not is_sqlite(db) and db.execute(KNOWN, {"login": logins.clean_login(login)}).first() is None


def add_with_login(
    db: DbSession,
    login: str,
    role: Role | str,
    password: str | None,
    *,
    person_id: int | None = logins.UNSAID,
    trainer_id: int | None = logins.UNSAID,
    actor: str,
    now: dt.datetime,
) -> int:
    """Give a login a role as `logins.add`; one that the server does not know is made, with this password.

    Raises BadValue (password_needed, password_too_short), and as `logins.add`.
    """
    name = logins.clean_login(login)
    if needs_password(db, name):
        plain(db).execute(MAKE, {"login": name, "verifier": verifier_of(db, name, password)})
    return logins.add(db, name, role, person_id=person_id, trainer_id=trainer_id, actor=actor, now=now)


def set_password(db: DbSession, login: str, password: str, *, actor: str, now: dt.datetime) -> None:
    """Give a login of this organisation another password, for somebody who forgot theirs.

    The server refuses it for a login that has rights elsewhere, too. Raises NotFound, BadValue (password_too_short).
    """
    account = logins.find_account(db, login)
    if needs_password(db, account.login):
        raise NotFound(kind="login", key=account.login)
    plain(db).execute(SET, {"login": account.login, "verifier": verifier_of(db, account.login, password)})


def verifier_of(db: Db, login: str, password: str | None) -> str:
    """Return what the server keeps of a password, made here. Raises BadValue (password_needed, password_too_short)."""
    if not password:
        raise BadValue(field="password", value="", why="password_needed", login=login)
    if len(password) < SHORTEST:
        raise BadValue(field="password", value="", why="password_too_short", least=SHORTEST)
    return scram.verifier_of(plain(db), login, password)
