"""Imports trainers."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import ResourceKind
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete, ids_of, refer
from trainer_desk.services.exchange.importing.resources import RESOURCES, save_resource, stored_resources

LAYOUT = Layout(
    (
        Column("code", cells.code, required=True),
        Column("name", cells.name, required=True),
        Column("weekly_hours", cells.whole(0, 168)),
        Column("employee_no", cells.code),
    ),
    key=("code",),
)

_PEOPLE = Base.metadata.tables["people"]


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change trainers; `employee_no` says which person the trainer is."""
    stored = stored_resources(db, ResourceKind.TRAINER)
    numbers = {row.get("employee_no") for row in rows} - {None}
    people = ids_of(db, _PEOPLE.c.employee_no, _PEOPLE.c.id, numbers)
    for row in rows:
        if (row.key in stored or complete(row, job)) and refer(row, "employee_no", "person", people, job):
            save_resource(db, ResourceKind.TRAINER, row, _own_columns(row, people), stored, job)


def _own_columns(row: Row, people: dict[str, int]) -> dict[str, Any]:
    own = {"weekly_hours": row.values["weekly_hours"]} if "weekly_hours" in row.values else {}
    if "employee_no" in row.values:
        own["person_id"] = people.get(row.values["employee_no"])
    return own


def trainer_ids(db: DbSession) -> dict[str, int]:
    """Return the ids of all trainers by code."""
    query = sa.select(RESOURCES.c.code, RESOURCES.c.id).where(RESOURCES.c.kind == ResourceKind.TRAINER.value)
    return dict(db.execute(query).all())
