"""Proves of booking requests that a session which one made is the one that it names, and that names agree (Q2, O2)."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.models import BookingRequest, Session
from trainer_desk.services.findings import Finding

UNASKED = (
    sa.select(Session.ref, BookingRequest.id)
    .join(BookingRequest, BookingRequest.id == Session.booking_request_id)
    .where(Session.deleted_at.is_(None), BookingRequest.session_id.is_distinct_from(Session.id))
    .order_by(Session.id)
)
"""Sessions that say that a request made them, while it names another one or none."""


def unasked(db: Connection) -> Iterator[Finding]:
    """Find sessions whose request does not know of them: it could be accepted once more."""
    for ref, request_id in db.execute(UNASKED):
        yield Finding("session_unasked", subject=ref, facts={"ref": ref, "request": f"#{request_id}"})
