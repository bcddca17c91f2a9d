"""Which sessions may not fill, as a condition on their rows: the go / no-go list (S10)."""

import datetime as dt

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.services.rules.minimum import OPEN

CONFIRMED = Session.seats_taken - Session.seats_offered - Session.seats_held
"""How many people are confirmed; offers and held seats fill no session."""


def undecided_at(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Return what `rules.minimum.is_undecided` says of a card: to come at `now` (UTC), with too few people."""
    return sa.and_(
        Session.status.in_(sorted(status.value for status in OPEN)),
        Session.starts_at > now,
        Session.minimum > CONFIRMED,
    )
