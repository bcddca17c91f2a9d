"""Imports qualifications: which trainer may teach which course, and until when (C5)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.courses import COURSES
from trainer_desk.services.exchange.importing.job import Job, ids_of, refer
from trainer_desk.services.exchange.importing.trainers import trainer_ids
from trainer_desk.services.planning.qualifications import QUALIFICATIONS, save_qualification

LAYOUT = Layout(
    (
        Column("trainer", cells.code, required=True),
        Column("course", cells.code, required=True),
        Column("valid_from", cells.day),
        Column("valid_until", cells.day),
    ),
    key=("trainer", "course"),
)


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change qualifications, and give back those that were taken; `valid_until` is the last valid day."""
    trainers = trainer_ids(db)
    courses = ids_of(db, COURSES.c.code, COURSES.c.id)
    stored = {
        (found.trainer_id, found.course_id): dict(found._mapping) for found in db.execute(sa.select(QUALIFICATIONS))
    }
    for row in rows:
        if refer(row, "trainer", "trainer", trainers, job) and refer(row, "course", "course", courses, job):
            key = trainers[row.values["trainer"]], courses[row.values["course"]]
            _save(db, row, key, stored.get(key), job)


def _save(db: DbSession, row: Row, key: tuple[int, int], known: Mapping[str, Any] | None, job: Job) -> None:
    dates = {name: value for name, value in row.values.items() if name in ("valid_from", "valid_until")}
    try:
        job.report.count(save_qualification(db, *key, dates, known, job.now))
    except BadValue as error:
        job.refuse(row, error)
