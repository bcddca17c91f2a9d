"""Imports courses."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy
from trainer_desk.services.exchange import cells
from trainer_desk.services.exchange.importing.columns import Column, Layout, Row
from trainer_desk.services.exchange.importing.job import Job, complete, save_row, unlimited_zeros
from trainer_desk.services.exchange.importing.links import in_order
from trainer_desk.services.orchestration.certifying import certify_courses
from trainer_desk.services.people.compliance import recompute

LAYOUT = Layout(
    (
        Column("code", cells.code, required=True),
        Column("title", cells.name, required=True),
        Column("short_code", cells.line, ""),
        Column("category", cells.line, ""),
        Column("description", cells.prose),
        Column("duration_minutes", cells.whole(1, 1440), 60),
        Column("validity_months", cells.whole(1, 1200)),
        Column("expiring_days", cells.whole(0, 36_500), 60),
        Column("default_capacity", cells.whole(0)),
        Column("minimum", cells.whole(0)),
        Column("requires_intake", cells.flag, False),
        Column("requires_result", cells.flag, False),
        Column("sign_up", cells.flag, False),
        Column("overlap_policy", cells.word_of(OverlapPolicy), OverlapPolicy.WARN),
        Column("prerequisite", cells.code),
        Column("prerequisite_policy", cells.word_of(PrerequisitePolicy), PrerequisitePolicy.BLOCK),
        Column("renews", cells.code),
    ),
    key=("code",),
)

COURSES = Base.metadata.tables["courses"]
_LINKS = {"prerequisite": "prerequisite_id", "renews": "renews_id"}
_FOLLOWED = ("validity_months", "renews_id")
"""The columns that compliance follows (N1)."""


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change courses; a course may name another of the same file, in any order.

    Compliance follows where a validity, or what a course renews, has changed; certificates where a course asks for a
    result now, or for none any more.
    """
    stored = {found.code: dict(found._mapping) for found in db.execute(sa.select(COURSES))}
    codes = {found["id"]: code for code, found in stored.items()}
    links = {code: {name: codes.get(found[key]) for name, key in _LINKS.items()} for code, found in stored.items()}
    ids = {code: int(found["id"]) for code, found in stored.items()}
    ready = [row for row in rows if row.key in stored or complete(row, job)]
    touched, asking = set[int](), set[int]()
    for row in in_order(ready, tuple(_LINKS), links, "course", job):
        unlimited_zeros(row, ("default_capacity",), job)
        values, known = _stored_form(row, ids), stored.get(row.key)
        ids[row.key] = save_row(db, COURSES, values, known, job)
        if known is not None and any(values.get(name, known[name]) != known[name] for name in _FOLLOWED):
            touched |= {ids[row.key]} if known["renews_id"] is None else {ids[row.key], known["renews_id"]}
        if known is not None and values.get("requires_result", known["requires_result"]) != known["requires_result"]:
            asking.add(ids[row.key])
    certify_courses(db, asking, actor=job.actor, now=job.now)
    recompute(db, courses=touched)


def _stored_form(row: Row, ids: dict[str, int]) -> dict[str, Any]:
    plain = {name: value for name, value in row.values.items() if name not in _LINKS}
    return plain | {key: ids.get(row.values[name]) for name, key in _LINKS.items() if name in row.values}
