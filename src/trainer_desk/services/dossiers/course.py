"""Reads the page of a course: what it is, who must hold it, who teaches it, when it comes, who needs it (N4)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import (
    ChecklistItem,
    ComplianceItem,
    Course,
    Person,
    Qualification,
    Requirement,
    Resource,
)
from trainer_desk.models.enums import ComplianceStatus, PrerequisitePolicy
from trainer_desk.services.directory import load_hues, load_settings
from trainer_desk.services.dossiers.missed_days import load_missed_days
from trainer_desk.services.dossiers.moments import MOST, lines_of, seen_from
from trainer_desk.services.dossiers.sessions import coming_of_course
from trainer_desk.services.errors import NotFound
from trainer_desk.services.journal.history import history_of_course
from trainer_desk.services.people.as_of import each_course_on
from trainer_desk.services.rows.dossiers import CourseDossier, CourseFacts, Errand, Licence, MustHold, Related
from trainer_desk.services.rules.compliance import GREEN, GROUPS, group_of
from trainer_desk.services.rules.holdings import Item
from trainer_desk.services.store.db import Db, plain

COURSE_ID: sa.BindParameter[int] = sa.bindparam("course_id")
FACTS = sa.select(Course.__table__).where(Course.id == COURSE_ID)
ITEMS = (
    sa.select(
        ComplianceItem.status,
        ComplianceItem.expires_on,
        ComplianceItem.due_on,
        ComplianceItem.counts_from,
        sa.func.count(),
    )
    .join(Person, Person.id == ComplianceItem.person_id)
    .where(ComplianceItem.course_id == COURSE_ID, Person.active.is_(sa.true()))
    .group_by(ComplianceItem.status, ComplianceItem.expires_on, ComplianceItem.due_on, ComplianceItem.counts_from)
)
EVERYBODY = sa.select(sa.func.count()).select_from(Person).where(Person.active.is_(sa.true()))
RULES: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Requirement.job_role,
        Requirement.department,
        Requirement.site,
        Person.employee_no,
        Person.name,
        Person.id,
        Requirement.grace_days,
        Requirement.exempt,
        Requirement.reason,
        Requirement.until,
        Requirement.since,
    )
    .outerjoin(Person, Person.id == Requirement.person_id)
    .where(Requirement.course_id == COURSE_ID, Requirement.deleted_at.is_(None))
    .order_by(Requirement.exempt, Requirement.job_role, Requirement.department, Requirement.site, Person.sort_name)
)
LICENCES = (
    sa.select(Resource.id, Resource.name, Qualification.valid_from, Qualification.valid_until, Resource.active)
    .join(Resource, Resource.id == Qualification.trainer_id)
    .where(Qualification.course_id == COURSE_ID, Qualification.deleted_at.is_(None))
    .order_by(Resource.sort_name, Resource.id)
)
CHECKLIST = (
    sa.select(ChecklistItem.words, ChecklistItem.days_before)
    .where(ChecklistItem.course_id == COURSE_ID, ChecklistItem.deleted_at.is_(None))
    .order_by(ChecklistItem.place, ChecklistItem.id)
)
RELATED = sa.select(Course.id, Course.title, Course.prerequisite_id, Course.renews_id).where(
    sa.or_(
        Course.prerequisite_id == COURSE_ID,
        Course.renews_id == COURSE_ID,
        Course.id.in_([sa.bindparam("needs"), sa.bindparam("renews")]),
    )
)


def load_course(db: Db, course_id: int, day: dt.date | None, *, now: dt.datetime) -> CourseDossier:
    """Return the page of a course as of a day of the organisation's zone, None: today; `now` is UTC.

    Raises NotFound.
    """
    asked = {"course_id": course_id}
    row = db.execute(FACTS, asked).one_or_none()
    if row is None:
        raise NotFound(kind="course", key=f"#{course_id}")
    zone = load_settings(db).zone
    today = now.astimezone(zone).date()
    day = day or today
    related = list(db.execute(RELATED, asked | {"needs": row.prerequisite_id, "renews": row.renews_id}))
    by_id = {one.id: Related(one.id, one.title) for one in related}
    return CourseDossier(
        facts=_facts(row, load_hues(db)),
        zone=zone,
        day=day,
        counts=_counts(db, course_id, row.expiring_days, day, today),
        rules=tuple(MustHold(*rule) for rule in db.execute(RULES, asked)),
        licences=tuple(Licence(*licence) for licence in db.execute(LICENCES, asked)),
        coming=coming_of_course(db, course_id, seen_from(day, zone, now)),
        checklist=tuple(Errand(*item) for item in db.execute(CHECKLIST, asked)),
        needs=by_id.get(row.prerequisite_id),
        renews=by_id.get(row.renews_id),
        needed_by=tuple(by_id[one.id] for one in related if one.prerequisite_id == course_id),
        renewed_by=tuple(by_id[one.id] for one in related if one.renews_id == course_id),
        history=lines_of(history_of_course(plain(db), course_id, limit=MOST)),
        missed=tuple(load_missed_days(db, course_id=course_id)),
    )


def _facts(row: Any, hues: Mapping[str, int]) -> CourseFacts:
    return CourseFacts(
        id=row.id,
        code=row.code,
        title=row.title,
        category=row.category,
        hue=hues.get(row.category, 0),
        description=row.description,
        duration_minutes=row.duration_minutes,
        validity_months=row.validity_months,
        expiring_days=row.expiring_days,
        default_capacity=row.default_capacity,
        minimum=row.minimum,
        requires_intake=row.requires_intake,
        requires_result=row.requires_result,
        sign_up=row.sign_up,
        overlap_policy=row.overlap_policy,
        prerequisite_policy=row.prerequisite_policy or PrerequisitePolicy.BLOCK.value,
        active=row.active,
    )


def _counts(db: Db, course_id: int, expiring_days: int, day: dt.date, today: dt.date) -> dict[int, int]:
    """Count the active people of each group; who has no item is among everyone else."""
    counts: Counter[int] = Counter()
    for item, people in _items(db, course_id, day, today):
        days = item.due_on, item.counts_from
        counts[group_of(item.status, item.expires_on, day, expiring_days, *days)] += people
    known = sum(counts.values())
    counts[GREEN] += int(db.execute(EVERYBODY).scalar_one()) - known
    return {group: counts[group] for group in GROUPS}


def _items(db: Db, course_id: int, day: dt.date, today: dt.date) -> Iterable[tuple[Item, int]]:
    """Return the items as of a day, each with how many people have one like it; the database counts what is stored."""
    if day >= today:
        for word, expires, due, counts_from, people in db.execute(ITEMS, {"course_id": course_id}):
            yield Item(ComplianceStatus(word), expires, due, counts_from), people
        return
    for _course, items in each_course_on(db, day, courses=[course_id], today=today):
        yield from Counter(items.values()).items()
