"""Sessions, the resources they take, blocks of absence, and the people enrolled."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Big, Day, JsonText, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import (
    Attendance,
    EnrollmentState,
    Result,
    SessionRole,
    SessionStatus,
    WaitlistMode,
    WaitlistOrder,
    WithdrawnWhy,
)

DATED = (
    "status IN ('DRAFT', 'CANCELLED') OR (trainer_id IS NOT NULL AND venue_id IS NOT NULL"
    " AND starts_at IS NOT NULL AND ends_at IS NOT NULL AND ends_at > starts_at)"
)


class Session(Versioned, Base):
    """One planned training.

    The counters are kept by triggers and never written by hand (K3): `seats_taken` counts confirmed people, open
    offers and held seats, of which `seats_offered` and `seats_held` are the latter two; `waiting` counts the queue.
    `last_position` is the place that was given out last in the queue; a place is never used again (K5).
    `began_at` and `finished_at` (UTC) are when it was really started and completed (S4). `booking_request_id` is the
    request that made it; empty for what came from a draft (Q2). `series_day` is the day on which the rule of its
    series put it, wherever it was moved since (R3).
    """

    __tablename__ = "sessions"
    __table_args__ = (
        sa.UniqueConstraint("ref"),
        sa.UniqueConstraint("uuid"),
        one_of("status", SessionStatus, "status"),
        one_of("waitlist", WaitlistMode, "waitlist"),
        one_of("waitlist_order", WaitlistOrder, "waitlist_order"),
        sa.CheckConstraint(DATED, name="complete_when_published"),
        sa.CheckConstraint("capacity IS NULL OR capacity >= 1", name="capacity"),
        sa.CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="seats"),
        sa.CheckConstraint("seats_taken >= 0", name="seats_not_negative"),
        sa.CheckConstraint("seats_offered >= 0", name="seats_offered"),
        sa.CheckConstraint("seats_held >= 0", name="seats_held"),
        sa.CheckConstraint("waiting >= 0", name="waiting"),
        sa.CheckConstraint("minimum IS NULL OR minimum >= 0", name="minimum"),
        sa.CheckConstraint("deleted_at IS NULL OR status IN ('DRAFT', 'CANCELLED')", name="trash"),
        sa.CheckConstraint("status <> 'CANCELLED' OR cancel_reason IS NOT NULL", name="reason"),
        sa.CheckConstraint("began_at IS NULL OR status NOT IN ('DRAFT', 'SCHEDULED')", name="began"),
        sa.CheckConstraint("finished_at IS NULL OR status = 'COMPLETED'", name="finished"),
        sa.CheckConstraint("(series_id IS NULL) = (series_day IS NULL)", name="series"),
        limited("ref", 60),
        limited("title", 200),
        sa.Index("ix_sessions_starts_at", "starts_at", "ends_at"),
        sa.Index("ix_sessions_status_starts_at", "status", "starts_at"),
        sa.Index("ix_sessions_trainer_id_starts_at", "trainer_id", "starts_at"),
        sa.Index("ix_sessions_course_id_starts_at", "course_id", "starts_at"),
        sa.Index("ix_sessions_run_id", "run_id", "starts_at"),
        sa.Index(
            "ix_sessions_series_id",
            "series_id",
            "series_day",
            sqlite_where=sa.text("series_id IS NOT NULL"),
            postgresql_where=sa.text("series_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_sessions_booking_request_id",
            "booking_request_id",
            unique=True,
            sqlite_where=sa.text("booking_request_id IS NOT NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("booking_request_id IS NOT NULL AND deleted_at IS NULL"),
        ),
        {"sqlite_strict": True, "postgresql_with": {"fillfactor": "80"}},
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    uuid: Mapped[str] = mapped_column(sa.Text)
    ref: Mapped[str] = mapped_column(sa.Text)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    title: Mapped[str | None] = mapped_column(sa.Text)
    description: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.Text, server_default=SessionStatus.DRAFT.value)
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainers.id"))
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"), index=True)
    starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    capacity: Mapped[int | None] = mapped_column(sa.Integer)
    minimum: Mapped[int | None] = mapped_column(sa.Integer)
    decision_on: Mapped[dt.date | None] = mapped_column(Day)
    waitlist: Mapped[str] = mapped_column(sa.Text, server_default=WaitlistMode.OFF.value)
    waitlist_order: Mapped[str] = mapped_column(sa.Text, server_default=WaitlistOrder.JOINED.value)
    notes: Mapped[str | None] = mapped_column(sa.Text)
    extra: Mapped[dict[str, Any] | None] = mapped_column("metadata", JsonText)
    cancel_reason: Mapped[str | None] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    seats_taken: Mapped[int] = mapped_column(sa.Integer, server_default="0")
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("runs.id"), sort_order=100)
    seats_offered: Mapped[int] = mapped_column(sa.Integer, server_default="0", sort_order=100)
    seats_held: Mapped[int] = mapped_column(sa.Integer, server_default="0", sort_order=100)
    waiting: Mapped[int] = mapped_column(sa.Integer, server_default="0", sort_order=100)
    last_position: Mapped[int] = mapped_column(Big, server_default="0", sort_order=100)
    booking_request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking_requests.id"), sort_order=101)
    began_at: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=101)
    finished_at: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=101)
    series_id: Mapped[int | None] = mapped_column(sa.ForeignKey("series.id"), sort_order=102)
    series_day: Mapped[dt.date | None] = mapped_column(Day, sort_order=102)


class SessionResource(Base):
    """A co-trainer or a piece of equipment of a session; a pure link that may be deleted."""

    __tablename__ = "session_resources"
    __table_args__ = (one_of("role", SessionRole, "role"), STRICT)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"), primary_key=True, autoincrement=False)
    resource_id: Mapped[int] = mapped_column(
        sa.ForeignKey("resources.id"), primary_key=True, autoincrement=False, index=True
    )
    role: Mapped[str] = mapped_column(sa.Text)


class Block(Versioned, Base):
    """Leave, a closure or, without a resource, a holiday of the whole organisation (C4)."""

    __tablename__ = "blocks"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("length(source_uid) <= 500", name="source_uid"),
        sa.Index("ix_blocks_starts_at", "starts_at", "ends_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    resource_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resources.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime] = mapped_column(Utc)
    reason: Mapped[str] = mapped_column(sa.Text, server_default="")
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    source_uid: Mapped[str | None] = mapped_column(sa.Text)
    """The UID of the event of a calendar file that it came from; one that comes again has it on several rows."""


class Claim(Base):
    """A resource is taken for a time, by a session or a block; derived, written by planning.claims alone (C1, C2)."""

    __tablename__ = "claims"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="order"),
        sa.CheckConstraint("(session_id IS NULL) <> (block_id IS NULL)", name="one_owner"),
        sa.Index("ix_claims_resource_id_starts_at", "resource_id", "starts_at", "ends_at"),
        sa.Index("ix_claims_session_id", "session_id"),
        sa.Index("ix_claims_block_id", "block_id"),
        sa.Index(
            "ix_claims_of_blocks",
            "resource_id",
            "starts_at",
            sqlite_where=sa.text("block_id IS NOT NULL"),
            postgresql_where=sa.text("block_id IS NOT NULL"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("resources.id"))
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"))
    block_id: Mapped[int | None] = mapped_column(sa.ForeignKey("blocks.id"))
    starts_at: Mapped[dt.datetime] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime] = mapped_column(Utc)


class Enrollment(Versioned, Base):
    """One person's place in one session, for ever: withdrawn rows stay and can be revived (K3, K4).

    `position` is the place in the queue, given by joining alone; the lower comes first. `offer_until` is the UTC
    instant at which an open offer ends. `skip_code` says why a waiter could not be seated when last looked at, and
    `skip_ref` names the session in the way (K5). `marked_at` (UTC) and `marked_by` tell who marked last (A3).
    """

    __tablename__ = "enrollments"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "person_id"),
        one_of("state", EnrollmentState, "state"),
        one_of("attendance", Attendance, "attendance"),
        one_of("result", Result, "result"),
        one_of("withdrawn_why", WithdrawnWhy, "withdrawn_why"),
        sa.CheckConstraint("state <> 'waitlisted' OR position IS NOT NULL", name="queued"),
        sa.CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name="offer"),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 1000", name="score"),
        sa.Index("ix_enrollments_person_id_state", "person_id", "state", "session_id"),
        sa.Index(
            "ix_enrollments_open",
            "session_id",
            "state",
            sqlite_where=sa.text("state IN ('waitlisted', 'offered')"),
            postgresql_where=sa.text("state IN ('waitlisted', 'offered')"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(sa.Text)
    position: Mapped[int | None] = mapped_column(Big)
    attendance: Mapped[str] = mapped_column(sa.Text, server_default=Attendance.REGISTERED.value)
    remarks: Mapped[str | None] = mapped_column(sa.Text)
    enrolled_at: Mapped[dt.datetime] = mapped_column(Utc)
    enrolled_by: Mapped[str] = mapped_column(sa.Text)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    withdrawn_by: Mapped[str | None] = mapped_column(sa.Text)
    offer_until: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=100)
    promoted_at: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=100)
    promoted_by: Mapped[str | None] = mapped_column(sa.Text, sort_order=100)
    withdrawn_why: Mapped[str | None] = mapped_column(sa.Text, sort_order=100)
    skip_code: Mapped[str | None] = mapped_column(sa.Text, sort_order=100)
    skip_ref: Mapped[str | None] = mapped_column(sa.Text, sort_order=100)
    result: Mapped[str | None] = mapped_column(sa.Text, sort_order=101)
    score: Mapped[int | None] = mapped_column(sa.Integer, sort_order=101)
    marked_at: Mapped[dt.datetime | None] = mapped_column(Utc, sort_order=101)
    marked_by: Mapped[str | None] = mapped_column(sa.Text, sort_order=101)


class SessionChecklistItem(Versioned, Base):
    """Something to see to before this session, copied from its course; `days_before` the day of its start (S12)."""

    __tablename__ = "session_checklist_items"
    __table_args__ = (
        sa.CheckConstraint("days_before BETWEEN 0 AND 365", name="days_before"),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
        limited("words", 200),
        sa.Index("ix_session_checklist_items_session_id", "session_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("sessions.id"))
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("checklist_items.id"))
    place: Mapped[int] = mapped_column(sa.Integer)
    words: Mapped[str] = mapped_column(sa.Text)
    days_before: Mapped[int] = mapped_column(sa.Integer)
    done_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    done_by: Mapped[str | None] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class Telling(Versioned, Base):
    """What a person was last told of a place, by whom and when (UTC); who was told something else must hear anew (D7).

    `state` is the place's, `status`, times and venue are the session's, as they were when it was told.
    """

    __tablename__ = "tellings"
    __table_args__ = (
        one_of("state", EnrollmentState, "state"),
        one_of("status", SessionStatus, "status"),
        STRICT,
    )

    enrollment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrollments.id"), primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.Text)
    starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    told_at: Mapped[dt.datetime] = mapped_column(Utc)
    told_by: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
