"""What one process of a race for other dates does: it cancels a session and gives the person there the last seat."""

from threading import Barrier
from typing import TypeAlias

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.rehoming import cancel_and_rehome, propose
from trainer_desk.services.store.engine import open_store

Wish: TypeAlias = tuple[str, Barrier, int]
"""The address of the database, the line where all wait for the start, and the session."""


def race(wish: Wish) -> str:
    """Cancel a session with what was proposed before the start, together with everybody else."""
    address, start, session = wish
    store = open_store(address)
    try:
        places = store.read(propose, [session], now=store.clock.now()).places()
        start.wait(60)
        rehomed = store.write("Race", cancel_and_rehome, [session], "Storm", places).value
        return f"seated {rehomed.seated}"
    except DeskError as refusal:
        return refusal.code
    finally:
        store.close()
