"""Imports sessions: as drafts, and from there through every check of publishing, row by row in file order (S2)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Session
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.exchange.importing.columns import Row
from trainer_desk.services.exchange.importing.job import Job, chunks, complete, unlimited_zeros
from trainer_desk.services.exchange.importing.report import Warned
from trainer_desk.services.exchange.session_fields import (
    IMPORTABLE,
    Codes,
    load_codes,
    no_status,
    session_fields,
    session_layout,
)
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.planning import drafts, publishing
from trainer_desk.services.planning.fields import fields_of, without_lead
from trainer_desk.services.planning.listing import sessions_by_ref
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.store.outcome import TRIES
from trainer_desk.services.store.trouble import is_worth_retrying, savepoint

layout = session_layout
PROGRESS_EVERY = 50
AT_ONCE = 1_000
"""Rows whose sessions are read together."""

LAST = sa.select(sa.func.coalesce(sa.func.max(Session.id), 0))


def write(db: DbSession, rows: Sequence[Row], job: Job) -> None:
    """Add or change sessions; each row is a savepoint, so that a refused one leaves nothing behind.

    A row only raises a draft: nothing is unpublished, reopened or reinstated by a file.
    """
    codes, done = load_codes(db), 0
    last = db.execute(LAST).scalar_one()
    for chunk in chunks(rows, AT_ONCE):
        stored = sessions_by_ref(db, [row.key for row in chunk if row.key])
        for row in chunk:
            unlimited_zeros(row, ("capacity",), job)
            known = stored.get(row.key)
            if known is not None and known.card.id > last:
                known = None  # an earlier row made it, with a ref of the program's: that is not this row's session
            if known is not None or complete(row, job):
                _save(db, row, known, codes, job)
            done += 1
            if done % PROGRESS_EVERY == 0:
                job.step(done)


def _save(db: DbSession, row: Row, known: SessionDetail | None, codes: Codes, job: Job) -> None:
    for left in reversed(range(TRIES)):
        try:
            with savepoint(db):
                fields = session_fields(row.values, codes)
                _require_status(row, known)
                verdict, findings = _change(db, row, known, fields, job) if known else _add(db, row, fields, job)
        except DatabaseTrouble:
            raise
        except DeskError as error:
            if left and is_worth_retrying(error):
                continue  # somebody was quicker; asked again, the check can name the session
            job.refuse(row, error, *error.facts.get("also", ()))
            return
        job.report.count(verdict)
        for finding in findings:
            job.report.warnings.append(Warned(finding.code, dict(finding.facts), row.line, row.key))
        return


def _require_status(row: Row, known: SessionDetail | None) -> None:
    """Let what an export says of a session that is over come back in as it is, and nothing else."""
    status = row.get("status")
    if status and status not in IMPORTABLE and (known is None or status != known.card.status):
        raise no_status(status)


def _add(db: DbSession, row: Row, fields: Mapping[str, Any], job: Job) -> tuple[str, tuple[Finding, ...]]:
    session_id = drafts.create_draft(db, fields, actor=job.actor, now=job.now, ref=row.key or None)
    if row.get("status") != SessionStatus.SCHEDULED:
        return "added", ()
    return "added", publishing.publish(db, session_id, actor=job.actor, now=job.now)


def _change(
    db: DbSession, row: Row, known: SessionDetail, fields: Mapping[str, Any], job: Job
) -> tuple[str, tuple[Finding, ...]]:
    before = fields_of(known)
    wanted = without_lead(before | dict(fields))
    different = {name: wanted[name] for name in fields if before[name] != wanted[name]}
    card = known.card
    raises = row.get("status") == SessionStatus.SCHEDULED and card.status == SessionStatus.DRAFT
    findings: tuple[Finding, ...] = ()
    if different:
        findings = scheduling.edit_session(db, card.id, different, actor=job.actor, now=job.now)
    if raises:
        findings = scheduling.publish(db, card.id, actor=job.actor, now=job.now)
    elif "status" in row.values and row.values["status"] != card.status:
        job.warn("status_stays", row, state=card.status, wanted=row.values["status"])
    return ("updated" if different or raises else "unchanged"), findings
