"""What one process of a race for a place in a room does; processes of their own, as doors and workstations have."""

from threading import Barrier
from typing import TypeAlias

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.door import come_in, go_out
from trainer_desk.services.store.engine import open_store

Wish: TypeAlias = tuple[str, Barrier, int, str, int]
"""The address of the database, the line where all wait for the start, the session, the badge, how often to pass."""


def race(wish: Wish) -> str:
    """Come in together with everybody else, go out and come in again as often as asked; return what came last."""
    address, start, session, number, times = wish
    try:
        store = open_store(address)
    except DeskError as refusal:
        start.abort()
        return f"not opened: {refusal.facts}"
    try:
        start.wait(60)
        said = ""
        for turn in range(times):
            try:
                if turn and said == "in":
                    go_out(store, "Out", session, number)
                said = come_in(store, "In", session, number).value.outcome
            except DeskError as refusal:
                said = refusal.code
        return said
    finally:
        store.close()
