"""Reads leave, closures and holidays: those of a resource, one of them, and the sessions that stand there (C4)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from trainer_desk.models import Block, Claim, Resource, Session
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.absences import ORGANISATION, Absence
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.publishing import LONGEST
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

COLUMNS = (
    Block.id, Block.resource_id, Block.starts_at, Block.ends_at, Block.reason, Block.version, Block.source_uid
)  # fmt: skip
"""What an `Absence` is made of."""
TAKING = sa.and_(Session.status.in_(sorted(CLAIMING)), Session.deleted_at.is_(None))
STARTS = sa.bindparam("starts_at", type_=Block.starts_at.type)
ENDS = sa.bindparam("ends_at", type_=Block.starts_at.type)
NOW = sa.bindparam("now", type_=Block.starts_at.type)
OF_RESOURCE = (
    sa.select(*COLUMNS)
    .where(Block.resource_id == sa.bindparam("resource"), Block.deleted_at.is_(None))
    .order_by(Block.starts_at, Block.id)
)
ONE = sa.select(*COLUMNS).where(Block.id == sa.bindparam("id"), Block.deleted_at.is_(None))
CLAIMED_WITHIN = (
    sa.select(Claim.session_id)
    .join(Session, Session.id == Claim.session_id)
    .where(
        Among(Claim.resource_id, "leaves"),
        Claim.starts_at < ENDS,
        Claim.ends_at > STARTS,
        Claim.starts_at > sa.bindparam("earliest", type_=Block.starts_at.type),
        TAKING,
    )
    .distinct()
)
STANDING_WITHIN = sa.select(Session.id).where(
    Session.starts_at < ENDS,
    Session.ends_at > STARTS,
    Session.starts_at > sa.bindparam("earliest", type_=Block.starts_at.type),
    TAKING,
)
TURNAROUND = dt.timedelta(days=1)
"""The longest time for which a room stays taken after a session."""


def list_absences(db: Db, resource_id: int, directory: Directory) -> list[Absence]:
    """Return leave or closures of a resource, by start, each with the number of sessions scheduled in it."""
    rows = db.execute(OF_RESOURCE, {"resource": resource_id}).all()
    found = []
    for row in rows:
        standing = standing_in(db, resource_id, row.starts_at, row.ends_at, directory)
        found.append(Absence(*row, standing=len(standing)))
    return found


def absences_of(db: Db, resource_id: int) -> list[Absence]:
    """Return leave or closures of a resource as `list_absences`, for who has no directory at hand."""
    return list_absences(db, resource_id, load_directory(db, course_ids=[]))


def load_absence(db: Db, block_id: int) -> Absence:
    """Return one leave, closure or holiday. Raises NotFound when it was lifted."""
    row = db.execute(ONE, {"id": block_id}).one_or_none()
    if row is None:
        raise NotFound(kind="absence", key=f"#{block_id}")
    return Absence(*row)


def standing_in(
    db: Db,
    resource_id: int | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    directory: Directory,
    *,
    over: dt.datetime | None = None,
) -> set[int]:
    """Return the ids of scheduled and running sessions that need the resource within [starts_at, ends_at) (UTC).

    Without a resource all sessions there are; of a venue those in its parts and in what it is part of, too. With
    `over` (UTC) those that are over by then are left out.
    """
    bounds: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "earliest": starts_at - LONGEST - TURNAROUND}
    query: sa.Select[Any] = STANDING_WITHIN
    if resource_id is not None:
        query, bounds["leaves"] = CLAIMED_WITHIN, sorted(directory.leaves_of(resource_id))
    if over is not None:
        query, bounds["now"] = query.where(Session.ends_at > NOW), over
    return set(db.execute(query, bounds).scalars())


def kind_and_name(db: Db, resource_id: int | None) -> tuple[str, str]:
    """Return what is away, trainer, venue or equipment, and its name; without a resource, the organisation.

    Raises NotFound.
    """
    if resource_id is None:
        return ORGANISATION, ""
    row = db.execute(sa.select(Resource.kind, Resource.name).where(Resource.id == resource_id)).one_or_none()
    if row is None:
        raise NotFound(kind="resource", key=f"#{resource_id}")
    return str(row.kind), str(row.name)
