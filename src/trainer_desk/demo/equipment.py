"""Lets invented sessions take equipment along, and puts one piece into repair."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Resource, Session, SessionResource
from trainer_desk.models.enums import ResourceKind, SessionRole, SessionStatus
from trainer_desk.services.directory import load_directory
from trainer_desk.services.planning import board, claims
from trainer_desk.services.planning.blocks import add_block
from trainer_desk.services.rules.availability import overlaps
from trainer_desk.services.rules.times import day_bounds, local

NEEDED = {
    "AED": ("AED", "DUMMY-1"), "FAW": ("DUMMY-2", "DUMMY-3"), "LOTO": ("LOCKS",), "WAH": ("HARNESS-1",),
    "EXT": ("EXT",), "CSE": ("GAS",), "DSE": ("PROJ-1",), "EVL": ("PROJ-2",), "RSK": ("PROJ-1",),
}  # fmt: skip
"""What sessions of these courses take along, by codes."""
AROUND = dt.timedelta(days=21)


def lend_equipment(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Give the sessions of the weeks around `now` (UTC) what their courses need, where it is free."""
    pieces = select_codes(db)
    lent: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    links = []
    query = (
        sa.select(Session.id, Course.code, Session.starts_at, Session.ends_at)
        .join(Course, Course.id == Session.course_id)
        .where(
            Course.code.in_(sorted(NEEDED)),
            Session.status == SessionStatus.SCHEDULED.value,
            Session.starts_at.between(now - AROUND, now + AROUND),
        )
        .order_by(Session.starts_at, Session.id)
    )
    for session_id, code, starts_at, ends_at in db.execute(query):
        for piece in NEEDED[code]:
            taken = lent.setdefault(pieces[piece], [])
            if starts_at is None or ends_at is None:
                continue
            if not any(overlaps(starts_at, ends_at, *other) for other in taken):
                taken.append((starts_at, ends_at))
                links.append((session_id, pieces[piece]))
    _take(db, links)
    directory = load_directory(db, course_ids=[])
    day = local(now, directory.settings.zone).date() + dt.timedelta(days=3)
    begins, ends = day_bounds(day, directory.settings.zone)
    add_block(db, pieces["HARNESS-2"], begins, ends, "Inspection", actor=actor, now=now)


def select_codes(db: DbSession) -> dict[str, int]:
    """Return the ids of the equipment by code."""
    query = sa.select(Resource.code, Resource.id).where(Resource.kind == ResourceKind.EQUIPMENT.value)
    return dict(db.execute(query).all())


def _take(db: DbSession, links: list[tuple[int, int]]) -> None:
    role = SessionRole.EQUIPMENT.value
    rows = [{"session_id": session, "resource_id": piece, "role": role} for session, piece in links]
    db.execute(sa.insert(SessionResource), rows)
    directory = load_directory(db)
    for card in board.load_cards(db, {session for session, _piece in links}).values():
        claims.take(db, card, directory)
