"""Reads the page of a trainer: what they may teach, teach next, how many hours, and when they are away (N4)."""

import datetime as dt

import sqlalchemy as sa

from trainer_desk.models import Block, Course, Person, Qualification, Resource, Trainer
from trainer_desk.services.directory import load_settings
from trainer_desk.services.dossiers.moments import MOST, lines_of, seen_from
from trainer_desk.services.dossiers.sessions import INSTANT, coming_of_trainer
from trainer_desk.services.errors import NotFound
from trainer_desk.services.journal.history import history_of_resource
from trainer_desk.services.planning.workload import coming_weeks
from trainer_desk.services.rows.dossiers import Absence, Licence, TrainerDossier, TrainerFacts
from trainer_desk.services.store.db import Db, plain

FACTS = (
    sa.select(
        Resource.id,
        Resource.code,
        Resource.name,
        Trainer.weekly_hours,
        Person.id,
        Person.name,
        Resource.active,
    )
    .join(Trainer, Trainer.id == Resource.id)
    .outerjoin(Person, Person.id == Trainer.person_id)
    .where(Resource.id == sa.bindparam("trainer_id"))
)
LICENCES = (
    sa.select(Course.id, Course.title, Qualification.valid_from, Qualification.valid_until, Course.active)
    .join(Course, Course.id == Qualification.course_id)
    .where(Qualification.trainer_id == sa.bindparam("trainer_id"), Qualification.deleted_at.is_(None))
    .order_by(Course.title, Course.id)
)
ABSENCES = (
    sa.select(Block.id, Block.starts_at, Block.ends_at, Block.reason)
    .where(
        Block.resource_id == sa.bindparam("trainer_id"),
        Block.deleted_at.is_(None),
        Block.ends_at > sa.bindparam("after", type_=INSTANT),
    )
    .order_by(Block.starts_at, Block.id)
)


def load_trainer(db: Db, trainer_id: int, day: dt.date | None, *, now: dt.datetime) -> TrainerDossier:
    """Return the page of a trainer as of a day of the organisation's zone, None: today; `now` is UTC. Raises NotFound.

    Hours are those of six weeks, the one of the day first.
    """
    row = db.execute(FACTS, {"trainer_id": trainer_id}).one_or_none()
    if row is None:
        raise NotFound(kind="trainer", key=f"#{trainer_id}")
    settings = load_settings(db)
    zone = settings.zone
    norm = settings.load_norm_hours if row.weekly_hours is None else row.weekly_hours
    day = day or now.astimezone(zone).date()
    after = seen_from(day, zone, now)
    return TrainerDossier(
        facts=TrainerFacts(*row, norm_hours=norm),
        zone=zone,
        day=day,
        licences=tuple(Licence(*licence) for licence in db.execute(LICENCES, {"trainer_id": trainer_id})),
        coming=coming_of_trainer(db, trainer_id, after),
        weeks=coming_weeks(db, day, zone)(trainer_id),
        absences=tuple(
            Absence(*absence) for absence in db.execute(ABSENCES, {"trainer_id": trainer_id, "after": after})
        ),
        history=lines_of(history_of_resource(plain(db), trainer_id, limit=MOST)),
    )
