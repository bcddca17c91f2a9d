"""People who are trained, their compliance per course, and the emergency contacts that are kept apart."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Flag, SortText, Versioned, limited, one_of
from trainer_desk.models.enums import ComplianceStatus


class Person(Versioned, Base):
    """Somebody of the organisation; `search` and `sort_name` are stored keys made by rules.names."""

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


class Contact(Base):
    """Whom to call in an emergency; a table of its own, because few may read it."""

    __tablename__ = "contacts"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(sa.Text)
    phone: Mapped[str | None] = mapped_column(sa.Text)


class ComplianceItem(Base):
    """What a person holds for a course; `sort_name` repeats the person's, so that the picker reads one index."""

    __tablename__ = "compliance_items"
    __table_args__ = (
        one_of("status", ComplianceStatus, "status"),
        sa.Index("ix_compliance_items_walk", "course_id", "status", "expires_on", "sort_name", "person_id"),
        sa.Index("ix_compliance_items_person_id", "person_id"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(sa.Text)
    expires_on: Mapped[dt.date | None] = mapped_column(Day)
    sort_name: Mapped[str] = mapped_column(SortText)
