"""What importing trainers, venues and equipment has in common: two halves of a row, and one set of codes for all."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import ResourceKind
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.job import Job, changed, insert_row, update_row
from trainer_desk.services.rules.names import sort_name

RESOURCES = Base.metadata.tables["resources"]
_OWN_TABLES = {
    ResourceKind.TRAINER: Base.metadata.tables["trainers"],
    ResourceKind.VENUE: Base.metadata.tables["venues"],
}

Stored = dict[str, dict[str, Any]]
"""Resources by code with all columns of both halves; one of another kind has only its `kind`."""


def stored_resources(db: DbSession, kind: ResourceKind) -> Stored:
    """Return every resource by code; those of other kinds are there to keep their codes."""
    found: Stored = {}
    for row in db.execute(sa.select(RESOURCES)):
        found[row.code] = dict(row._mapping) | {"resource_kind": row.kind}
    by_id = {values["id"]: values for values in found.values() if values["kind"] == kind}
    if kind in _OWN_TABLES:
        for row in db.execute(sa.select(_OWN_TABLES[kind])):
            by_id[row.id].update(row._mapping)
    return found


def save_resource(
    db: DbSession, kind: ResourceKind, row: Row, own: Mapping[str, Any], stored: Stored, job: Job
) -> dict[str, Any]:
    """Add or change one resource; `own` are the columns of its own half, if its kind has one. Return what changed.

    A code that belongs to a resource of another kind is refused as `duplicate_ref`.
    """
    known = stored.get(row.key)
    if known and known["resource_kind"] != kind:
        other = ResourceKind(known["resource_kind"])
        taken = DeskError("duplicate_ref", ref=row.key, kind=other.value, why="other_kind")
        job.refuse(row, taken)
        return {}
    shared = {name: value for name, value in row.values.items() if name in ("code", "name")}
    if "name" in shared:
        shared["sort_name"] = sort_name(shared["name"])
    if known is None:
        _add(db, kind, shared, own, stored, job)
        job.report.count("added")
        return {}
    return _change(db, kind, shared, own, known, job)


def _add(
    db: DbSession, kind: ResourceKind, shared: dict[str, Any], own: Mapping[str, Any], stored: Stored, job: Job
) -> None:
    key = insert_row(db, RESOURCES, shared | {"kind": kind.value}, job.now)
    if kind in _OWN_TABLES:
        db.execute(sa.insert(_OWN_TABLES[kind]).values(id=key, **own))
    stored[shared["code"]] = {"id": key, "resource_kind": kind}


def _change(
    db: DbSession, kind: ResourceKind, shared: dict[str, Any], own: Mapping[str, Any], known: dict[str, Any], job: Job
) -> dict[str, Any]:
    own_different = changed(own, known)
    different = changed(shared, known) | own_different
    if not different:
        job.report.count("unchanged")
        return {}
    update_row(db, RESOURCES, known["id"], {k: v for k, v in different.items() if k in shared}, job.now)
    if own_different:
        table = _OWN_TABLES[kind]
        db.execute(sa.update(table).where(table.c.id == known["id"]).values(**own_different))
    job.report.count("updated")
    return different
