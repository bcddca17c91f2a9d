"""Booking requests: somebody asks for a session, and a supervisor accepts or declines (Q1)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import RequestStatus


class BookingRequest(Versioned, Base):
    """What is wished for; everything but the course may be left open (Q1).

    `people` is a mere number, named people stand in `booking_request_people`. `run_id` is the run that is wished.
    An accepted request names what it became: `session_id`, or `into_run_id` for a whole run. A session that was made
    by it points back by `sessions.booking_request_id`; one that was there before does not.
    """

    __tablename__ = "booking_requests"
    __table_args__ = (
        one_of("status", RequestStatus, "status"),
        sa.CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at", name="order"),
        sa.CheckConstraint("people IS NULL OR people BETWEEN 1 AND 10000", name="people"),
        sa.CheckConstraint("status <> 'DECLINED' OR decision_reason IS NOT NULL", name="reason"),
        sa.CheckConstraint(
            "(status = 'ACCEPTED') = (session_id IS NOT NULL OR into_run_id IS NOT NULL)", name="accepted"
        ),
        sa.CheckConstraint("(status = 'DRAFT') = (decided_at IS NULL)", name="decided"),
        limited("reason", 2000),
        limited("decision_reason", 2000),
        sa.Index("ix_booking_requests_requested_by", "requested_by", "status"),
        sa.Index("ix_booking_requests_status", "status", "requested_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("courses.id"))
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainers.id"))
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("runs.id"))
    starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    people: Mapped[int | None] = mapped_column(sa.Integer)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    status: Mapped[str] = mapped_column(sa.Text, server_default=RequestStatus.DRAFT.value)
    requested_by: Mapped[str] = mapped_column(sa.Text)
    requested_at: Mapped[dt.datetime] = mapped_column(Utc)
    decided_by: Mapped[str | None] = mapped_column(sa.Text)
    decided_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    decision_reason: Mapped[str | None] = mapped_column(sa.Text)
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id", use_alter=True))
    into_run_id: Mapped[int | None] = mapped_column(sa.ForeignKey("runs.id"))


class BookingRequestPerson(Base):
    """A person whom a request names; a pure link that may be deleted (Q1)."""

    __tablename__ = "booking_request_people"
    __table_args__ = (STRICT,)

    booking_request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("booking_requests.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("people.id"), primary_key=True, autoincrement=False, index=True
    )
