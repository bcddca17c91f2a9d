"""Counts sessions and who is in them by period and group, in one statement whatever the number of years (D2).

The periods join the sessions by their bounds, so that the database walks its index of starts once and answers one row
for each period and group.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Person, Session, SessionResource, Venue
from trainer_desk.models.enums import CLAIMING, SessionRole, SessionStatus
from trainer_desk.services.reports.spans import spans, spelled
from trainer_desk.services.rows.reports import Period, ReportWish, Split
from trainer_desk.services.store.db import Db, dialect_of, plain

GroupKey: TypeAlias = int | str | None
Sums: TypeAlias = tuple[int, ...]
Query: TypeAlias = sa.Select[*tuple[Any, ...]]
Counted: TypeAlias = Mapping[tuple[int, GroupKey], Sums]
"""Sums by the place of the period and the id or name of the group."""


def word(value: str) -> sa.ColumnElement[str]:
    """Write a word of an enum into the statement itself."""
    return sa.literal_column(f"'{value}'", sa.Text())


HELD = Session.status.in_([word(status) for status in (*sorted(CLAIMING), SessionStatus.COMPLETED)])
"""What is planned to be held, or was: neither a draft nor called off."""

NOUGHT, SIXTY = sa.literal_column("0", sa.Integer()), sa.literal_column("60", sa.Integer())
OF_SESSION: Mapping[Split, sa.ColumnElement[Any]] = {
    Split.TOTAL: sa.null(),
    Split.COURSE: Session.course_id.expression,
    Split.VENUE: Session.venue_id.expression,
    Split.TRAINER: Session.trainer_id.expression,
    Split.SITE: Venue.site.expression,
}
OF_PERSON: Mapping[Split, sa.ColumnElement[Any]] = {
    Split.TOTAL: sa.null(),
    Split.COURSE: Session.course_id.expression,
    Split.DEPARTMENT: Person.department.expression,
    Split.SITE: Person.site.expression,
}


def total(condition: sa.ColumnElement[bool], amount: Any = 1) -> sa.ColumnElement[int]:
    """Sum an amount over the rows for which a condition holds."""
    part = sa.literal_column(str(amount), sa.Integer()) if isinstance(amount, int) else amount
    return sa.func.coalesce(sa.func.sum(sa.case((condition, part), else_=NOUGHT)), NOUGHT)


def minutes(dialect: str) -> sa.ColumnElement[int]:
    """Return how long a session is, in minutes."""
    if dialect == "sqlite":
        ends, starts = (sa.func.unixepoch(at, type_=sa.Integer()) for at in (Session.ends_at, Session.starts_at))
        return (ends - starts) // SIXTY
    return sa.cast(sa.func.extract("epoch", Session.ends_at - Session.starts_at) / SIXTY, sa.Integer)


def sessions_counted(
    db: Db,
    wish: ReportWish,
    periods: Sequence[Period],
    zone: ZoneInfo,
    sums: Sequence[sa.ColumnElement[int]],
    condition: sa.ColumnElement[bool] = HELD,
    *,
    helping: bool = False,
) -> Counted:
    """Return sums over the sessions that start in each period and meet the condition; a site is that of the venue.

    With `helping` a session counts once for each trainer who helps in it, and trainers are those.
    """
    is_of_helper = helping and wish.split is Split.TRAINER
    group = SessionResource.resource_id.expression if is_of_helper else OF_SESSION[wish.split]
    query = _by_start(db, group, sums).where(condition, Session.deleted_at.is_(None))
    if helping:
        is_helper = SessionResource.role == word(SessionRole.CO_TRAINER)
        query = query.join(SessionResource, sa.and_(SessionResource.session_id == Session.id, is_helper))
    if wish.split is Split.SITE or wish.site is not None:
        query = query.outerjoin(Venue, Venue.id == Session.venue_id)
    if wish.site is not None:
        query = query.where(Venue.site == wish.site)
    return _answered(db, _narrowed(query, wish), periods, zone)


def places_counted(
    db: Db, wish: ReportWish, periods: Sequence[Period], zone: ZoneInfo, sums: Sequence[sa.ColumnElement[int]]
) -> Counted:
    """Return sums over the enrollments in such sessions; site and department are those of the people."""
    query = _by_start(db, OF_PERSON[wish.split], sums).join(Enrollment, Enrollment.session_id == Session.id).where(HELD)
    if wish.split in (Split.DEPARTMENT, Split.SITE) or wish.site is not None or wish.department is not None:
        query = query.join(Person, Person.id == Enrollment.person_id)
    if wish.site is not None:
        query = query.where(Person.site == wish.site)
    if wish.department is not None:
        query = query.where(Person.department == wish.department)
    return _answered(db, _narrowed(query, wish), periods, zone)


def _by_start(db: Db, group: sa.ColumnElement[Any], sums: Sequence[sa.ColumnElement[int]]) -> Query:
    span = spans(dialect_of(db))
    inside = sa.and_(Session.starts_at >= span.begins, Session.starts_at < span.ends)
    return (
        sa.select(span.place, group, *sums)
        .select_from(span.table)
        .join(Session, inside)
        .group_by(span.place, *([] if isinstance(group, sa.sql.elements.Null) else [group]))
    )


def _narrowed(query: Query, wish: ReportWish) -> Query:
    return query if wish.course_id is None else query.where(Session.course_id == wish.course_id)


def _answered(db: Db, query: Query, periods: Sequence[Period], zone: ZoneInfo) -> dict[tuple[int, GroupKey], Sums]:
    connection = plain(db)
    rows = connection.execute(query, {"periods": spelled(periods, zone, connection.dialect)})
    return {(int(place), group): tuple(int(one or 0) for one in sums) for place, group, *sums in rows}
