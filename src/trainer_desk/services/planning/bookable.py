"""Reads which sessions of each course somebody could still be put into (R6)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.services.planning.board import CARD_COLUMNS, card_of, seen
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.bookable import is_bookable
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.store.db import Db

COMING = sa.select(*CARD_COLUMNS).where(
    Session.deleted_at.is_(None),
    Session.status.in_([status.value for status in OPEN_FOR_PEOPLE]),
    sa.or_(Session.ends_at.is_(None), Session.ends_at > sa.bindparam("now", type_=Session.starts_at.type)),
)
"""What is open for people and not over, in the form of cards without co-trainers and equipment."""


def load_bookable(db: Db, now: dt.datetime) -> Mapping[int, list[SessionCard]]:
    """Return the sessions with a free place at `now` (UTC) by course; drafts, dated or not, are among them."""
    found: dict[int, list[SessionCard]] = defaultdict(list)
    for row in db.execute(COMING, {"now": now} | seen(now)):
        card = card_of(row, {})
        if is_bookable(card, now):
            found[card.course_id].append(card)
    return found
