"""Takes one session for a change of its seats: locked, not in the trash, in a state that allows it (K3)."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE, require_state
from trainer_desk.services.store.db import Db

LOCK = (
    sa.select(Session.ref, Session.status, Session.capacity, Session.seats_taken, Session.deleted_at)
    .where(Session.id == sa.bindparam("session_id"))
    .with_for_update(key_share=True)
)
STANDING = sa.select(Enrollment.person_id, Enrollment.state, Enrollment.position).where(
    Enrollment.session_id == sa.bindparam("session_id")
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a locked session allows; `free` counts its free seats (None: unlimited)."""

    ref: str
    free: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands in a session: the state and the place in its queue."""

    state: EnrollmentState
    position: int | None


def lock_place(db: DbSession, session_id: int, verb: str) -> Place:
    """Lock a session's row until the transaction ends, so that its seats are changed one after the other.

    On SQLite the transaction already holds the whole file. Raises NotFound also for the trash, and WrongState.
    """
    row = db.execute(LOCK, {"session_id": session_id}).one_or_none()
    if row is None:
        raise NotFound(kind="session", key=session_id)
    if row.deleted_at is not None:
        raise NotFound(kind="session", key=row.ref, why="in_trash")
    require_state(verb, SessionStatus(row.status), OPEN_FOR_PEOPLE, ref=row.ref)
    return Place(row.ref, available(row.capacity, row.seats_taken))


def standings(db: Db, session_id: int) -> dict[int, Standing]:
    """Return how everybody who ever was in a session stands there, by person."""
    rows = db.execute(STANDING, {"session_id": session_id})
    return {person: Standing(EnrollmentState(state), position) for person, state, position in rows}
