"""What a door does with the store: comings and goings as changes, signs of life beside the journal (K9)."""

from collections.abc import Collection

from trainer_desk.services.changes import Changes
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.seats.occupancy import check_in, check_out
from trainer_desk.services.seats.presences import keep_alive
from trainer_desk.services.store.engine import Store, Written


def come_in(
    store: Store, label: str, session_id: int, employee_no: str, *, actor: str | None = None
) -> Written[Passage]:
    """Check a person in under a label; for whoever is in already it is a sign of life. Raises as `check_in`."""
    done = store.write(label, check_in, session_id, employee_no, actor=actor)
    if done.was_done:  # the connection was lost once it was written: what is asked again is answered `already`
        done = store.write(label, check_in, session_id, employee_no, actor=actor)
    if done.value.outcome == "already":
        store.signal(keep_alive, [done.value.presence_id], actor=actor)
    return done


def go_out(
    store: Store, label: str, session_id: int, employee_no: str, *, actor: str | None = None
) -> Written[Passage]:
    """Check a person out under a label. Raises as `check_out`."""
    done = store.write(label, check_out, session_id, employee_no, actor=actor)
    if done.was_done:
        done = store.write(label, check_out, session_id, employee_no, actor=actor)
    return done


def stay_in(store: Store, presence_ids: Collection[int], *, actor: str | None = None) -> Written[tuple[int, ...]]:
    """Give a sign of life for people in the room; the answer names the presences that are still there (K9)."""
    return Written(store.signal(keep_alive, list(presence_ids), actor=actor), Changes())
