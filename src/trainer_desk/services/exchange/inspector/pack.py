"""Writes the pack: one ZIP with a folder, every file in it listed with its SHA-256 (X6)."""

import datetime as dt
import io
import logging
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import IO, Protocol
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.attachments.looking import read_back
from trainer_desk.services.dashboard.matrix import CHUNK, load_courses, load_rows
from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange import table_out
from trainer_desk.services.exchange.file_names import safe_name
from trainer_desk.services.exchange.inspector import tables
from trainer_desk.services.exchange.inspector.scope import Scope, find_scope
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.people.certificates import certificates_between
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.services.rows.inspector import AttendanceSheet, PackAsked, PackFacts
from trainer_desk.services.rows.matrix import MatrixAsked, MatrixCell, MatrixCourse, MatrixRow
from trainer_desk.services.rules.times import local
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

LOG = logging.getLogger(__name__)
SUMS = "SHA256SUMS"
ATTACHED = Base.metadata.tables["attachments"]
FILES = (
    sa.select(ATTACHED.c.id, ATTACHED.c.name)
    .where(
        ATTACHED.c.deleted_at.is_(None),
        sa.or_(
            Among(ATTACHED.c.session_id, "sessions"),
            Among(ATTACHED.c.record_id, "records"),
            Among(ATTACHED.c.qualification_id, "qualifications"),
        ),
    )
    .order_by(ATTACHED.c.id)
)
"""What proves something; files of intakes are nobody's business, and stay out."""

Contents = Iterator[tuple[str, bytes]]


class Hands(Protocol):
    """What puts a pack into words and on paper; services know neither."""

    def about(self, facts: PackFacts, names: Collection[str]) -> str:
        """Return what the pack says of itself and of the files in it."""

    def cell(self, cell: MatrixCell | None) -> str:
        """Return the words of a cell of the matrix."""

    def certificates(self, rows: Sequence[CertificateRow], zone: ZoneInfo) -> bytes:
        """Return certificates as a PDF."""

    def attendance(self, facts: PackFacts, sheets: Sequence[AttendanceSheet]) -> bytes:
        """Return attendance sheets as a PDF."""

    def matrix(self, facts: PackFacts, courses: Sequence[MatrixCourse], rows: Sequence[MatrixRow]) -> bytes:
        """Return the matrix as a PDF."""


def save_pack(
    db: Db,
    path: Path,
    asked: PackAsked,
    hands: Hands,
    *,
    made_by: str,
    made_at: dt.datetime,
    step: Callable[[int], None] = lambda done: None,
) -> int:
    """Write a pack and return the number of its files; `made_at` is UTC.

    `step` hears how many are done; what it raises leaves nothing behind. Contacts and intakes are never in it. That it
    was made is written to the log. Raises what `find_scope`, `read_back` and `new_file` raise.
    """
    settings = load_settings(db)
    scope = find_scope(db, asked, settings.zone)
    facts = PackFacts(
        asked,
        scope.subject,
        settings.organisation,
        settings.zone,
        made_at,
        made_by,
        len(scope.people),
        len(scope.sheets),
    )
    with new_file(path) as stream:
        done = _write(stream.buffer, _contents(db, facts, scope, hands), hands, facts, step)
    LOG.info("inspector pack of %s, %s to %s, made by %s", scope.subject, asked.first, asked.last, made_by)
    return done


def folder_of(facts: PackFacts) -> str:
    """Return the name of the folder in the pack: of whom and of which days."""
    return f"{safe_name(facts.subject)}_{facts.asked.first.isoformat()}_{facts.asked.last.isoformat()}"


def _write(target: IO[bytes], contents: Contents, hands: Hands, facts: PackFacts, step: Callable[[int], None]) -> int:
    folder, stamp = folder_of(facts), local(facts.made_at, facts.zone).timetuple()[:6]
    sums: list[str] = []
    names: list[str] = []

    def about() -> Contents:
        """Yield what says what is in the pack, once that is known."""
        yield "README.txt", hands.about(facts, names).encode()

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in chain(contents, about()):
            pack.writestr(_entry(f"{folder}/{name}", stamp), content)
            names.append(name)
            sums.append(f"{sha256(content).hexdigest()}  {name}\n")
            step(len(sums))
        pack.writestr(_entry(f"{folder}/{SUMS}", stamp), "".join(sums))
    return len(sums) + 1


def _entry(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=stamp)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _contents(db: Db, facts: PackFacts, scope: Scope, hands: Hands) -> Contents:
    """Yield every file of the pack but what tells of the others, in the order in which they stand."""
    writer = tables.Writer(facts.zone)
    yield from _matrix(db, facts, scope, hands)
    certificates = certificates_between(db, scope.people, facts.asked.first, facts.asked.last, scope.course_id)
    yield _csv(tables.certificates_table(certificates, writer), facts.zone)
    if certificates:
        yield "certificates.pdf", hands.certificates(certificates, facts.zone)
    yield _csv(tables.attendance_table(scope, writer), facts.zone)
    if scope.sheets:
        yield "attendance.pdf", hands.attendance(facts, scope.sheets)
    records, record_ids = tables.records_table(db, scope, writer)
    qualifications, qualification_ids = tables.qualifications_table(db, scope, writer)
    rules, waivers = tables.requirements_table(db, scope, writer), tables.waivers_table(db, scope, writer)
    yield from (_csv(table, facts.zone) for table in (records, qualifications, rules, waivers))
    owners = {
        "sessions": [sheet.session_id for sheet in scope.sheets],
        "records": record_ids,
        "qualifications": qualification_ids,
    }
    for key, name in db.execute(FILES, owners).all():
        yield f"attachments/A{key}_{safe_name(name)}", read_back(db, key).content


def _matrix(db: Db, facts: PackFacts, scope: Scope, hands: Hands) -> Contents:
    """Yield who stood how on the last day, as a table and on paper."""
    today = local(facts.made_at, facts.zone).date()
    asked = MatrixAsked(facts.asked.last, today, courses=() if scope.course_id is None else (scope.course_id,))
    courses = load_courses(db, asked)
    rows: list[MatrixRow] = []
    for start in range(0, len(scope.people), CHUNK):
        rows += load_rows(db, scope.people[start : start + CHUNK], asked, courses)
    used = {course for row in rows for course in row.cells}
    courses = [course for course in courses if course.id in used or course.id == scope.course_id]
    head = ("employee_no", "name", "department", "site", "job_role", *(course.code for course in courses))
    lines = [
        [row.employee_no, row.name, row.department, row.site, row.job_role]
        + [hands.cell(row.cells.get(course.id)) for course in courses]
        for row in rows
    ]
    yield _csv(tables.Table("matrix.csv", head, lines), facts.zone)
    if rows and courses:
        yield "matrix.pdf", hands.matrix(facts, courses, rows)


def _csv(table: tables.Table, zone: ZoneInfo) -> tuple[str, bytes]:
    stream = io.StringIO(newline="")
    table_out.write_csv(stream, table_out.Table(table.head, table.rows), zone, table_out.PLAIN)
    return table.name, stream.getvalue().encode("utf-8-sig")
