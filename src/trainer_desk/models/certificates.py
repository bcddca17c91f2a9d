"""Certificates: what a completed session proves of a person, frozen as it was (A5)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, JsonText, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import CertificateEnd, Result


class Certificate(Versioned, Base):
    """One revision of a numbered certificate; only `withdrawn_at` and `withdrawn_why` ever change (A5).

    `held_from` and `held_on` are the first and last day, `minutes` the hours of all days, `expires_on` the last valid
    day (empty: never expires). Names are copies of the day of issue. `session_id` is the session of the last day,
    `run_id` is set when all days of a run made it. `days` tells of each day what made the certificate (`DayHeld`).
    `certified_at` (UTC) is when it was earned, which a re-issue keeps. `checksum` is taken over what is frozen.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        sa.UniqueConstraint("number", "revision"),
        one_of("withdrawn_why", CertificateEnd, "withdrawn_why"),
        one_of("result", Result, "result"),
        sa.CheckConstraint("held_from <= held_on", name="order"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
        sa.CheckConstraint("revision >= 1", name="revision"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name="withdrawn"),
        limited("number", 60),
        limited("reason", 2000),
        sa.Index("ix_certificates_course_id", "course_id", "person_id"),
        sa.Index("ix_certificates_person_id", "person_id"),
        sa.Index("ix_certificates_session_id", "session_id"),
        sa.Index(
            "uq_certificates_live",
            "number",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    number: Mapped[str] = mapped_column(sa.Text)
    revision: Mapped[int] = mapped_column(sa.Integer)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("runs.id"))
    held_from: Mapped[dt.date] = mapped_column(Day)
    held_on: Mapped[dt.date] = mapped_column(Day)
    minutes: Mapped[int] = mapped_column(sa.Integer)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    employee_no: Mapped[str] = mapped_column(sa.Text)
    person_name: Mapped[str] = mapped_column(sa.Text)
    course_code: Mapped[str] = mapped_column(sa.Text)
    course_title: Mapped[str] = mapped_column(sa.Text)
    trainer_name: Mapped[str] = mapped_column(sa.Text)
    organisation: Mapped[str] = mapped_column(sa.Text)
    result: Mapped[str | None] = mapped_column(sa.Text)
    score: Mapped[int | None] = mapped_column(sa.Integer)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    days: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    certified_at: Mapped[dt.datetime] = mapped_column(Utc)
    checksum: Mapped[str] = mapped_column(sa.Text)
    issued_at: Mapped[dt.datetime] = mapped_column(Utc)
    issued_by: Mapped[str] = mapped_column(sa.Text)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    withdrawn_why: Mapped[str | None] = mapped_column(sa.Text)
