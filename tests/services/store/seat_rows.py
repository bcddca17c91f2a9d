"""Rows of the tables around seats that only tests of the database make by plain inserts; each takes an open `db`."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from tests.factories import ACTOR, MADE, MONDAY, Database
from trainer_desk import models

UNTIL = MONDAY + dt.timedelta(days=1)
"""When held seats and open offers end unless a test says otherwise."""


def make_member(db: Database, session: int, group: int, person: int) -> None:
    """Put a person into a group of a session."""
    db.execute(sa.insert(models.GroupMember).values(session_id=session, group_id=group, person_id=person))


def make_presence(db: Database, session: int, venue: int, person: int, **columns: Any) -> int:
    """Let a person be in a room; present until `ended_at` and `ended_why` are given."""
    values = {"session_id": session, "venue_id": venue, "person_id": person, "entered_at": MONDAY, "entered_by": ACTOR}
    return _insert(db, models.Presence, values | columns)


def make_waiver(db: Database, session: int, code: str = "below_minimum") -> int:
    """Waive a finding of a session."""
    values = {"session_id": session, "code": code, "reason": "Agreed", "headcount": 3}
    return _insert(db, models.Waiver, values | {"waived_at": MADE, "waived_by": ACTOR})


def _insert(db: Database, model: type[models.Base], values: dict[str, Any]) -> int:
    table = sa.inspect(model).local_table
    stamped = {"created_at": MADE, "updated_at": MADE} | values
    return int(db.execute(sa.insert(table).values(stamped).returning(table.c.id)).scalar_one())
