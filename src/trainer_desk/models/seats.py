"""Runs, held seats, breakout groups, presences at the door, and findings that somebody waived."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Flag, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import HoldEnd, PresenceEnd


class Run(Versioned, Base):
    """Sessions of a course that belong together; `people_taken` counts distinct people with a seat in them.

    The counter is kept by triggers; a cancelled or deleted session counts nowhere (K8).
    """

    __tablename__ = "runs"
    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.CheckConstraint("max_people IS NULL OR max_people >= 1", name="max_people"),
        sa.CheckConstraint("max_people IS NULL OR people_taken <= max_people", name="people"),
        sa.CheckConstraint("people_taken >= 0", name="people_not_negative"),
        sa.CheckConstraint("start_date IS NULL OR end_date IS NULL OR end_date >= start_date", name="order"),
        limited("code", 60),
        limited("name", 200),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    code: Mapped[str] = mapped_column(sa.Text)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"), index=True)
    name: Mapped[str] = mapped_column(sa.Text)
    start_date: Mapped[dt.date | None] = mapped_column(Day)
    end_date: Mapped[dt.date | None] = mapped_column(Day)
    max_people: Mapped[int | None] = mapped_column(sa.Integer)
    members_only: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    one_course: Mapped[bool] = mapped_column(Flag, server_default=sa.text("false"))
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    people_taken: Mapped[int] = mapped_column(sa.Integer, server_default="0")


class RunSeat(Base):
    """How many seats a person has in the sessions of a run; derived, written by triggers alone (K8)."""

    __tablename__ = "run_seats"
    __table_args__ = (sa.CheckConstraint("seats >= 0", name="seats"), STRICT)

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("runs.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    seats: Mapped[int] = mapped_column(sa.Integer)


class RunMember(Versioned, Base):
    """A person is on a run since an instant (UTC), whether or not they have a seat in its days (R1, R4)."""

    __tablename__ = "run_members"
    __table_args__ = (sa.Index("ix_run_members_person_id", "person_id"), STRICT)

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("runs.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    joined_at: Mapped[dt.datetime] = mapped_column(Utc)
    joined_by: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class SeatHold(Versioned, Base):
    """Seats kept free under a label until an instant (UTC); `seats` counts those that nobody took yet (K7)."""

    __tablename__ = "seat_holds"
    __table_args__ = (
        sa.CheckConstraint("seats >= 0", name="seats"),
        sa.CheckConstraint("ended_at IS NOT NULL OR seats >= 1", name="not_empty"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended"),
        one_of("ended_why", HoldEnd, "ended_why"),
        limited("label", 200),
        sa.Index("ix_seat_holds_session_id", "session_id"),
        sa.Index(
            "ix_seat_holds_open",
            "until_at",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    seats: Mapped[int] = mapped_column(sa.Integer)
    label: Mapped[str] = mapped_column(sa.Text)
    until_at: Mapped[dt.datetime] = mapped_column(Utc)
    held_by: Mapped[str] = mapped_column(sa.Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ended_why: Mapped[str | None] = mapped_column(sa.Text)


class Group(Versioned, Base):
    """A breakout inside a session; `members_taken` is kept by a trigger on its members (K10)."""

    __tablename__ = "groups"
    __table_args__ = (
        sa.CheckConstraint("capacity IS NULL OR capacity >= 1", name="capacity"),
        sa.CheckConstraint("capacity IS NULL OR members_taken <= capacity", name="members"),
        sa.CheckConstraint("members_taken >= 0", name="members_not_negative"),
        limited("name", 200),
        sa.Index(
            "uq_groups_session_id_name",
            "session_id",
            "name",
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    name: Mapped[str] = mapped_column(sa.Text)
    capacity: Mapped[int | None] = mapped_column(sa.Integer)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    members_taken: Mapped[int] = mapped_column(sa.Integer, server_default="0")


class GroupMember(Base):
    """A person of a session is in one of its groups; a pure link that may be deleted (K10)."""

    __tablename__ = "group_members"
    __table_args__ = (sa.Index("ix_group_members_group_id", "group_id"), STRICT)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"))


class Presence(Versioned, Base):
    """A person is in a room for a session; `lapses_at` (UTC) is when it ends without a sign of life (K9)."""

    __tablename__ = "presences"
    __table_args__ = (
        sa.CheckConstraint("(ended_at IS NULL) = (ended_why IS NULL)", name="ended"),
        one_of("ended_why", PresenceEnd, "ended_why"),
        sa.Index("ix_presences_session_id", "session_id", "person_id"),
        sa.Index(
            "uq_presences_person_id",
            "person_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(
            "ix_presences_venue_id",
            "venue_id",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    venue_id: Mapped[int] = mapped_column(sa.ForeignKey("venues.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Utc)
    entered_by: Mapped[str] = mapped_column(sa.Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ended_why: Mapped[str | None] = mapped_column(sa.Text)
    lapses_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class Waiver(Versioned, Base):
    """Somebody accepted a soft finding for a reason; void once one of the facts that it was given for differs (S9)."""

    __tablename__ = "waivers"
    __table_args__ = (
        limited("code", 60),
        limited("reason", 2000),
        sa.Index("ix_waivers_session_id", "session_id", "code"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    code: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text, server_default="")
    reason: Mapped[str] = mapped_column(sa.Text)
    starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainers.id"))
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    headcount: Mapped[int] = mapped_column(sa.Integer)
    waived_at: Mapped[dt.datetime] = mapped_column(Utc)
    waived_by: Mapped[str] = mapped_column(sa.Text)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Utc)
