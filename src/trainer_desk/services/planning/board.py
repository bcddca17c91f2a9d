"""Reads sessions: what lies between two instants, one session whole, and who is booked how long."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, make_dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from trainer_desk.models import Block, Enrollment, SeatHold, Session, SessionResource
from trainer_desk.models.enums import EnrollmentState, SessionRole, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning import waiver_rows
from trainer_desk.services.rows.schedule import BlockRow, Board, SessionCard, SessionDetail
from trainer_desk.services.rules.publishing import LONGEST
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

SEEN_AT = sa.bindparam("seen_at", dt.datetime(1900, 1, 1, tzinfo=dt.UTC), type_=Session.starts_at.type)
"""The instant (UTC) at which a card is looked at: offers and holds that ended by then cost no seat (K7)."""


def _lapsed(counter: Any, ended: sa.Select[Any]) -> sa.ColumnElement[Any]:
    """Count what ended and was not swept yet; the counter says whether there is anything to look for."""
    return sa.case((counter > 0, ended.scalar_subquery()), else_=0)


IN_RUN = aliased(Session)
DAY = sa.case(
    (
        sa.and_(
            Session.run_id.is_not(None),
            Session.starts_at.is_not(None),
            Session.deleted_at.is_(None),
            Session.status != SessionStatus.CANCELLED.value,
        ),
        sa.select(sa.func.count())
        .where(
            IN_RUN.run_id == Session.run_id,
            IN_RUN.deleted_at.is_(None),
            IN_RUN.status != SessionStatus.CANCELLED.value,
            sa.or_(
                IN_RUN.starts_at < Session.starts_at,
                sa.and_(IN_RUN.starts_at == Session.starts_at, IN_RUN.id <= Session.id),
            ),
        )
        .scalar_subquery(),
    )
)
"""The number of a session in its run, by start (R1)."""

CARD_COLUMNS = (
    Session.id,
    Session.ref,
    Session.course_id,
    Session.title,
    Session.status,
    sa.type_coerce(Session.starts_at, sa.Text()).label("starts_at"),
    sa.type_coerce(Session.ends_at, sa.Text()).label("ends_at"),
    Session.trainer_id,
    Session.venue_id,
    Session.capacity,
    Session.seats_taken,
    Session.version,
    Session.seats_offered,
    Session.seats_held,
    Session.waiting,
    Session.run_id,
    _lapsed(
        Session.seats_offered,
        sa.select(sa.func.count()).where(
            Enrollment.session_id == Session.id,
            Enrollment.state == EnrollmentState.OFFERED.value,
            Enrollment.offer_until <= SEEN_AT,
        ),
    ).label("lapsed_offers"),
    _lapsed(
        Session.seats_held,
        sa.select(sa.func.coalesce(sa.func.sum(SeatHold.seats), 0)).where(
            SeatHold.session_id == Session.id, SeatHold.ended_at.is_(None), SeatHold.until_at <= SEEN_AT
        ),
    ).label("lapsed_holds"),
    Session.minimum,
    sa.type_coerce(Session.decision_on, sa.Text()).label("decision_on"),
    DAY.label("day"),
)
"""What `card_of` reads; instants as the driver gives them, since a converter for each costs more than the query."""

FROM_TEXT = dt.datetime.fromisoformat
STATUS = {status.value: status for status in SessionStatus}
Unfrozen: Any = make_dataclass("Unfrozen", [field.name for field in fields(SessionCard)], slots=True)
"""A card while it is made: a frozen one takes four times as long, and six weeks have thousands of them."""

IN_RANGE = sa.and_(
    Session.starts_at > sa.bindparam("earliest"),
    Session.starts_at < sa.bindparam("ends_at"),
    sa.or_(Session.ends_at > sa.bindparam("starts_at"), Session.starts_at >= sa.bindparam("starts_at")),
    Session.deleted_at.is_(None),
)
DRAFT = sa.literal_column(f"'{SessionStatus.DRAFT.value}'", sa.Text())
ON_BOARD = sa.union_all(
    sa.select(*CARD_COLUMNS).where(IN_RANGE),
    sa.select(*CARD_COLUMNS).where(Session.status == DRAFT, Session.starts_at.is_(None), Session.deleted_at.is_(None)),
).order_by("starts_at", "id")
"""What has a time in the range, and every draft that has none, in one round trip."""

LINKS = (
    sa.select(SessionResource.session_id, SessionResource.resource_id, SessionResource.role)
    .where(Among(SessionResource.session_id, "ids"))
    .order_by(SessionResource.session_id, SessionResource.resource_id)
)
WAIVERS = waiver_rows.of_sessions(IN_RANGE)
CARDS = sa.select(*CARD_COLUMNS).where(Among(Session.id, "ids"))
DETAIL_COLUMNS = (
    Session.uuid,
    Session.description,
    Session.notes,
    Session.extra,
    Session.waitlist,
    Session.waitlist_order,
    Session.cancel_reason,
    Session.created_at,
    Session.updated_at,
    Session.deleted_at,
    Session.began_at,
    Session.finished_at,
)
"""What a SessionDetail holds besides its card, in that order."""

DETAIL = sa.select(*DETAIL_COLUMNS).where(Session.id == sa.bindparam("id"))
BLOCKS_BETWEEN = (
    sa.select(Block.id, Block.resource_id, Block.starts_at, Block.ends_at, Block.reason)
    .where(
        Block.starts_at < sa.bindparam("ends_at"),
        Block.ends_at > sa.bindparam("starts_at"),
        Block.deleted_at.is_(None),
    )
    .order_by(Block.starts_at, Block.id)
)


def load_board(db: Db, starts_at: dt.datetime, ends_at: dt.datetime, *, now: dt.datetime | None = None) -> Board:
    """Return every session that overlaps [starts_at, ends_at) (UTC), the blocks there and all undated drafts.

    Seats are those of the instant `now` (UTC); without it, holds and offers count until somebody sweeps them.
    """
    bounds = {"starts_at": starts_at, "ends_at": ends_at, "earliest": starts_at - LONGEST} | seen(now)
    rows = db.execute(ON_BOARD, bounds).all()
    links = _links_of(db, [row[0] for row in rows])
    return Board(
        starts_at=starts_at,
        ends_at=ends_at,
        sessions=tuple([card_of(row, links) for row in rows if row[5] is not None]),
        blocks=tuple(blocks_between(db, starts_at, ends_at)),
        undated=tuple([card_of(row, links) for row in rows if row[5] is None]),
        waivers=waiver_rows.by_session(db, WAIVERS, bounds),
    )


def load_cards(db: Db, session_ids: Collection[int], *, now: dt.datetime | None = None) -> dict[int, SessionCard]:
    """Return the cards of these sessions by id as of `now`, deleted ones too; unknown ids are left out."""
    links = _links_of(db, session_ids)
    return {row[0]: card_of(row, links) for row in db.execute(CARDS, {"ids": session_ids} | seen(now)).all()}


def load_card(db: Db, session_id: int, *, now: dt.datetime | None = None) -> SessionCard:
    """Return one session's card as of `now` (UTC). Raises NotFound."""
    card = load_cards(db, [session_id], now=now).get(session_id)
    if card is None:
        raise NotFound(kind="session", key=session_id)
    return card


def load_session(db: Db, session_id: int, *, now: dt.datetime | None = None) -> SessionDetail:
    """Return one session whole as of `now` (UTC), deleted or not. Raises NotFound."""
    card = load_card(db, session_id, now=now)
    row: Any = db.execute(DETAIL, {"id": session_id}).one()
    return SessionDetail(card, *row)


def find_session(db: Db, ref: str) -> int:
    """Return the id of the session with that ref. Raises NotFound."""
    session_id = db.execute(sa.select(Session.id).where(Session.ref == ref)).scalar_one_or_none()
    if session_id is None:
        raise NotFound(kind="session", key=ref)
    return int(session_id)


def blocks_between(db: Db, starts_at: dt.datetime, ends_at: dt.datetime) -> list[BlockRow]:
    """Return leave, closures and holidays that touch [starts_at, ends_at) (UTC)."""
    bounds = {"starts_at": starts_at, "ends_at": ends_at}
    return [BlockRow(*row) for row in db.execute(BLOCKS_BETWEEN, bounds)]


def seen(now: dt.datetime | None) -> dict[str, dt.datetime]:
    """Return the value of the instant at which cards are looked at; empty: before everything."""
    return {} if now is None else {"seen_at": now}


def card_of(row: Any, links: Mapping[int, Iterable[tuple[int, str]]]) -> SessionCard:
    """Build a card from a row of CARD_COLUMNS and the links of its session."""
    (key, ref, course, title, status, starts_at, ends_at, trainer, venue, capacity, taken, version,
     offered, held, waiting, run, old_offers, old_holds, minimum, decided, day, *_further) = row  # fmt: skip
    begins = FROM_TEXT(starts_at) if starts_at.__class__ is str else _in_utc(starts_at)
    ends = FROM_TEXT(ends_at) if ends_at.__class__ is str else _in_utc(ends_at)
    decided = dt.date.fromisoformat(decided) if decided.__class__ is str else decided
    own = links.get(key)
    co_trainers, equipment = _by_role(own) if own else ((), ())
    card: SessionCard = Unfrozen(
        key, ref, course, title, STATUS[status], begins, ends, trainer, venue, co_trainers, equipment,
        capacity, taken - old_offers - old_holds, version, offered - old_offers, held - old_holds, waiting, run,
        minimum, decided, day,
    )  # fmt: skip
    card.__class__ = SessionCard
    return card


def _in_utc(instant: dt.datetime | None) -> dt.datetime | None:
    return instant and instant.astimezone(dt.UTC)


def _by_role(links: Iterable[tuple[int, str]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    co_trainers = tuple(key for key, role in links if role == SessionRole.CO_TRAINER)
    return co_trainers, tuple(key for key, role in links if role == SessionRole.EQUIPMENT)


def _links_of(db: Db, session_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    links: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = db.execute(LINKS, {"ids": session_ids}).all() if session_ids else []
    for session_id, resource_id, role in rows:
        links[session_id].append((resource_id, role))
    return links
