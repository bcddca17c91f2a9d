"""What one process of a race for a place in a group does; processes of their own, as workstations have."""

from threading import Barrier
from typing import TypeAlias

from trainer_desk.services.errors import DeskError
from trainer_desk.services.seats.groups import assign, spread
from trainer_desk.services.store.engine import open_store

Wish: TypeAlias = tuple[str, Barrier, int, int | None, int]
"""The address of the database, the line where all wait, the session, the person (None: spread all) and the group."""


def race(wish: Wish) -> list[str]:
    """Put one person into a group, or everybody into all, together with everybody else; say what became of each."""
    address, start, session, person, group = wish
    try:
        store = open_store(address)
    except DeskError as refusal:
        start.abort()
        return [f"not opened: {refusal.facts}"]
    try:
        start.wait(60)
        if person is None:
            outcomes = store.write("Spread", spread, session).value
        else:
            outcomes = store.write("Race", assign, group, [person]).value
        return [outcome.code or outcome.outcome for outcome in outcomes]
    except DeskError as refusal:
        return [f"{refusal.code}: {refusal.facts}"]
    finally:
        store.close()
