"""Reads whole sessions, many at once: for lists, for exports and to compare a file with what is stored."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Session, SessionResource
from trainer_desk.models.enums import EnrollmentState, SessionRole
from trainer_desk.services.planning.board import CARD_COLUMNS, DETAIL_COLUMNS, card_of, seen
from trainer_desk.services.planning.undecided import undecided_at
from trainer_desk.services.rows.accounts import Identity
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """What a list of sessions shows; ids and a state narrow it, `starts_at` and `ends_at` (UTC) bound the start.

    `deleted` shows the trash instead, `below_minimum` only what is still to come with too few people (S10).
    """

    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    status: str | None = None
    course_id: int | None = None
    trainer_id: int | None = None
    venue_id: int | None = None
    deleted: bool = False
    run_id: int | None = None
    below_minimum: bool = False
    whose: Identity | None = None
    """Only what this login teaches, or is enrolled in or waiting for."""


def list_sessions(db: Db, wanted: SessionFilter, *, now: dt.datetime | None = None) -> list[SessionDetail]:
    """Return the sessions that pass, by start, undated ones last; seats are those of the instant `now` (UTC).

    `below_minimum` asks what is still to come, for which `now` is needed: raises ValueError without it.
    """
    in_trash: sa.ColumnElement[bool] = Session.deleted_at.is_not(None)
    conditions = [in_trash if wanted.deleted else ~in_trash]
    if wanted.starts_at is not None:
        conditions.append(Session.starts_at >= wanted.starts_at)
    if wanted.ends_at is not None:
        conditions.append(Session.starts_at < wanted.ends_at)
    same = {
        Session.status: wanted.status,
        Session.course_id: wanted.course_id,
        Session.run_id: wanted.run_id,
        Session.venue_id: wanted.venue_id,
    }
    conditions += [column == value for column, value in same.items() if value is not None]
    if wanted.below_minimum:
        if now is None:
            raise ValueError("what is still to come depends on the instant")
        conditions.append(undecided_at(now))
    if wanted.trainer_id is not None:
        conditions.append(_taught_by(wanted.trainer_id))
    if wanted.whose is not None:
        conditions.append(_of(wanted.whose))
    return _read(db, sa.and_(*conditions), seen(now))


def _taught_by(trainer_id: int) -> sa.ColumnElement[bool]:
    helped = sa.select(SessionResource.session_id).where(
        SessionResource.resource_id == trainer_id, SessionResource.role == SessionRole.CO_TRAINER
    )
    return sa.or_(Session.trainer_id == trainer_id, Session.id.in_(helped))


def _of(login: Identity) -> sa.ColumnElement[bool]:
    taught = sa.false() if login.trainer_id is None else _taught_by(login.trainer_id)
    places = sa.select(Enrollment.session_id).where(
        Enrollment.person_id == login.person_id, Enrollment.state != EnrollmentState.WITHDRAWN.value
    )
    return sa.or_(taught, Session.id.in_(places))


def sessions_by_ref(db: Db, refs: Collection[str]) -> dict[str, SessionDetail]:
    """Return the sessions with these refs, those in the trash too; unknown refs are left out."""
    found = _read(db, Among(Session.ref, "refs"), {"refs": refs})
    return {detail.card.ref: detail for detail in found}


def _read(db: Db, condition: sa.ColumnElement[bool], values: Mapping[str, Any]) -> list[SessionDetail]:
    links: dict[int, list[tuple[int, str]]] = {}
    of_these = sa.select(SessionResource.session_id, SessionResource.resource_id, SessionResource.role).join(
        Session, Session.id == SessionResource.session_id
    )
    of_these = of_these.where(condition).order_by(SessionResource.resource_id)
    for session_id, resource_id, role in db.execute(of_these, values):
        links.setdefault(session_id, []).append((resource_id, role))
    query = sa.select(*CARD_COLUMNS, *DETAIL_COLUMNS).where(condition)
    rows: Iterable[Any] = db.execute(query.order_by(sa.nulls_last(Session.starts_at), Session.id), values)
    return [SessionDetail(card_of(row, links), *row[len(CARD_COLUMNS) :]) for row in rows]
