"""Passwords of logins, changed by themselves or by an administrator; nothing of it stands in the journal."""

import logging
from typing import Any

from trainer_desk.services.accounts.own_password import change_own_password
from trainer_desk.services.accounts.server_logins import set_password
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import BadValue, DatabaseTrouble
from trainer_desk.services.store import opening
from trainer_desk.services.store.engine import Store, Written
from trainer_desk.services.store.passwords import find_password, keep_password

LOG = logging.getLogger(__name__)


def change_password(store: Store, present: str, password: str, *, actor: str) -> Written[bool]:
    """Change one's own password for whoever knows the present one; return whether the keyring keeps the new one.

    It does where it kept the old one. Further lines to the server are opened with the new one. Raises BadValue
    (wrong_password, and as `change_own_password`).
    """
    _require_present(store, present)
    kept = store.url.set(password=None)
    is_kept = find_password(kept) is not None
    store.signal(change_own_password, password, actor=actor)
    store.sign_on(password)
    LOG.info("%s changed the own password", actor)
    return Written(not is_kept or keep_password(kept, password), Changes())


def reset_password(store: Store, login: str, password: str, *, actor: str) -> Written[None]:
    """Give somebody else a password who forgot theirs. Raises as `server_logins.set_password`."""
    store.signal(set_password, login, password, actor=actor)
    LOG.info("%s gave %s another password", actor, login)
    return Written(None, Changes())


def _require_present(store: Store, present: str) -> None:
    """Raise BadValue (wrong_password) for a password that the server does not take."""
    if store.is_file:
        raise BadValue(field="password", value="", why="no_passwords")
    try:
        opening.look(store.url.set(password=present))
    except DatabaseTrouble as trouble:
        refused: Any = trouble.facts.get("why")
        if refused in ("login_refused", "password_wanted"):
            raise BadValue(field="password", value="", why="wrong_password") from trouble
        raise
