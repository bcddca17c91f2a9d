"""What one process of a race for the last spot does: a person signs up from a login of their own."""

from threading import Barrier
from typing import TypeAlias

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.signing_up import sign_up
from trainer_desk.services.store.engine import open_store

Wish: TypeAlias = tuple[str, Barrier, int, str]
"""The address of the database, the line where all wait for the start, the session and the login."""


def race(wish: Wish) -> str:
    """Sign up together with everybody else, and return what became of it."""
    address, start, session, login = wish
    store = open_store(address)
    try:
        start.wait(60)
        return str(store.write("Race", sign_up, session, actor=login).value.outcome)
    except DeskError as refusal:
        return refusal.code
    finally:
        store.close()
