"""Imports venues with their parts; sessions that stand there already are claimed anew when the parts change (C3)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session as DbSession

from trainer_desk.models.enums import ResourceKind, VenueKind
from trainer_desk.services.errors import DeskError, NotFound
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete, unlimited_zeros
from trainer_desk.services.exchange.importing.links import in_order
from trainer_desk.services.exchange.importing.resources import Stored, save_resource, stored_resources
from trainer_desk.services.planning.reclaiming import reclaim_venues
from trainer_desk.services.store.trouble import CLASHES, savepoint

LAYOUT = Layout(
    (
        Column("code", cells.code, required=True),
        Column("name", cells.name, required=True),
        Column("kind", cells.word_of(VenueKind), VenueKind.ROOM.value),
        Column("capacity", cells.whole(0)),
        Column("occupancy_limit", cells.whole(0)),
        Column("part_of", cells.code),
        Column("turnaround_minutes", cells.whole(0, 1440), 0),
        Column("site", cells.line, ""),
        Column("presence_seconds", cells.whole(1, 86_400)),
    ),
    key=("code",),
)
_OWN = ("kind", "capacity", "occupancy_limit", "turnaround_minutes", "site", "presence_seconds")
_RECLAIMED = ("part_of_id", "turnaround_minutes")


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change venues; a part may stand before its whole in the file, circles are refused."""
    stored = stored_resources(db, ResourceKind.VENUE)
    codes = {known["id"]: code for code, known in stored.items()}
    links = {
        code: {"part_of": codes.get(known.get("part_of_id"))}
        for code, known in stored.items()
        if known["resource_kind"] == ResourceKind.VENUE
    }
    ready = [row for row in rows if row.key in stored or complete(row, job)]
    for row in in_order(ready, ("part_of",), links, "venue", job):
        unlimited_zeros(row, ("capacity", "occupancy_limit"), job)
        _save(db, row, stored, job)


def _save(db: DbSession, row: Row, stored: Stored, job: Job) -> None:
    """Write one venue in a savepoint, because its sessions may clash once its parts are others."""
    own = {name: row.values[name] for name in _OWN if name in row.values}
    whole = row.get("part_of")
    if whole and whole not in stored:  # it stood in the file and was refused itself
        job.refuse(row, NotFound(kind="venue", key=whole, field="part_of"))
        return
    if "part_of" in row.values:
        own["part_of_id"] = stored[whole]["id"] if whole else None
    is_new = row.key not in stored
    before = stored.get(row.key, {}).get("part_of_id")
    counts = job.report.added, job.report.updated
    try:
        with savepoint(db):
            changes = save_resource(db, ResourceKind.VENUE, row, own, stored, job)
            if (is_new and own.get("part_of_id")) or any(name in changes for name in _RECLAIMED):
                reclaim_venues(db, {stored[row.key]["id"], before, own.get("part_of_id")} - {None})
    except DeskError as error:
        if error.facts.get("constraint") not in CLASHES:
            raise
        job.report.added, job.report.updated = counts
        if is_new:
            del stored[row.key]
        job.refuse(row, DeskError("venue_busy", parts_of=whole or row.key))
