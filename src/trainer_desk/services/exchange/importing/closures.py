"""Imports leave, closures and holidays: when a resource, or without one the whole organisation, is away (X3, C4)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Session
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete, ids_of, refer
from trainer_desk.services.exchange.importing.resources import RESOURCES
from trainer_desk.services.planning.absences import standing_in
from trainer_desk.services.planning.blocks import add_block, change_block, checked
from trainer_desk.services.rows.absences import Absence, Wanted
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.times import wall_text

NAMED = 5
"""So many sessions that stand in an absence are named in its warning."""

Known = dict[tuple[int | None, dt.datetime], list[Absence]]
"""What is away already, by resource and start."""


def layout(zone: ZoneInfo) -> Layout:
    """Return the columns; times are wall clock of `zone`, and a day alone is its first moment."""
    moment = cells.moment_or_day_in(zone)
    return Layout(
        (
            Column("resource", cells.code),
            Column("starts", moment, required=True),
            Column("ends", moment, required=True),
            Column("reason", cells.line, blank=""),
        ),
        key=("resource", "starts"),
    )


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change absences, also over sessions that stand there; these stay, and are told (C4).

    A row whose resource is away from the same moment on changes that absence; several of them, the one that ends
    when the row says.
    """
    resources = ids_of(db, RESOURCES.c.code, RESOURCES.c.id)
    directory = load_directory(db, course_ids=[])
    known = _known(db)
    for row in rows:
        row.key = "/".join(filter(None, (row.get("resource"), wall_text(row.values["starts"], job.zone))))
        if refer(row, "resource", "resource", resources, job):
            code = row.get("resource")
            _save(db, row, None if code is None else resources[code], known, directory, job)


def _save(db: DbSession, row: Row, resource_id: int | None, known: Known, directory: Directory, job: Job) -> None:
    starts_at = row.values["starts"]
    same = known.setdefault((resource_id, starts_at), [])
    before = _meant(same, row.get("ends"))
    if before is None and not complete(row, job):
        return
    ends_at = row.get("ends", before and before.ends_at)
    try:
        wanted = checked(Wanted(resource_id, starts_at, ends_at, row.get("reason", before.reason if before else "")))
    except BadValue as error:
        error.facts["field"] = "ends"
        job.refuse(row, error)
        return
    if before is not None and (before.ends_at, before.reason) == (wanted.ends_at, wanted.reason):
        job.report.count("unchanged")
        return
    if before is None:
        block_id = add_block(db, resource_id, starts_at, wanted.ends_at, wanted.reason, actor=job.actor, now=job.now)
        same.append(Absence(block_id, resource_id, starts_at, wanted.ends_at, wanted.reason, 1))
    else:
        change_block(db, before, wanted, now=job.now)
        same[same.index(before)] = replace(before, ends_at=wanted.ends_at, reason=wanted.reason)
    job.report.count("added" if before is None else "updated")
    _warn_of_standing(db, row, wanted, directory, job)


def _meant(same: Sequence[Absence], ends_at: dt.datetime | None) -> Absence | None:
    """Return the absence that a row is about: of those that start with it the one that ends with it, or the first."""
    return next((one for one in same if one.ends_at == ends_at), same[0] if same else None)


def _warn_of_standing(db: DbSession, row: Row, wanted: Wanted, directory: Directory, job: Job) -> None:
    found = standing_in(db, wanted.resource_id, wanted.starts_at, wanted.ends_at, directory, over=job.now)
    if not found:
        return
    query = sa.select(Session.ref).where(Session.id.in_(sorted(found))).order_by(Session.starts_at, Session.id)
    refs = list(db.execute(query.limit(NAMED)).scalars())
    more = {"more": len(found) - len(refs)} if len(found) > len(refs) else {}
    job.warn("sessions_stand_there", row, sessions=refs, **more)


def _known(db: DbSession) -> Known:
    columns = (Block.id, Block.resource_id, Block.starts_at, Block.ends_at, Block.reason, Block.version)
    found: Known = {}
    for values in db.execute(sa.select(*columns).where(Block.deleted_at.is_(None)).order_by(Block.id)):
        absence = Absence(*values)
        found.setdefault((absence.resource_id, absence.starts_at), []).append(absence)
    return found
