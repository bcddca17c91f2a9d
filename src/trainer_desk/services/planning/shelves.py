"""Lists sessions for the page Sessions: coming, drafts, past, cancelled and the trash, between two days (V3, S7)."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.schedule import SessionCard

MOST = 2_000
"""Rows of one list; who needs others sets the days."""


class Shelf(StrEnum):
    """What a list holds."""

    COMING = "coming"
    DRAFTS = "drafts"
    PAST = "past"
    CANCELLED = "cancelled"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """The sessions found, at most `MOST`, and how many there are altogether."""

    cards: tuple[SessionCard, ...]
    total: int


def load_shelf(
    db: Connection | DbSession,
    shelf: Shelf,
    *,
    now: dt.datetime,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> ShelfPage:
    """Return the sessions of a shelf that start from `first` to `last` (days included, None: open); `now` is UTC.

    The past and the trash come newest first, everything else by start, undated last.
    """
    zone = load_settings(db).zone
    where = sa.and_(*_conditions(shelf, now), *_between(first, last, zone))
    newest_first = shelf in (Shelf.PAST, Shelf.TRASH)
    order = (Session.starts_at.desc().nulls_last(), Session.id.desc()) if newest_first else (
        Session.starts_at.asc().nulls_last(), Session.id,
    )  # fmt: skip
    ids = list(db.execute(sa.select(Session.id).where(where).order_by(*order).limit(MOST)).scalars())
    total = len(ids)
    if total == MOST:
        total = int(db.execute(sa.select(sa.func.count()).select_from(Session).where(where)).scalar_one())
    cards = load_cards(db, ids) if ids else {}
    return ShelfPage(tuple(cards[session_id] for session_id in ids), total)


def day_of_session(db: Connection | DbSession, session_id: int) -> dt.date | None:
    """Return the day on which a session starts in the organisation's zone; None while undated or unknown."""
    card = load_cards(db, [session_id]).get(session_id)
    if card is None or card.starts_at is None:
        return None
    return card.starts_at.astimezone(load_settings(db).zone).date()


def _conditions(shelf: Shelf, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    if shelf is Shelf.TRASH:
        return [Session.deleted_at.is_not(None)]
    kept = Session.deleted_at.is_(None)
    if shelf is Shelf.DRAFTS:
        return [kept, Session.status == SessionStatus.DRAFT]
    if shelf is Shelf.CANCELLED:
        return [kept, Session.status == SessionStatus.CANCELLED]
    live = Session.status != SessionStatus.CANCELLED
    return [kept, live, Session.ends_at >= now if shelf is Shelf.COMING else Session.ends_at < now]


def _between(first: dt.date | None, last: dt.date | None, zone: dt.tzinfo) -> list[sa.ColumnElement[bool]]:
    bounds: list[sa.ColumnElement[bool]] = []
    if first is not None:
        bounds.append(Session.starts_at >= _midnight(first, zone))
    if last is not None:
        bounds.append(Session.starts_at < _midnight(last + dt.timedelta(days=1), zone))
    return bounds


def _midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(dt.UTC)
