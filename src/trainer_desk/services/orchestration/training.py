"""Training records and the queues that they open: who waited for a prerequisite alone is seated (N2, N5, K5)."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.people import records
from trainer_desk.services.rows.records import Recorded, Training
from trainer_desk.services.seats.settling import settle_stuck


def record_training(
    db: DbSession, people: Collection[int], course_id: int, training: Training, *, actor: str, now: dt.datetime
) -> Recorded:
    """Record the same training for people, and seat whom its lack kept waiting; raises as `records.record`."""
    recorded = records.record(db, people, course_id, training, actor=actor, now=now)
    settle_stuck(db, actor=actor, now=now)
    return recorded


def correct_training(
    db: DbSession, record_id: int, training: Training, *, version: int, actor: str, now: dt.datetime
) -> int:
    """Correct a record read at `version`, and seat whom its lack kept waiting; raises as `records.correct`."""
    key = records.correct(db, record_id, training, version=version, actor=actor, now=now)
    settle_stuck(db, actor=actor, now=now)
    return key
