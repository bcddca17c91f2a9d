"""Reads courses, trainers, venues, qualifications and settings into the directory that everybody looks names up in."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from trainer_desk.models import Category, Course, Qualification, Resource, Run, Setting, Trainer, Venue
from trainer_desk.models.enums import OverlapPolicy, ResourceKind, VenueKind
from trainer_desk.services.rows.directory import (
    CourseRow,
    Directory,
    EquipmentRow,
    QualificationRow,
    RunRow,
    Settings,
    TrainerRow,
    VenueRow,
)
from trainer_desk.services.rules.reminders import read_leads
from trainer_desk.services.store.db import Db

HUES = 8
POLICIES = {policy.value: policy for policy in OverlapPolicy}

COURSES = sa.select(
    Course.id,
    Course.code,
    Course.title,
    Course.short_code,
    Course.category,
    Course.duration_minutes,
    Course.validity_months,
    Course.expiring_days,
    Course.default_capacity,
    Course.overlap_policy,
    Course.active,
    Course.prerequisite_id,
).order_by(Course.title, Course.id)
CATEGORIES = (
    sa.select(Course.category, Category.hue)
    .distinct()
    .outerjoin(Category, Category.name == Course.category)
    .order_by(Course.category)
)
TRAINERS = (
    sa.select(Resource.id, Resource.code, Resource.name, Trainer.weekly_hours, Resource.active)
    .join(Trainer, Trainer.id == Resource.id)
    .order_by(Resource.sort_name, Resource.id)
)
VENUES = (
    sa.select(
        Resource.id,
        Resource.code,
        Resource.name,
        Venue.kind,
        Venue.capacity,
        Venue.part_of_id,
        Venue.turnaround_minutes,
        Venue.site,
        Resource.active,
        Venue.occupancy_limit,
        Venue.presence_seconds,
    )
    .join(Venue, Venue.id == Resource.id)
    .order_by(Resource.sort_name, Resource.id)
)
EQUIPMENT: sa.Select[*tuple[Any, ...]] = (
    sa.select(Resource.id, Resource.code, Resource.name, Resource.active)
    .where(Resource.kind == ResourceKind.EQUIPMENT)
    .order_by(Resource.sort_name, Resource.id)
)
QUALIFICATIONS = sa.select(
    Qualification.trainer_id, Qualification.course_id, Qualification.valid_from, Qualification.valid_until
).where(Qualification.deleted_at.is_(None))
SETTINGS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "organisation": ("organisation", str),
    "zone": ("zone_name", str),
    "day_starts": ("day_starts", time.fromisoformat),
    "day_ends": ("day_ends", time.fromisoformat),
    "working_days": ("working_days", lambda text: tuple(int(part) for part in text.split("|"))),
    "offer_hours": ("offer_hours", int),
    "grace_days": ("grace_days", int),
    "expiring_days": ("expiring_days", int),
    "overlap_policy": ("overlap_policy", OverlapPolicy),
    "presence_seconds": ("presence_seconds", int),
    "reminder_minutes": ("reminder_minutes", read_leads),
    "load_norm_hours": ("load_norm_hours", int),
    "backup_hours": ("backup_hours", int),
    "backup_most": ("backup_most", int),
    "backup_folder": ("backup_folder", str),
}
"""Which field of `Settings` a stored setting is, and how it is read."""
SET = sa.select(Setting.key, Setting.value).where(Setting.value != "")
RUNS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Run.id, Run.code, Run.course_id, Run.name, Run.start_date, Run.end_date, Run.max_people, Run.members_only,
        Run.one_course, Run.people_taken, Run.version,
    )
    .where(Run.deleted_at.is_(None))
    .order_by(Run.start_date.desc(), Run.code)
)  # fmt: skip


def load_directory(db: Db, *, course_ids: Collection[int] | None = None, with_qualifications: bool = True) -> Directory:
    """Return the directory; with `course_ids` only those courses and their qualifications, everything else whole."""
    courses, qualifications = COURSES, QUALIFICATIONS
    if course_ids is not None:
        courses = courses.where(Course.id.in_(course_ids))
        qualifications = qualifications.where(Qualification.course_id.in_(course_ids))
    return Directory(
        settings=load_settings(db),
        courses=_courses(db, courses),
        trainers={row[0]: TrainerRow(*row) for row in db.execute(TRAINERS).all()},
        venues=_venues(db),
        equipment={row[0]: EquipmentRow(*row) for row in db.execute(EQUIPMENT).all()},
        qualifications=_qualifications(db, qualifications) if with_qualifications else {},
        runs={row[0]: RunRow(*row) for row in db.execute(RUNS).all()},
    )


def load_settings(db: Db) -> Settings:
    """Return the organisation's settings, with the product's defaults for what was never set."""
    stored = {row.key: row.value for row in db.execute(SET)}
    known = {name: read(stored[key]) for key, (name, read) in SETTINGS.items() if key in stored}
    return Settings(**known)


def load_hues(db: Db) -> dict[str, int]:
    """Return the colour (0–7) of each category that a course has: its own, or that of its place among the names."""
    found = db.execute(CATEGORIES).all()
    return {name: place % HUES if hue is None else hue for place, (name, hue) in enumerate(found)}


def store_setting(db: Session, key: str, value: str) -> None:
    """Write one setting as it is spelled; that it is sound is told by `rules.settings`."""
    changed = db.connection().execute(sa.update(Setting).where(Setting.key == key).values(value=value))
    if not changed.rowcount:
        db.execute(sa.insert(Setting).values(key=key, value=value))


def _courses(db: Db, statement: sa.Select[*tuple[Any, ...]]) -> dict[int, CourseRow]:
    rows = db.execute(statement).all()
    hues = load_hues(db)
    return {
        key: CourseRow(
            id=key,
            code=code,
            title=title,
            short_code=short_code or code,
            category=category,
            hue=hues[category],
            duration_minutes=duration,
            validity_months=validity,
            expiring_days=expiring,
            default_capacity=capacity,
            overlap_policy=POLICIES[policy],
            active=active,
            prerequisite_id=first,
        )
        for (
            key,
            code,
            title,
            short_code,
            category,
            duration,
            validity,
            expiring,
            capacity,
            policy,
            active,
            first,
        ) in rows
    }


def _venues(db: Db) -> dict[int, VenueRow]:
    rows = db.execute(VENUES).all()
    parts: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.part_of_id is not None:
            parts[row.part_of_id].append(row.id)
    return {
        row.id: VenueRow(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=VenueKind(row.kind),
            capacity=row.capacity,
            part_of_id=row.part_of_id,
            turnaround_minutes=row.turnaround_minutes,
            site=row.site,
            leaf_ids=tuple(sorted(_leaves(row.id, parts))),
            active=row.active,
            occupancy_limit=row.occupancy_limit,
            presence_seconds=row.presence_seconds,
        )
        for row in rows
    }


def _leaves(venue_id: int, parts: Mapping[int, list[int]]) -> list[int]:
    """Return the smallest parts of a venue; a venue without parts is its own leaf (C3)."""
    below = parts.get(venue_id)
    if not below:
        return [venue_id]
    return [leaf for part in below for leaf in _leaves(part, parts)]


def _qualifications(
    db: Db, statement: sa.Select[*tuple[Any, ...]]
) -> dict[tuple[int, int], tuple[QualificationRow, ...]]:
    held: dict[tuple[int, int], tuple[QualificationRow, ...]] = {}
    for trainer, course, begins, ends in db.execute(statement).all():
        key = (trainer, course)
        held[key] = (*held.get(key, ()), QualificationRow(trainer, course, begins, ends))
    return held
