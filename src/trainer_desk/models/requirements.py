"""Who must hold which course, and what says that they do: rules, attestations and training records (N1, N2)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Flag, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import ComplianceStatus


class Requirement(Versioned, Base):
    """A rule: whoever has this job role, department, site or is this person must hold the course, or is exempt (N1).

    Empty selectors mean everybody. `grace_days` count from `since`, or from the day a person took up their place.
    `until` is the last day of an exemption, which has a reason.
    """

    __tablename__ = "requirements"
    __table_args__ = (
        sa.CheckConstraint("grace_days IS NULL OR grace_days BETWEEN 0 AND 36500", name="grace_days"),
        sa.CheckConstraint("NOT exempt OR reason IS NOT NULL", name="reason"),
        sa.CheckConstraint("exempt OR until IS NULL", name="until"),
        limited("reason", 2000),
        sa.Index(
            "uq_requirements_of_all",
            "course_id", "job_role", "department", "site",
            unique=True,
            sqlite_where=sa.text("person_id IS NULL"),
            postgresql_where=sa.text("person_id IS NULL"),
        ),
        sa.Index(
            "uq_requirements_of_one",
            "person_id", "course_id", "job_role", "department", "site",
            unique=True,
            sqlite_where=sa.text("person_id IS NOT NULL"),
            postgresql_where=sa.text("person_id IS NOT NULL"),
        ),
        STRICT,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    job_role: Mapped[str] = mapped_column(sa.Text, server_default="")
    department: Mapped[str] = mapped_column(sa.Text, server_default="")
    site: Mapped[str] = mapped_column(sa.Text, server_default="")
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    grace_days: Mapped[int | None] = mapped_column(sa.Integer)
    exempt: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    until: Mapped[dt.date | None] = mapped_column(Day)
    since: Mapped[dt.date] = mapped_column(Day)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class Attestation(Versioned, Base):
    """What was said of a person and a course, by a file or by somebody; it settles all that was told before (N1).

    `expires_on` is the last valid day, `stated_at` (UTC) when it was said.
    """

    __tablename__ = "attestations"
    __table_args__ = (
        one_of("status", ComplianceStatus, "status"),
        sa.Index("ix_attestations_person_id", "person_id"),
        STRICT,
    )

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(sa.Text)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    stated_at: Mapped[dt.datetime] = mapped_column(Utc)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class TrainingRecord(Versioned, Base):
    """A training that a person had, elsewhere or before this program; it renews like a completion (N2, A5).

    `expires_on` is the last valid day; empty: the course's validity counts from `held_on`.
    """

    __tablename__ = "training_records"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "course_id", "held_on"),
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= held_on", name="order"),
        limited("provider", 200),
        limited("number", 100),
        sa.Index("ix_training_records_course_id", "course_id", "person_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    held_on: Mapped[dt.date] = mapped_column(Day)
    provider: Mapped[str | None] = mapped_column(sa.Text)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    number: Mapped[str | None] = mapped_column(sa.Text)
    recorded_at: Mapped[dt.datetime] = mapped_column(Utc)
    recorded_by: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
