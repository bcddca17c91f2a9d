"""Trainers, venues and equipment as the catalogue shows them: lists to search and order, and one of them whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Person, Qualification, Resource, Trainer, Venue
from trainer_desk.models.enums import ResourceKind
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.qualifications import qualifications_of
from trainer_desk.services.planning.workload import coming_weeks
from trainer_desk.services.rows.catalogue import Asked, Found, Named, Thing
from trainer_desk.services.rules.sifting import sift
from trainer_desk.services.store.db import Db

_OWN = (Resource.id, Resource.code, Resource.name, Resource.version, Resource.active)
_WHOLE = aliased(Resource)
TRAINERS: sa.Select[*tuple[Any, ...]] = (
    sa.select(*_OWN, Trainer.weekly_hours, Person.employee_no, Person.name.label("person"))
    .join(Trainer, Trainer.id == Resource.id)
    .outerjoin(Person, Person.id == Trainer.person_id)
)
HELD = (
    sa.select(Qualification.trainer_id, sa.func.count())
    .where(Qualification.deleted_at.is_(None))
    .group_by(Qualification.trainer_id)
)
_OF_VENUE = ("kind", "capacity", "occupancy_limit", "turnaround_minutes", "site", "presence_seconds")
VENUES: sa.Select[*tuple[Any, ...]] = (
    sa.select(*_OWN, *(getattr(Venue, name) for name in _OF_VENUE), _WHOLE.code.label("part_of"))
    .join(Venue, Venue.id == Resource.id)
    .outerjoin(_WHOLE, _WHOLE.id == Venue.part_of_id)
)
EQUIPMENT: sa.Select[*tuple[Any, ...]] = sa.select(*_OWN).where(Resource.kind == ResourceKind.EQUIPMENT.value)


def list_trainers(db: Db, asked: Asked) -> Found:
    """Return the trainers that pass, by name unless asked otherwise; the note `courses` counts what they may teach.

    The notes `weeks` (of the day asked for, and the coming ones), `norm` (hours a week, None: none) and `booked` (their
    minutes together) tell how much they teach (L2).
    """
    held = dict(db.execute(HELD).all())
    settings = load_settings(db)
    weeks_of = coming_weeks(db, asked.day, settings.zone) if asked.day else lambda _trainer_id: ()
    things = []
    for row in db.execute(TRAINERS):
        weeks = weeks_of(row.id)
        norm = settings.load_norm_hours if row.weekly_hours is None else row.weekly_hours
        told = {"weeks": weeks, "norm": norm, "booked": sum(week.booked for week in weeks)}
        things.append(_trainer(row, held, told))
    return sift(things, asked)


def load_trainer(db: Db, trainer_id: int) -> Thing:
    """Return one trainer with all values; the note `held` is what they may teach. Raises NotFound."""
    held = dict(db.execute(HELD.where(Qualification.trainer_id == trainer_id)).all())
    thing = _trainer(_one(db, TRAINERS, trainer_id, "trainer"), held)
    return replace(thing, notes={**thing.notes, "held": qualifications_of(db, trainer_id)})


def list_venues(db: Db, asked: Asked) -> Found:
    """Return the venues that pass, by name unless asked otherwise; the note `parts` counts those in use."""
    rows = db.execute(VENUES).all()
    parts = Counter(row.part_of for row in rows if row.active and row.part_of is not None)
    return sift([_venue(row, parts) for row in rows], asked)


def load_venue(db: Db, venue_id: int) -> Thing:
    """Return one venue with all values; the note `part_names` names its parts. Raises NotFound."""
    row = _one(db, VENUES, venue_id, "venue")
    below = VENUES.where(Venue.part_of_id == venue_id, Resource.active).order_by(Resource.sort_name, Resource.id)
    parts = db.execute(below).all()
    thing = _venue(row, {row.code: len(parts)})
    names = tuple(part.name for part in parts)
    return replace(thing, notes={**thing.notes, "part_names": names})


def list_equipment(db: Db, asked: Asked) -> Found:
    """Return the equipment that passes, by name unless asked otherwise."""
    return sift([_piece(row) for row in db.execute(EQUIPMENT)], asked)


def load_equipment(db: Db, equipment_id: int) -> Thing:
    """Return one piece of equipment. Raises NotFound."""
    return _piece(_one(db, EQUIPMENT, equipment_id, "equipment"))


def name_venues(db: Db) -> tuple[Named, ...]:
    """Return every venue to refer to, by name."""
    query = VENUES.order_by(Resource.sort_name, Resource.id)
    return tuple(Named(row.code, row.name, row.active) for row in db.execute(query))


def name_sites(db: Db) -> tuple[Named, ...]:
    """Return the sites that venues and people have, each as its own code."""
    found = sa.union(sa.select(Venue.site), sa.select(Person.site)).subquery()
    query = sa.select(found.c.site).where(found.c.site != "").order_by(found.c.site)
    return tuple(Named(site, site) for site in db.execute(query).scalars())


def _one(db: Db, query: sa.Select[*tuple[Any, ...]], resource_id: int, kind: str) -> Any:
    row = db.execute(query.where(Resource.id == resource_id)).one_or_none()
    if row is None:
        raise NotFound(kind=kind, key=f"#{resource_id}")
    return row


def _trainer(row: Any, held: Mapping[int, int], told: Mapping[str, Any] = MappingProxyType({})) -> Thing:
    values = _common(row) | {"weekly_hours": row.weekly_hours, "employee_no": row.employee_no}
    notes = {"person": row.person or "", "courses": held.get(row.id, 0), **told}
    return Thing(row.id, row.code, row.name, row.version, row.active, values, notes)


def _venue(row: Any, parts: Mapping[str, int]) -> Thing:
    values = _common(row) | {name: getattr(row, name) for name in _OF_VENUE} | {"part_of": row.part_of}
    return Thing(row.id, row.code, row.name, row.version, row.active, values, {"parts": parts.get(row.code, 0)})


def _piece(row: Any) -> Thing:
    return Thing(row.id, row.code, row.name, row.version, row.active, _common(row))


def _common(row: Any) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "active": row.active}
