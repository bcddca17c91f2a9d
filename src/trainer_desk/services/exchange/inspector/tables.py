"""The tables of a pack: who was marked how, certificates, records, qualifications, requirements, waivers (X6)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.exchange.inspector.scope import Scope
from trainer_desk.services.exchange.selection import COURSES, PEOPLE, RESOURCES, SESSIONS
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rules.times import local, wall_text
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

TABLES = Base.metadata.tables
RECORDS, RULES, WAIVERS = TABLES["training_records"], TABLES["requirements"], TABLES["waivers"]
QUALIFICATIONS = TABLES["qualifications"]

RECORD_ROWS = (
    sa.select(
        PEOPLE.c.employee_no, PEOPLE.c.name, COURSES.c.code, COURSES.c.title, RECORDS.c.held_on, RECORDS.c.provider,
        RECORDS.c.number, RECORDS.c.expires_on, RECORDS.c.recorded_by, RECORDS.c.recorded_at, RECORDS.c.id,
    )
    .join(PEOPLE, PEOPLE.c.id == RECORDS.c.person_id)
    .join(COURSES, COURSES.c.id == RECORDS.c.course_id)
    .where(Among(RECORDS.c.person_id, "people"), RECORDS.c.deleted_at.is_(None))
    .order_by(PEOPLE.c.sort_name, PEOPLE.c.id, COURSES.c.code, RECORDS.c.held_on)
)  # fmt: skip
RULE_ROWS = (
    sa.select(
        COURSES.c.code, COURSES.c.title, RULES.c.job_role, RULES.c.department, RULES.c.site, PEOPLE.c.employee_no,
        RULES.c.grace_days, RULES.c.exempt, RULES.c.reason, RULES.c.since, RULES.c.until, COURSES.c.id,
        RULES.c.person_id,
    )
    .join(COURSES, COURSES.c.id == RULES.c.course_id)
    .outerjoin(PEOPLE, PEOPLE.c.id == RULES.c.person_id)
    .where(RULES.c.deleted_at.is_(None))
    .order_by(COURSES.c.code, RULES.c.id)
)  # fmt: skip
WAIVER_ROWS = (
    sa.select(
        SESSIONS.c.ref, WAIVERS.c.code, WAIVERS.c.subject, WAIVERS.c.reason, WAIVERS.c.waived_by, WAIVERS.c.waived_at,
        WAIVERS.c.ended_at,
    )
    .join(SESSIONS, SESSIONS.c.id == WAIVERS.c.session_id)
    .where(Among(WAIVERS.c.session_id, "sessions"))
    .order_by(SESSIONS.c.starts_at, SESSIONS.c.id, WAIVERS.c.id)
)  # fmt: skip
QUALIFIED = sa.select(
    QUALIFICATIONS.c.trainer_id, QUALIFICATIONS.c.course_id, RESOURCES.c.code, QUALIFICATIONS.c.valid_from,
    QUALIFICATIONS.c.valid_until, QUALIFICATIONS.c.id,
).join(RESOURCES, RESOURCES.c.id == QUALIFICATIONS.c.trainer_id).where(
    Among(QUALIFICATIONS.c.trainer_id, "trainers"), QUALIFICATIONS.c.deleted_at.is_(None)
)  # fmt: skip

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the pack: its file, the names of its columns, and a text for each of them in every row."""

    name: str
    head: tuple[str, ...]
    rows: list[list[str]]


class Writer:
    """Writes values as text: days as `2026-11-09`, instants in the wall clock of the organisation."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def table(self, name: str, head: tuple[str, ...], rows: Rows) -> Table:
        """Return a table of rows of any values."""
        return Table(name, head, [[self._text(value) for value in row] for row in rows])

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Return the day of the organisation's zone on which an instant (UTC) lies."""
        return local(instant, self._zone).date()

    def _text(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dt.datetime):
            return wall_text(value, self._zone)
        return value.isoformat() if isinstance(value, dt.date) else str(value)


def attendance_table(scope: Scope, writer: Writer) -> Table:
    """Return who was marked how, by whom and when, and what was corrected after the session was completed."""
    head = (
        "session", "course", "title", "status", "start", "end", "venue", "trainers", "employee_no", "name",
        "department", "attendance", "result", "score", "remarks", "marked_by", "marked_at", "marked_late",
    )  # fmt: skip
    rows = (
        (
            sheet.ref, sheet.course_code, sheet.title, sheet.status, sheet.starts_at, sheet.ends_at, sheet.venue,
            "|".join(sheet.trainers), one.employee_no, one.name, one.department, one.attendance, one.result, one.score,
            one.remarks, one.marked_by, one.marked_at, one.late,
        )
        for sheet in scope.sheets
        for one in sheet.people
    )  # fmt: skip
    return writer.table("attendance.csv", head, iter(rows))


def certificates_table(rows: Sequence[CertificateRow], writer: Writer) -> Table:
    """Return the certificates that count and are in the pack."""
    head = (
        "number", "revision", "employee_no", "name", "course", "title", "held_from", "held_on", "minutes", "expires_on",
        "trainer", "result", "issued_by", "issued_at", "checksum",
    )  # fmt: skip
    made = (
        (
            row.number, row.revision, row.employee_no, row.person_name, row.course_code, row.course_title,
            row.held_from, row.held_on, row.minutes, row.expires_on, row.trainer_name, row.result, row.issued_by,
            row.issued_at, row.checksum,
        )
        for row in rows
    )  # fmt: skip
    return writer.table("certificates.csv", head, iter(made))


def records_table(db: Db, scope: Scope, writer: Writer) -> tuple[Table, list[int]]:
    """Return training held elsewhere, of any day, since it may still be valid; with the ids of the records."""
    query = RECORD_ROWS
    if scope.course_id is not None:
        query = query.where(RECORDS.c.course_id == scope.course_id)
    rows = [tuple(row) for row in db.execute(query, {"people": list(scope.people)})]
    head = (
        "employee_no", "name", "course", "title", "held_on", "provider", "number", "expires_on", "recorded_by",
        "recorded_at",
    )  # fmt: skip
    return writer.table("records.csv", head, (row[:-1] for row in rows)), [row[-1] for row in rows]


def requirements_table(db: Db, scope: Scope, writer: Writer) -> Table:
    """Return the rules that stand today; those of one person only where the pack is about them."""
    people = set(scope.people)
    rows = (
        tuple(row[:-2])
        for row in db.execute(RULE_ROWS)
        if scope.course_id in (None, row[-2]) and (row[-1] is None or row[-1] in people)
    )
    head = (
        "course", "title", "job_role", "department", "site", "employee_no", "grace_days", "exempt", "reason", "since",
        "until",
    )  # fmt: skip
    return writer.table("requirements.csv", head, rows)


def waivers_table(db: Db, scope: Scope, writer: Writer) -> Table:
    """Return what was accepted of the sessions although it warned, and why."""
    head = ("session", "code", "subject", "reason", "waived_by", "waived_at", "ended_at")
    rows = db.execute(WAIVER_ROWS, {"sessions": [sheet.session_id for sheet in scope.sheets]})
    return writer.table("waivers.csv", head, (tuple(row) for row in rows))


def qualifications_table(db: Db, scope: Scope, writer: Writer) -> tuple[Table, list[int]]:
    """Return of each session whether its trainers were qualified on its day; with the ids of the qualifications."""
    trainers = sorted({trainer for sheet in scope.sheets for trainer in sheet.trainer_ids})
    known = {(row[0], row[1]): row for row in db.execute(QUALIFIED, {"trainers": trainers})}
    rows, used = [], set[int]()
    for sheet in scope.sheets:
        for trainer, name in zip(sheet.trainer_ids, sheet.trainers, strict=True):
            found = known.get((trainer, sheet.course_id))
            code, begins, ends = (found[2], found[3], found[4]) if found else ("", None, None)
            day = writer.day_of(sheet.starts_at)
            holds = found is not None and (begins or day) <= day <= (ends or day)
            rows.append((sheet.ref, sheet.course_code, day, code, name, begins, ends, holds))
            used |= {found[5]} if found else set()
    head = ("session", "course", "day", "trainer", "name", "valid_from", "valid_until", "qualified")
    return writer.table("qualifications.csv", head, iter(rows)), sorted(used)
