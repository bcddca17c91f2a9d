"""One's own password on a server, which everybody may change, and passwords that are good enough to be handed over."""

import datetime as dt
import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.accounts.server_logins import verifier_of
from trainer_desk.services.errors import BadValue
from trainer_desk.services.store.db import is_sqlite, plain

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for others when somebody reads them out."""

GROUPS, LONG = 4, 4


def change_own_password(db: DbSession, password: str, *, actor: str, now: dt.datetime) -> None:
    """Give the login that is at work another password; it leaves this computer as a SCRAM verifier.

    Raises BadValue (password_needed, password_too_short, no_passwords for a file).
    """
    if is_sqlite(db):
        raise BadValue(field="password", value="", why="no_passwords")
    verifier = verifier_of(db, actor, password)
    # A statement of this kind takes no parameters; a verifier holds neither quotes nor backslashes.
    plain(db).execute(sa.text(f"ALTER ROLE CURRENT_USER PASSWORD '{verifier}'".replace(":", "\\:")))


def suggest_password() -> str:
    """Return a password that nobody guesses and that can be read out: `kx7m-2fhq-9wnt-c4pj`."""
    return "-".join("".join(secrets.choice(LETTERS) for _sign in range(LONG)) for _group in range(GROUPS))
