"""Who is on a run: the rows that say so, put down and ended, for planning and for seats alike (R1, R4)."""

import datetime as dt
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

TABLE = Base.metadata.tables["run_members"]
OF_RUN = TABLE.c.run_id == sa.bindparam("of_run")
THESE = sa.and_(OF_RUN, Among(TABLE.c.person_id, "people"))
KNOWN = sa.select(TABLE.c.person_id, TABLE.c.deleted_at).where(THESE)
CHANGE = sa.update(TABLE).where(THESE).values(version=TABLE.c.version + 1)


def members_among(db: Db, run_id: int, people: Collection[int]) -> set[int]:
    """Return those of these people who are on a run."""
    return {person for person, gone in _known(db, run_id, people) if gone is None}


def add_members(db: DbSession, run_id: int, people: Collection[int], *, actor: str, now: dt.datetime) -> list[int]:
    """Put people on a run from `now` (UTC) on, in the order given; return those who were not on it.

    The run must be locked: then nobody else writes these rows.
    """
    known = dict(_known(db, run_id, people))
    back = [person for person in people if known.get(person) is not None]
    new = [person for person in dict.fromkeys(people) if person not in known]
    joined = {"joined_at": now, "joined_by": actor, "updated_at": now}
    if back:
        db.execute(CHANGE.values(deleted_at=None, **joined), {"of_run": run_id, "people": sorted(back)})
    if new:
        rows = [{"run_id": run_id, "person_id": person, "created_at": now, **joined} for person in new]
        db.execute(sa.insert(TABLE).values(rows))
    added = {*back, *new}
    return [person for person in dict.fromkeys(people) if person in added]


def end_members(db: DbSession, run_id: int, people: Collection[int], now: dt.datetime) -> list[int]:
    """Take people off a run that is locked; return those who were on it. The rows stay on record."""
    leaving = sorted(members_among(db, run_id, people))
    if leaving:
        db.execute(CHANGE.values(deleted_at=now, updated_at=now), {"of_run": run_id, "people": leaving})
    return leaving


def _known(db: Db, run_id: int, people: Collection[int]) -> list[tuple[int, dt.datetime | None]]:
    if not people:
        return []
    rows = db.execute(KNOWN, {"of_run": run_id, "people": sorted(set(people))})
    return [(row.person_id, row.deleted_at) for row in rows]
