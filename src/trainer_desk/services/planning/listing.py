"""Reads whole sessions, many at once: for lists, for exports and to compare a file with what is stored."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Session, SessionResource
from trainer_desk.models.enums import SessionRole
from trainer_desk.services.planning.board import CARD_COLUMNS, DETAIL_COLUMNS, card_of, seen
from trainer_desk.services.planning.undecided import undecided_at
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
    if wanted.status is not None:
        conditions.append(Session.status == wanted.status)
    if wanted.course_id is not None:
        conditions.append(Session.course_id == wanted.course_id)
    if wanted.run_id is not None:
        conditions.append(Session.run_id == wanted.run_id)
    if wanted.venue_id is not None:
        conditions.append(Session.venue_id == wanted.venue_id)
    if wanted.below_minimum:
        if now is None:
            raise ValueError("what is still to come depends on the instant")
        conditions.append(undecided_at(now))
    if wanted.trainer_id is not None:
        helped = sa.select(SessionResource.session_id).where(
            SessionResource.resource_id == wanted.trainer_id, SessionResource.role == SessionRole.CO_TRAINER
        )
        conditions.append(sa.or_(Session.trainer_id == wanted.trainer_id, Session.id.in_(helped)))
    return _read(db, sa.and_(*conditions), seen(now))


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
