"""Courses and the resources that teach them: trainers, venues and equipment share one table and one set of codes."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Flag, SortText, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import OverlapPolicy, PrerequisitePolicy, ResourceKind, VenueKind


class Course(Versioned, Base):
    """What is taught; lengths in minutes, validity in months, `expiring_days` before the last valid day.

    `prerequisite_policy` is what happens to who does not hold the prerequisite; empty: it blocks (N5).
    """

    __tablename__ = "courses"
    __table_args__ = (
        sa.UniqueConstraint("code"),
        one_of("overlap_policy", OverlapPolicy, "overlap_policy"),
        one_of("prerequisite_policy", PrerequisitePolicy, "prerequisite_policy"),
        sa.CheckConstraint("duration_minutes BETWEEN 1 AND 1440", name="duration_minutes"),
        sa.CheckConstraint("validity_months IS NULL OR validity_months > 0", name="validity_months"),
        sa.CheckConstraint("expiring_days >= 0", name="expiring_days"),
        sa.CheckConstraint("default_capacity IS NULL OR default_capacity > 0", name="default_capacity"),
        sa.CheckConstraint("minimum IS NULL OR minimum >= 0", name="minimum"),
        limited("code", 60),
        limited("title", 200),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    code: Mapped[str] = mapped_column(sa.Text)
    title: Mapped[str] = mapped_column(sa.Text)
    short_code: Mapped[str] = mapped_column(sa.Text, server_default="")
    category: Mapped[str] = mapped_column(sa.Text, server_default="")
    description: Mapped[str | None] = mapped_column(sa.Text)
    duration_minutes: Mapped[int] = mapped_column(sa.Integer, server_default="60")
    validity_months: Mapped[int | None] = mapped_column(sa.Integer)
    expiring_days: Mapped[int] = mapped_column(sa.Integer, server_default="60")
    default_capacity: Mapped[int | None] = mapped_column(sa.Integer)
    minimum: Mapped[int | None] = mapped_column(sa.Integer)
    requires_intake: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    requires_result: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    sign_up: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    overlap_policy: Mapped[str] = mapped_column(sa.Text, server_default=OverlapPolicy.WARN.value)
    prerequisite_id: Mapped[int | None] = mapped_column(sa.ForeignKey("courses.id"))
    renews_id: Mapped[int | None] = mapped_column(sa.ForeignKey("courses.id"))
    active: Mapped[bool] = mapped_column(Flag, server_default=sa.text("true"))
    prerequisite_policy: Mapped[str | None] = mapped_column(sa.Text, sort_order=100)


class Category(Base):
    """The colour of a category of courses: `hue` 0 to 7, or empty for the one that its place among the names gives."""

    __tablename__ = "categories"
    __table_args__ = (sa.CheckConstraint("hue IS NULL OR hue BETWEEN 0 AND 7", name="hue"), STRICT)

    name: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    hue: Mapped[int | None] = mapped_column(sa.Integer)


class ChecklistItem(Versioned, Base):
    """Something to see to before each session of a course, `days_before` its start; `place` is the order (S12)."""

    __tablename__ = "checklist_items"
    __table_args__ = (
        sa.CheckConstraint("days_before BETWEEN 0 AND 365", name="days_before"),
        limited("words", 200),
        sa.Index("ix_checklist_items_course_id", "course_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    place: Mapped[int] = mapped_column(sa.Integer)
    words: Mapped[str] = mapped_column(sa.Text)
    days_before: Mapped[int] = mapped_column(sa.Integer)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class Resource(Versioned, Base):
    """Whatever a session can take for itself; its row is the lock that claims queue on."""

    __tablename__ = "resources"
    __table_args__ = (
        sa.UniqueConstraint("code"),
        one_of("kind", ResourceKind, "kind"),
        limited("code", 60),
        limited("name", 200),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(sa.Text)
    code: Mapped[str] = mapped_column(sa.Text)
    name: Mapped[str] = mapped_column(sa.Text)
    sort_name: Mapped[str] = mapped_column(SortText)
    active: Mapped[bool] = mapped_column(Flag, server_default=sa.text("true"))


class Trainer(Base):
    """The trainer's half of a resource; `weekly_hours` is the personal target."""

    __tablename__ = "trainers"
    __table_args__ = (
        sa.CheckConstraint("weekly_hours IS NULL OR weekly_hours BETWEEN 0 AND 168", name="weekly_hours"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.ForeignKey("resources.id"), primary_key=True, autoincrement=False)
    weekly_hours: Mapped[int | None] = mapped_column(sa.Integer)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))


class Venue(Base):
    """The venue's half of a resource; turnaround in minutes after each session's end.

    `present` counts the people checked in and is kept by a trigger (K9). `presence_seconds` is how long a presence
    lives without a sign; empty: the default of the venue's kind.
    """

    __tablename__ = "venues"
    __table_args__ = (
        one_of("kind", VenueKind, "kind"),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        sa.CheckConstraint("occupancy_limit IS NULL OR occupancy_limit > 0", name="occupancy_limit"),
        sa.CheckConstraint("turnaround_minutes BETWEEN 0 AND 1440", name="turnaround_minutes"),
        sa.CheckConstraint("part_of_id IS NULL OR part_of_id <> id", name="not_its_own_part"),
        sa.CheckConstraint("present >= 0 AND (occupancy_limit IS NULL OR present <= occupancy_limit)", name="present"),
        sa.CheckConstraint("presence_seconds IS NULL OR presence_seconds > 0", name="presence_seconds"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.ForeignKey("resources.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.Text, server_default=VenueKind.ROOM.value)
    capacity: Mapped[int | None] = mapped_column(sa.Integer)
    occupancy_limit: Mapped[int | None] = mapped_column(sa.Integer)
    part_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    turnaround_minutes: Mapped[int] = mapped_column(sa.Integer, server_default="0")
    site: Mapped[str] = mapped_column(sa.Text, server_default="")
    present: Mapped[int] = mapped_column(sa.Integer, server_default="0")
    presence_seconds: Mapped[int | None] = mapped_column(sa.Integer)


class Qualification(Versioned, Base):
    """A trainer may teach a course; `valid_until` is the last valid day (C5)."""

    __tablename__ = "qualifications"
    __table_args__ = (
        sa.UniqueConstraint("trainer_id", "course_id"),
        sa.CheckConstraint("valid_from IS NULL OR valid_until IS NULL OR valid_until >= valid_from", name="order"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    trainer_id: Mapped[int] = mapped_column(sa.ForeignKey("trainers.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), index=True)
    valid_from: Mapped[dt.date | None] = mapped_column(Day)
    valid_until: Mapped[dt.date | None] = mapped_column(Day)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=100)


class Setting(Base):
    """One setting of the organisation, as text; an empty one is not set."""

    __tablename__ = "settings"
    __table_args__ = (STRICT,)

    key: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    value: Mapped[str] = mapped_column(sa.Text)
