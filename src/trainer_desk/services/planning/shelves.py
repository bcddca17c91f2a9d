"""Lists sessions for the page Sessions: coming, with places, drafts, go / no-go, past, cancelled and trash.

V3, S7, S10, R6.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.directory import load_settings
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.planning.undecided import undecided_at
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.bookable import is_bookable
from trainer_desk.services.rules.minimum import by_decision
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.store.db import Db

MOST = 2_000
"""Rows of one list; who needs others sets the days."""


class Shelf(StrEnum):
    """What a list holds."""

    COMING = "coming"
    AVAILABLE = "available"
    DRAFTS = "drafts"
    UNDECIDED = "undecided"
    PAST = "past"
    CANCELLED = "cancelled"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """The sessions found, at most `MOST`, and how many there are altogether."""

    cards: tuple[SessionCard, ...]
    total: int


def load_shelf(
    db: Db,
    shelf: Shelf,
    *,
    now: dt.datetime,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> ShelfPage:
    """Return the sessions of a shelf that start from `first` to `last` (days included, None: open); `now` is UTC.

    The past and the trash come newest first, what may not fill by the day of its decision, everything else by start,
    undated last. Seats are those of `now`.
    """
    zone = load_settings(db).zone
    where = sa.and_(*_conditions(shelf, now), *_between(first, last, zone))
    order = (Session.starts_at.asc().nulls_last(), Session.id.asc())
    if shelf in (Shelf.PAST, Shelf.TRASH):
        order = (Session.starts_at.desc().nulls_last(), Session.id.desc())
    ids = list(db.execute(sa.select(Session.id).where(where).order_by(*order).limit(MOST)).scalars())
    total = len(ids)
    if total == MOST:
        total = int(db.execute(sa.select(sa.func.count()).select_from(Session).where(where)).scalar_one())
    cards = load_cards(db, ids, now=now) if ids else {}
    found = [cards[session_id] for session_id in ids]
    if shelf is Shelf.AVAILABLE:  # what was held or offered until now is free by now
        found = [card for card in found if is_bookable(card, now)]
        total = len(found) if total < MOST else total
    return ShelfPage(tuple(by_decision(found, zone) if shelf is Shelf.UNDECIDED else found), total)


def _conditions(shelf: Shelf, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    if shelf is Shelf.TRASH:
        return [Session.deleted_at.is_not(None)]
    kept = Session.deleted_at.is_(None)
    if shelf is Shelf.UNDECIDED:
        return [kept, undecided_at(now)]
    if shelf is Shelf.AVAILABLE:
        open_for_people = Session.status.in_([status.value for status in OPEN_FOR_PEOPLE])
        is_coming = sa.or_(Session.ends_at.is_(None), Session.ends_at > now)
        taken = Session.seats_taken - Session.seats_held - Session.seats_offered
        return [kept, open_for_people, is_coming, sa.or_(Session.capacity.is_(None), taken < Session.capacity)]
    if shelf is Shelf.DRAFTS:
        return [kept, Session.status == SessionStatus.DRAFT]
    if shelf is Shelf.CANCELLED:
        return [kept, Session.status == SessionStatus.CANCELLED]
    live = Session.status != SessionStatus.CANCELLED
    return [kept, live, Session.ends_at >= now if shelf is Shelf.COMING else Session.ends_at < now]


def _between(first: dt.date | None, last: dt.date | None, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    bounds: list[sa.ColumnElement[bool]] = []
    if first is not None:
        bounds.append(Session.starts_at >= day_bounds(first, zone)[0])
    if last is not None:
        bounds.append(Session.starts_at < day_bounds(last, zone)[1])
    return bounds
