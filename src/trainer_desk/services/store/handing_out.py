"""What the first administrator of a new server database hands to whom (section I)."""

import secrets
from dataclasses import dataclass

from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_migrator
from trainer_desk.services.store.scram import verifier_of
from trainer_desk.services.store.server_roles import quoted, roles_of
from trainer_desk.services.store.trouble import translated

PASSWORD_BYTES = 18


@dataclass(frozen=True, slots=True)
class HandOut:
    """Who rules a new organisation on a server, with what it is upgraded, and the groups that stand for its roles."""

    administrator: str
    migrator: str
    password: str
    groups: tuple[str, ...]


def hand_out(store: Store) -> HandOut | None:
    """Return what is handed out of a new database; None for a file.

    The login for upgrades gets a new password each time, which nobody can read again, so this is for once: right after
    `create_store`.
    """
    if store.is_file:
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    engine = make_migrator(store.url)
    try:
        with translated(), engine.begin() as connection:
            roles = roles_of(connection)
            verifier = verifier_of(connection, roles.migrator, password)
            connection.exec_driver_sql(f"ALTER ROLE {quoted(roles.migrator)} PASSWORD '{verifier}'")
    finally:
        engine.dispose()
    return HandOut(store.actor, roles.migrator, password, tuple(roles.groups.values()))
