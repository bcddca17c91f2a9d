"""What the picker is asked: the session, the day that people are judged on, the filter as conditions of SQL (P1)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import ComplianceItem, Course, Enrollment, Person, Run, Session, Setting
from trainer_desk.models.enums import (
    ComplianceStatus,
    EnrollmentState,
    OverlapPolicy,
    PrerequisitePolicy,
    SessionStatus,
)
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.compliance import GROUPS
from trainer_desk.services.rules.names import search_key
from trainer_desk.services.rules.seating import Prerequisite
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db

MOST_WORDS, LONGEST_WORD = 12, 100
"""What is looked at of a search text; nobody types more, and a pasted page must not become a query of that size."""

PREREQUISITE = aliased(Course)
SESSION: sa.Select[*tuple[Any, ...]] = sa.select(
    Session.ref,
    Session.course_id,
    Session.starts_at,
    Session.ends_at,
    Session.deleted_at,
    Session.status,
    Course.expiring_days,
    Course.overlap_policy,
    Course.requires_intake,
    Course.prerequisite_id,
    Course.prerequisite_policy,
    PREREQUISITE.title.label("prerequisite"),
    sa.case((Run.members_only.is_(sa.true()), Run.id)).label("closed_run"),
    sa.select(Setting.value).where(Setting.key == "zone").scalar_subquery().label("zone"),
)
ASKED = (
    SESSION.select_from(Session)
    .join(Course, Course.id == Session.course_id)
    .outerjoin(PREREQUISITE, PREREQUISITE.id == Course.prerequisite_id)
    .outerjoin(Run, Run.id == Session.run_id)
    .where(Session.id == sa.bindparam("session_id"))
)

ITEM_HERE = sa.and_(ComplianceItem.course_id == sa.bindparam("course_id"), ComplianceItem.person_id == Person.id)
NOT_SEATED = ~sa.exists().where(
    Enrollment.session_id == sa.bindparam("session_id"),
    Enrollment.person_id == Person.id,
    Enrollment.state != EnrollmentState.WITHDRAWN.value,
)
"""Who has no place here and does not wait for one; whoever withdrew comes back with that note."""

DAY: sa.BindParameter[Any] = sa.bindparam("day")
COUNTS = sa.or_(ComplianceItem.counts_from.is_(None), ComplianceItem.counts_from <= DAY)
"""Whether an item is a reason to train anybody: not while an exemption holds, nor where nothing is asked (N1)."""

LACKING = ComplianceItem.status == ComplianceStatus.NON_COMPLIANT.value
COMPLIANT = ComplianceItem.status == ComplianceStatus.COMPLIANT.value
PENDING = ComplianceItem.status == ComplianceStatus.PENDING.value
EXPIRED = sa.and_(COMPLIANT, ComplianceItem.expires_on < DAY)
OVERDUE = sa.and_(PENDING, ComplianceItem.due_on < DAY)
IN_GRACE = sa.and_(PENDING, sa.or_(ComplianceItem.due_on.is_(None), ComplianceItem.due_on >= DAY))
SOON = sa.and_(COMPLIANT, ComplianceItem.expires_on.between(DAY, sa.bindparam("soon")))

RED_ITEM = sa.and_(COUNTS, sa.or_(LACKING, EXPIRED, OVERDUE))
YELLOW_ITEM = sa.and_(COUNTS, IN_GRACE)
EXPIRING_ITEM = sa.and_(COUNTS, SOON)
GREEN_ITEM = sa.or_(
    ComplianceItem.status.is_(None),
    ComplianceItem.counts_from > DAY,
    sa.and_(COMPLIANT, sa.or_(ComplianceItem.expires_on.is_(None), ComplianceItem.expires_on > sa.bindparam("soon"))),
)
"""The groups as `rules.compliance.group_of` draws them; a test compares the two."""


@dataclass(frozen=True, slots=True)
class Question:
    """A session and the day on which people are judged; `soon` is the last day that counts as expiring soon.

    `starts_at`, `ends_at` and `now` are UTC instants; `policy` is the course's on overlapping seats, `requires_intake`
    whether it wants an intake on file, `prerequisite` what else it wants, `closed_run` the run that alone may come.
    """

    session_id: int
    course_id: int
    day: dt.date
    soon: dt.date
    expiring_days: int
    undated: bool
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    policy: OverlapPolicy
    now: dt.datetime
    status: SessionStatus
    requires_intake: bool
    prerequisite: Prerequisite | None
    closed_run: int | None = None

    def values(self) -> dict[str, Any]:
        """Return the values of the conditions above."""
        return {"session_id": self.session_id, "course_id": self.course_id, "day": self.day, "soon": self.soon}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a filter asks about people, without its values: statements are built once for each shape."""

    words: int = 0
    departments: bool = False
    sites: bool = False
    job_roles: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it lets everybody through."""
        return self == Shape()

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Return the conditions on `people`: active, each word in the search key, each list of the filter."""
        searched = [Person.search.like(sa.bindparam(f"word{n}"), escape="\\") for n in range(self.words)]
        listed = [
            column.in_(sa.bindparam(name, expanding=True))
            for name, column, is_asked in (
                ("departments", Person.department, self.departments),
                ("sites", Person.site, self.sites),
                ("job_roles", Person.job_role, self.job_roles),
            )
            if is_asked
        ]
        return [Person.active.is_(sa.true()), *searched, *listed]


@dataclass(frozen=True, slots=True)
class Criteria:
    """A filter made ready: its shape, the values that fill it, the folded words, and the groups it wants."""

    shape: Shape
    values: dict[str, Any]
    words: tuple[str, ...]
    groups: tuple[int, ...]


def ask(db: Db, session_id: int, now: dt.datetime) -> Question:
    """Look a session up and fix the day of judgement: its start in the organisation's zone, undated `now`'s (P1).

    `now` is a UTC instant. Raises NotFound, also for the trash.
    """
    row = db.execute(ASKED, {"session_id": session_id}).one_or_none()
    if row is None:
        raise NotFound(kind="session", key=session_id)
    if row.deleted_at is not None:
        raise NotFound(kind="session", key=row.ref, why="in_trash")
    zone = ZoneInfo(row.zone or Settings().zone_name)
    day = local(row.starts_at or now, zone).date()
    return Question(
        session_id=session_id,
        course_id=row.course_id,
        day=day,
        soon=day + dt.timedelta(days=min(row.expiring_days, (dt.date.max - day).days)),
        expiring_days=row.expiring_days,
        undated=row.starts_at is None,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        policy=OverlapPolicy(row.overlap_policy),
        now=now,
        status=SessionStatus(row.status),
        requires_intake=row.requires_intake,
        prerequisite=_prerequisite(row, day),
        closed_run=row.closed_run,
    )


def _prerequisite(row: Any, day: dt.date) -> Prerequisite | None:
    if row.prerequisite_id is None:
        return None
    policy = PrerequisitePolicy(row.prerequisite_policy or PrerequisitePolicy.BLOCK)
    return Prerequisite(row.prerequisite_id, row.prerequisite, policy, day)


def criteria_of(filters: PickerFilter) -> Criteria:
    """Fold the search text into words, each of which must occur somewhere, and take the lists as they are (P2)."""
    words = tuple(dict.fromkeys(word[:LONGEST_WORD] for word in search_key(filters.search).split()))[:MOST_WORDS]
    lists = {"departments": filters.departments, "sites": filters.sites, "job_roles": filters.job_roles}
    asked = {name: list(values) for name, values in lists.items() if values}
    values: dict[str, Any] = {f"word{n}": pattern_of(word) for n, word in enumerate(words)}
    shape = Shape(len(words), *(name in asked for name in lists))
    return Criteria(shape, values | asked, words, tuple(filters.groups) or GROUPS)


def pattern_of(word: str) -> str:
    """Return the LIKE pattern that finds a word anywhere; its own `%`, `_` and `\\` are letters."""
    for sign in "\\%_":
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"
