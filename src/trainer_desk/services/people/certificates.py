"""Reads certificates, issues them and withdraws them; no revision is ever deleted (A5)."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base
from trainer_desk.models.enums import CertificateEnd, Result
from trainer_desk.services.errors import NotFound
from trainer_desk.services.rows.certificates import CertificateRow, DayHeld
from trainer_desk.services.rules.certificates import FROZEN, checksum_of
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.lists import Among

CERTIFICATES = Base.metadata.tables["certificates"]
COLUMNS = (*FROZEN, "id", "checksum", "withdrawn_at", "withdrawn_why", "version")
ROWS = sa.select(*(CERTIFICATES.c[name] for name in COLUMNS))
LIVE = CERTIFICATES.c.withdrawn_at.is_(None)
LAST = (
    sa.select(CERTIFICATES.c.number, sa.func.max(CERTIFICATES.c.revision))
    .where(Among(CERTIFICATES.c.number, "numbers"))
    .group_by(CERTIFICATES.c.number)
)
END = (
    sa.update(CERTIFICATES)
    .where(CERTIFICATES.c.id == sa.bindparam("key"), LIVE)
    .values(
        withdrawn_at=sa.bindparam("at"),
        withdrawn_why=sa.bindparam("why"),
        version=CERTIFICATES.c.version + 1,
        updated_at=sa.bindparam("at"),
    )
)


def load_certificate(db: Db, certificate_id: int) -> CertificateRow:
    """Return one revision, whether it counts or not. Raises NotFound."""
    found = _rows(db, CERTIFICATES.c.id == sa.bindparam("key"), {"key": certificate_id})
    if not found:
        raise NotFound(kind="certificate", key=f"#{certificate_id}")
    return found[0]


def certificates_of(db: Db, person_id: int) -> tuple[CertificateRow, ...]:
    """Return all revisions of a person's certificates, the latest training and the latest revision first."""
    found = _rows(db, CERTIFICATES.c.person_id == sa.bindparam("person_id"), {"person_id": person_id})
    return tuple(sorted(found, key=lambda row: (row.held_on, row.number, row.revision), reverse=True))


def live_certificates(db: Db, course_id: int, people: Collection[int] | None = None) -> list[CertificateRow]:
    """Return the certificates of a course that count, of these people or (None) of all."""
    condition = sa.and_(LIVE, CERTIFICATES.c.course_id == sa.bindparam("course_id"))
    if people is None:
        return _rows(db, condition, {"course_id": course_id})
    condition = sa.and_(condition, Among(CERTIFICATES.c.person_id, "people"))
    return _rows(db, condition, {"course_id": course_id, "people": sorted(people)})


def all_certificates(db: Db) -> list[CertificateRow]:
    """Return every revision that was ever issued."""
    return _rows(db, sa.true(), {})


def session_certificates(db: Db, session_ids: Collection[int]) -> list[CertificateRow]:
    """Return the certificates that count and end with these sessions, by session and name."""
    condition = sa.and_(LIVE, Among(CERTIFICATES.c.session_id, "ids"))
    found = _rows(db, condition, {"ids": sorted(session_ids)})
    return sorted(found, key=lambda row: (row.held_on, row.session_id, row.person_name, row.employee_no))


def certificates_between(
    db: Db, people: Collection[int], first: dt.date, last: dt.date, course_id: int | None = None
) -> list[CertificateRow]:
    """Return what counts of these people and was valid on any day from `first` to `last`, of one course or of all."""
    condition = sa.and_(
        LIVE,
        Among(CERTIFICATES.c.person_id, "people"),
        CERTIFICATES.c.held_on <= last,
        sa.or_(CERTIFICATES.c.expires_on.is_(None), CERTIFICATES.c.expires_on >= first),
    )
    if course_id is not None:
        condition = sa.and_(condition, CERTIFICATES.c.course_id == course_id)
    found = _rows(db, condition, {"people": sorted(people)})
    return sorted(found, key=lambda row: (row.person_name, row.employee_no, row.course_code, row.held_on))


def last_revisions(db: Db, numbers: Collection[str]) -> dict[str, int]:
    """Return the last revision of each of these numbers; a number that was never given is left out."""
    return dict(db.execute(LAST, {"numbers": sorted(numbers)}).all()) if numbers else {}


def store_certificates(db: DbSession, rows: Sequence[CertificateRow], now: dt.datetime) -> None:
    """Write new revisions with the checksum of what they say; their ids are given by the database."""
    values = []
    for row in rows:
        frozen = {name: getattr(row, name) for name in FROZEN} | {"days": [day.to_json() for day in row.days]}
        values.append(frozen | {"checksum": checksum_of(row), "created_at": now, "updated_at": now})
    if values:
        db.execute(sa.insert(CERTIFICATES), values)


def withdraw_certificates(
    db: DbSession, ends: Iterable[tuple[CertificateRow, CertificateEnd]], now: dt.datetime
) -> None:
    """Write that these revisions count no more, and why."""
    values = [{"key": row.id, "at": now, "why": why.value} for row, why in ends]
    if values:
        db.connection().execute(END, values)


def _rows(db: Db, condition: sa.ColumnElement[bool] | Any, values: Mapping[str, Any]) -> list[CertificateRow]:
    found = db.execute(ROWS.where(condition).order_by(CERTIFICATES.c.id), values)
    return [_row(columns) for columns in found.mappings()]


def _row(columns: Mapping[Any, Any]) -> CertificateRow:
    values = {name: columns[name] for name in COLUMNS}
    values["days"] = tuple(DayHeld.from_json(day) for day in values["days"])
    values["result"] = values["result"] and Result(values["result"])
    values["withdrawn_why"] = values["withdrawn_why"] and CertificateEnd(values["withdrawn_why"])
    return CertificateRow(**values)
