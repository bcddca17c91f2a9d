"""Keeps a session and the request that made it in step: one request has at most one session that counts (Q2)."""

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session
from trainer_desk.services.errors import DeskError, WrongState
from trainer_desk.services.planning import board
from trainer_desk.services.requests.reading import lock_request

MADE_BY = sa.select(Session.booking_request_id).where(Session.id == sa.bindparam("session_id"))


def require_still_asked_for(db: DbSession, session_id: int) -> None:
    """Refuse to bring a session back from the trash whose request became another one, or is open again.

    Raises `already_accepted`, with the ref of the session that counts, or WrongState.
    """
    request_id = db.execute(MADE_BY, {"session_id": session_id}).scalar_one_or_none()
    if request_id is None:
        return
    request = lock_request(db, request_id)
    if request.session_id == session_id:
        return
    ref = board.load_card(db, session_id).ref
    if request.session_id is not None:
        other = board.load_card(db, request.session_id).ref
        raise DeskError("already_accepted", session=ref, request=request.ref, ref=other)
    raise WrongState(session=ref, request=request.ref, request_state=request.status)
