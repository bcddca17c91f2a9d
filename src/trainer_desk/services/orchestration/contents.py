"""Counts what a database holds."""

import sqlalchemy as sa

from trainer_desk.models import Course, Enrollment, Person, Session, Trainer, Venue
from trainer_desk.services.store.db import Db


def count_rows(db: Db) -> dict[str, int]:
    """Return how many people, courses, trainers, venues, sessions and enrollments there are."""
    tables = (Person, Course, Trainer, Venue, Session, Enrollment)
    return {
        table.__tablename__: int(db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in tables
    }
