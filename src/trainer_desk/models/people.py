"""People who are trained, their intakes and compliance, and the emergency contacts that are kept apart."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Flag, SortText, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import ComplianceStatus


class Person(Versioned, Base):
    """Somebody of the organisation; `search` and `sort_name` are stored keys made by rules.names.

    `placed_on` is the day on which they took up their present place (job role, department, site) or came back; days
    of grace count from it, and without it they are long over (N1). `intake_on` is the day of the newest intake.
    """

    __tablename__ = "people"
    __table_args__ = (
        sa.UniqueConstraint("employee_no"),
        sa.Index("ix_people_sort_name", "sort_name", "id"),
        limited("employee_no", 60),
        limited("name", 200),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    employee_no: Mapped[str] = mapped_column(sa.Text)
    name: Mapped[str] = mapped_column(sa.Text)
    department: Mapped[str] = mapped_column(sa.Text, server_default="")
    site: Mapped[str] = mapped_column(sa.Text, server_default="")
    job_role: Mapped[str] = mapped_column(sa.Text, server_default="")
    manager_no: Mapped[str | None] = mapped_column(sa.Text)
    email: Mapped[str | None] = mapped_column(sa.Text)
    phone: Mapped[str | None] = mapped_column(sa.Text)
    intake_on: Mapped[dt.date | None] = mapped_column(Day)
    active: Mapped[bool] = mapped_column(Flag, server_default=sa.text("true"))
    search: Mapped[str] = mapped_column(SortText)
    sort_name: Mapped[str] = mapped_column(SortText)
    placed_on: Mapped[dt.date | None] = mapped_column(Day, sort_order=100)


class Contact(Base):
    """Whom to call in an emergency; a table of its own, because few may read it."""

    __tablename__ = "contacts"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(sa.Text)
    phone: Mapped[str | None] = mapped_column(sa.Text)


class ContactLook(Base):
    """Somebody looked at a person's emergency contact (UTC); kept for ever (A4)."""

    __tablename__ = "contact_looks"
    __table_args__ = (sa.Index("ix_contact_looks_person_id", "person_id"), STRICT)

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    looked_at: Mapped[dt.datetime] = mapped_column(Utc)
    looked_by: Mapped[str] = mapped_column(sa.Text)


class Intake(Versioned, Base):
    """An intake on file: somebody was talked to before a training, on a day, with a note (K12)."""

    __tablename__ = "intakes"
    __table_args__ = (limited("note", 4000), sa.Index("ix_intakes_person_id", "person_id"), STRICT)

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    held_on: Mapped[dt.date] = mapped_column(Day)
    note: Mapped[str | None] = mapped_column(sa.Text)
    recorded_at: Mapped[dt.datetime] = mapped_column(Utc)
    recorded_by: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class ComplianceItem(Base):
    """What a person holds for a course, derived from rules, attestations and records; never edited by hand (N1).

    `due_on` is the last day on which a pending item is pending, `counts_from` the day before which the item is no
    reason to train anybody; both may be empty. `sort_name` repeats the person's, so that the picker reads one index.
    """

    __tablename__ = "compliance_items"
    __table_args__ = (
        one_of("status", ComplianceStatus, "status"),
        sa.Index(
            "ix_compliance_items_walk",
            "course_id",
            "status",
            "expires_on",
            "sort_name",
            "person_id",
            "due_on",
            "counts_from",
        ),
        sa.Index("ix_compliance_items_person_id", "person_id"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(sa.Text)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    sort_name: Mapped[str] = mapped_column(SortText)
    due_on: Mapped[dt.date | None] = mapped_column(Day, sort_order=100)
    counts_from: Mapped[dt.date | None] = mapped_column(Day, sort_order=100)
