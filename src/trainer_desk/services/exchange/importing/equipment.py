"""Imports equipment: what a session takes along, such as a projector or a practice dummy (C3)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import ResourceKind
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete
from trainer_desk.services.exchange.importing.resources import save_resource, stored_resources

LAYOUT = Layout(
    (
        Column("code", cells.code, required=True),
        Column("name", cells.name, required=True),
    ),
    key=("code",),
)


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change equipment; trainers, venues and equipment share their codes."""
    stored = stored_resources(db, ResourceKind.EQUIPMENT)
    for row in rows:
        if row.key in stored or complete(row, job):
            save_resource(db, ResourceKind.EQUIPMENT, row, {}, stored, job)
