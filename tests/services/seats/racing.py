"""What one process of a race for a seat does; processes of their own, as workstations have."""

from threading import Barrier
from typing import TypeAlias

from trainer_desk.services.errors import DeskError
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.engine import open_store

Wish: TypeAlias = tuple[str, Barrier, int, int]
"""The address of the database, the line where all wait for the start, the session and the person."""


def race(wish: Wish) -> str:
    """Enroll one person together with everybody else, and return what became of it."""
    address, start, session, person = wish
    try:
        store = open_store(address)
    except DeskError as refusal:
        start.abort()
        return f"not opened: {refusal.facts}"
    try:
        start.wait(60)
        [outcome] = store.write("Race", enroll, session, [person], actor=f"station-{person}").value
        return outcome.code or outcome.outcome
    except DeskError as refusal:
        return f"{refusal.code}: {refusal.facts}"
    finally:
        store.close()
