"""Imports leave, closures and holidays: when a resource, or without one the whole organisation, is away (X3, C4)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Block, Session
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.calendar_in import TITLES, CalendarTable, Events
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete, ids_of, refer
from trainer_desk.services.exchange.importing.resources import RESOURCES
from trainer_desk.services.exchange.importing.same_events import Gone, Paired, pair, refused_events
from trainer_desk.services.planning.absences import COLUMNS, standing_in
from trainer_desk.services.planning.blocks import add_block, change_block, checked, lift_blocks
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
    when the row says. A row of a calendar changes the absence that came from the same event before, wherever that is
    by now: the calendar is right, also where somebody changed it by hand meanwhile. What the calendar calls off is
    taken away, and told; nothing is that somebody typed in, or that came from another event.
    """
    resources = ids_of(db, RESOURCES.c.code, RESOURCES.c.id)
    directory = load_directory(db, course_ids=[])
    known, events = _known(db), _events(job)
    paired = Paired() if events is None else _paired(events, rows, known, resources, job)
    taken = paired.taken
    for row in rows:
        starts_at = row.values["starts"]
        row.key = "/".join(filter(None, (row.get("resource"), wall_text(starts_at, job.zone))))
        if refer(row, "resource", "resource", resources, job):
            code = row.get("resource")
            resource_id = None if code is None else resources[code]
            uid = events.uid_of(row.line) if events else None
            before = paired.meant.get((row.line, starts_at))
            if before is None:
                same = [one for one in known.get((resource_id, starts_at), ()) if one.id not in taken]
                before = _meant(same, row.get("ends"))
                uid = None if before else uid  # what was there already keeps where it came from
            _save(db, row, resource_id, uid, before, directory, job)
    if events is not None:
        _call_off(db, events, paired.gone, job)


def _events(job: Job) -> Events | None:
    """Return what a calendar says of its events; nothing where its columns were taken for others."""
    table = job.table
    return table.events if isinstance(table, CalendarTable) and table.headers[:3] == TITLES[:3] else None


def _paired(events: Events, rows: Sequence[Row], known: Known, resources: Mapping[str, int], job: Job) -> Paired:
    code = events.resource.strip()
    if code and code not in resources:  # every row is refused
        return Paired()
    resource_id = resources[code] if code else None
    return pair(events, rows, [one for (of, _at), some in known.items() if of == resource_id for one in some], job)


def _call_off(db: DbSession, events: Events, gone: Sequence[Gone], job: Job) -> None:
    """Take away what a calendar calls off; what a refused row may be about stays."""
    doubtful = refused_events(events, job.report)
    sure = [one for one in gone if one.absence.source_uid not in doubtful]
    lift_blocks(db, [one.absence.id for one in sure], now=job.now)
    for one in sure:
        starts_at = one.absence.starts_at
        job.report.count("updated")
        job.report.warn("absence_called_off", row=one.line, ref=wall_text(starts_at, job.zone), starts=starts_at)


def _save(
    db: DbSession,
    row: Row,
    resource_id: int | None,
    uid: str | None,
    before: Absence | None,
    directory: Directory,
    job: Job,
) -> None:
    if before is None and not complete(row, job):
        return
    starts_at, ends_at = row.values["starts"], row.get("ends", before and before.ends_at)
    try:
        wanted = checked(Wanted(resource_id, starts_at, ends_at, row.get("reason", before.reason if before else "")))
    except BadValue as error:
        error.facts["field"] = "ends"
        job.refuse(row, error)
        return
    if before is None:
        add_block(
            db, resource_id, starts_at, wanted.ends_at, wanted.reason, actor=job.actor, now=job.now, source_uid=uid
        )
    else:
        change_block(db, before, wanted, now=job.now, source_uid=uid)
        if (before.starts_at, before.ends_at, before.reason) == (starts_at, wanted.ends_at, wanted.reason):
            job.report.count("unchanged")
            return
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
    found: Known = {}
    for values in db.execute(sa.select(*COLUMNS).where(Block.deleted_at.is_(None)).order_by(Block.id)):
        absence = Absence(*values)
        found.setdefault((absence.resource_id, absence.starts_at), []).append(absence)
    return found
