"""Issues a certificate again: a new revision with the names of today, for a reason that is kept with it (A5)."""

import datetime as dt
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Course, Person
from trainer_desk.models.enums import CertificateEnd
from trainer_desk.services.directory import load_settings
from trainer_desk.services.errors import BadValue, Stale
from trainer_desk.services.journal.history import last_change, of_row
from trainer_desk.services.orchestration.certificate_facts import load_course_facts
from trainer_desk.services.people.certificates import (
    last_revisions,
    load_certificate,
    store_certificates,
    withdraw_certificates,
)
from trainer_desk.services.people.compliance import recompute, wait_in_line
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld
from trainer_desk.services.rules.certificates import REASON_LIMIT, trainers_of
from trainer_desk.services.rules.names import clean_text

WHO = sa.select(Person.employee_no, Person.name).where(Person.id == sa.bindparam("id"))
WHAT = sa.select(Course.code, Course.title).where(Course.id == sa.bindparam("id"))


def reissue(db: DbSession, certificate_id: int, reason: str, *, actor: str, now: dt.datetime) -> int:
    """Issue the next revision of a certificate that counts; return its id.

    Person, course, trainers and organisation are called as they are now; days, hours, result and the last valid day
    stay, and so does the instant (UTC) at which it was earned. Raises NotFound, BadValue without a reason, and Stale
    for a revision that counts no more.
    """
    wait_in_line(db)
    row = load_certificate(db, certificate_id)
    words = clean_text(reason, field="reason", limit=REASON_LIMIT)
    if not words:
        raise BadValue(field="reason", value=reason, why="missing")
    if not row.is_live:
        last = last_change(db, of_row("certificates", str(row.id)))
        raise Stale(ref=row.number, by=last and last.by, at=last and last.at)
    withdraw_certificates(db, [(row, CertificateEnd.REPLACED)], now)
    store_certificates(db, [_next(db, row, words, actor, now)], now)
    recompute(db, people={row.person_id}, courses={row.course_id})
    return _id_of(db, row)


def _next(db: DbSession, row: CertificateRow, reason: str, actor: str, now: dt.datetime) -> CertificateRow:
    employee_no, name = db.execute(WHO, {"id": row.person_id}).one()
    code, title = db.execute(WHAT, {"id": row.course_id}).one()
    days = _days(db, row)
    return replace(
        row,
        revision=last_revisions(db, [row.number])[row.number] + 1,
        employee_no=employee_no,
        person_name=name,
        course_code=code,
        course_title=title,
        days=days,
        trainer_name=trainers_of(days),
        organisation=load_settings(db).organisation,
        reason=reason,
        issued_at=now,
        issued_by=actor,
    )


def _days(db: DbSession, row: CertificateRow) -> tuple[DayHeld, ...]:
    """Return the days with their trainers as these are called now."""
    places = load_course_facts(db, row.course_id, [row.person_id]).places.get(row.person_id, ())
    trainers = {one.enrollment_id: one.trainer for one in places}
    return tuple(replace(day, trainer=trainers.get(day.enrollment_id) or day.trainer) for day in row.days)


def _id_of(db: DbSession, row: CertificateRow) -> int:
    found = sa.text("SELECT id FROM certificates WHERE number = :number AND withdrawn_at IS NULL")
    return int(db.execute(found, {"number": row.number}).scalar_one())
