"""Reads sessions: what lies between two instants, one session whole, and who is booked how long."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Enrollment, Session, SessionResource
from trainer_desk.models.enums import EnrollmentState, SessionRole, SessionStatus
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.schedule import BlockRow, Board, SessionCard, SessionDetail

Db = Connection | DbSession
LONGEST = dt.timedelta(hours=24)
CARD_COLUMNS = (
    Session.id,
    Session.ref,
    Session.course_id,
    Session.title,
    Session.status,
    Session.starts_at,
    Session.ends_at,
    Session.trainer_id,
    Session.venue_id,
    Session.capacity,
    Session.seats_taken,
    Session.version,
)
IN_RANGE = sa.and_(
    Session.starts_at > sa.bindparam("earliest"),
    Session.starts_at < sa.bindparam("ends_at"),
    sa.or_(Session.ends_at > sa.bindparam("starts_at"), Session.starts_at >= sa.bindparam("starts_at")),
    Session.deleted_at.is_(None),
)
BETWEEN = sa.select(*CARD_COLUMNS).where(IN_RANGE).order_by(Session.starts_at, Session.id)
LINKS_BETWEEN = (
    sa.select(SessionResource.session_id, SessionResource.resource_id, SessionResource.role)
    .join(Session, Session.id == SessionResource.session_id)
    .where(IN_RANGE)
    .order_by(SessionResource.session_id, SessionResource.resource_id)
)
UNDATED = (
    sa.select(*CARD_COLUMNS)
    .where(Session.status == SessionStatus.DRAFT, Session.starts_at.is_(None), Session.deleted_at.is_(None))
    .order_by(Session.id)
)
LINKS_OF = (
    sa.select(SessionResource.session_id, SessionResource.resource_id, SessionResource.role)
    .where(SessionResource.session_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(SessionResource.session_id, SessionResource.resource_id)
)
BY_IDS = sa.select(*CARD_COLUMNS).where(Session.id.in_(sa.bindparam("ids", expanding=True)))
DETAIL = sa.select(
    Session.uuid,
    Session.description,
    Session.notes,
    Session.extra,
    Session.minimum,
    Session.decision_on,
    Session.waitlist,
    Session.waitlist_order,
    Session.cancel_reason,
    sa.select(sa.func.count())
    .where(Enrollment.session_id == Session.id, Enrollment.state == EnrollmentState.WAITLISTED)
    .scalar_subquery()
    .label("waiting"),
    Session.created_at,
    Session.updated_at,
    Session.deleted_at,
).where(Session.id == sa.bindparam("id"))
BLOCKS_BETWEEN = (
    sa.select(Block.id, Block.resource_id, Block.starts_at, Block.ends_at, Block.reason)
    .where(
        Block.starts_at < sa.bindparam("ends_at"),
        Block.ends_at > sa.bindparam("starts_at"),
        Block.deleted_at.is_(None),
    )
    .order_by(Block.starts_at, Block.id)
)


def load_board(db: Db, starts_at: dt.datetime, ends_at: dt.datetime) -> Board:
    """Return every session that overlaps [starts_at, ends_at) (UTC), the blocks there and all undated drafts."""
    bounds = {"starts_at": starts_at, "ends_at": ends_at, "earliest": starts_at - LONGEST}
    links = _links(db.execute(LINKS_BETWEEN, bounds))
    sessions = tuple(card_of(row, links) for row in db.execute(BETWEEN, bounds))
    undated_rows = db.execute(UNDATED).all()
    undated_links = _links_of(db, [row.id for row in undated_rows])
    return Board(
        starts_at=starts_at,
        ends_at=ends_at,
        sessions=sessions,
        blocks=tuple(blocks_between(db, starts_at, ends_at)),
        undated=tuple(card_of(row, undated_links) for row in undated_rows),
    )


def load_cards(db: Db, session_ids: Collection[int]) -> dict[int, SessionCard]:
    """Return the cards of these sessions by id, deleted ones too; unknown ids are left out."""
    links = _links_of(db, session_ids)
    return {row.id: card_of(row, links) for row in db.execute(BY_IDS, {"ids": list(session_ids)})}


def load_card(db: Db, session_id: int) -> SessionCard:
    """Return one session's card. Raises NotFound."""
    card = load_cards(db, [session_id]).get(session_id)
    if card is None:
        raise NotFound(kind="session", key=session_id)
    return card


def load_session(db: Db, session_id: int) -> SessionDetail:
    """Return one session whole, deleted or not. Raises NotFound."""
    card = load_card(db, session_id)
    row = db.execute(DETAIL, {"id": session_id}).one()
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


def card_of(row: Any, links: Mapping[int, Iterable[tuple[int, str]]]) -> SessionCard:
    """Build a card from a row of CARD_COLUMNS and the links of its session."""
    own = links.get(row[0], ())
    return SessionCard(
        id=row[0],
        ref=row[1],
        course_id=row[2],
        title=row[3],
        status=SessionStatus(row[4]),
        starts_at=row[5],
        ends_at=row[6],
        trainer_id=row[7],
        venue_id=row[8],
        co_trainer_ids=tuple(key for key, role in own if role == SessionRole.CO_TRAINER),
        equipment_ids=tuple(key for key, role in own if role == SessionRole.EQUIPMENT),
        capacity=row[9],
        seats_taken=row[10],
        version=row[11],
    )


def _links_of(db: Db, session_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    return _links(db.execute(LINKS_OF, {"ids": list(session_ids)})) if session_ids else {}


def _links(rows: Iterable[Any]) -> dict[int, list[tuple[int, str]]]:
    links: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for session_id, resource_id, role in rows:
        links[session_id].append((resource_id, role))
    return links
