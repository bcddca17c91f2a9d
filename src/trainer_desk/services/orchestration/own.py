"""What somebody may do only with their own: a trainer with own sessions, everybody with own places (S4, K13)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import BookingRequest, Session, SessionResource
from trainer_desk.models.enums import Role, SessionRole, SessionStatus
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.errors import NotAllowed
from trainer_desk.services.journal.images import net_rows
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.store.db import Db

TEACHES = sa.select(
    sa.or_(
        sa.exists().where(Session.id == sa.bindparam("session_id"), Session.trainer_id == sa.bindparam("trainer_id")),
        sa.exists().where(
            SessionResource.session_id == sa.bindparam("session_id"),
            SessionResource.resource_id == sa.bindparam("trainer_id"),
            SessionResource.role == SessionRole.CO_TRAINER.value,
        ),
    )
)

ASKED_FOR = sa.select(
    sa.exists()
    .where(Session.id == sa.bindparam("session_id"))
    .where(BookingRequest.id == Session.booking_request_id, BookingRequest.requested_by == sa.bindparam("login"))
)


def teaches(db: Db, session_id: int, trainer_id: int | None) -> bool:
    """Whether a trainer leads a session or helps in it."""
    if trainer_id is None:
        return False
    return bool(db.execute(TEACHES, {"session_id": session_id, "trainer_id": trainer_id}).scalar_one())


def is_own_session(db: Db, session_id: int, login: str) -> bool:
    """Whether a session is somebody's own: a trainer teaches it, a requester's request made it; of others none is."""
    identity = who_is(db, login)
    if identity.role is Role.TRAINER:
        return teaches(db, session_id, identity.trainer_id)
    return identity.role is Role.REQUESTER and _asked_for(db, session_id, login)


def require_own_session(db: Db, session_id: int, actor: str) -> Identity:
    """Refuse a trainer whose session it is not; planners may with all sessions. Raises NotAllowed (S4)."""
    identity = who_is(db, actor)
    if identity.role is Role.TRAINER and not teaches(db, session_id, identity.trainer_id):
        raise NotAllowed(role=identity.role, why="not_own_session")
    return identity


def require_startable(db: DbSession, session_id: int, actor: str) -> Identity:
    """Refuse a trainer whose session it is not, and a requester whose request did not make it. Raises NotAllowed (S4).

    A session that was there before a request was accepted into it was not made by that request.
    """
    identity = require_own_session(db, session_id, actor)
    if identity.role is Role.REQUESTER and not _asked_for(db, session_id, actor):
        raise NotAllowed(role=identity.role, why="not_own_request")
    return identity


def require_own_person(db: DbSession, actor: str) -> int:
    """Return the person that a login stands for. Raises NotAllowed where it stands for nobody (K13)."""
    identity = who_is(db, actor)
    if identity.person_id is None:
        raise NotAllowed(role=identity.role, why="no_person")
    return identity.person_id


def _asked_for(db: Db, session_id: int, login: str) -> bool:
    return bool(db.execute(ASKED_FOR, {"session_id": session_id, "login": login}).scalar_one())


def is_own_place(db: Db, change_id: int, actor: str, *, now: dt.datetime) -> bool:
    """Whether a change touched nothing but the actor's own places, in sessions still to begin at `now` (UTC).

    Where a seat went on to somebody else in the same change, it is not: nobody takes it from them again.
    """
    rows = net_rows(db, change_id)
    places = [row for row in rows if row.table == "enrollments"]
    told = {str((row.after or row.before or {})["enrollment_id"]) for row in rows if row.table == "tellings"}
    person_id = who_is(db, actor).person_id
    images = [row.after or row.before or {} for row in places]
    if person_id is None or not places or {row.table for row in rows} - {"enrollments", "tellings"}:
        return False
    if told - {str(row.key) for row in places} or any(int(image["person_id"]) != person_id for image in images):
        return False
    cards = load_cards(db, {int(image["session_id"]) for image in images}).values()
    return all(
        card.status is SessionStatus.SCHEDULED and card.starts_at is not None and card.starts_at > now for card in cards
    )
