"""Notices: what an account is told behind the bell, kept until it is seen (D6)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Big, Utc, one_of
from trainer_desk.models.enums import NoticeKind


class Notice(Base):
    """One thing told to one account; written by triggers and derived from what happened, so in no journal (D6).

    Instants are UTC: `at` when it happened, `until_at` the end of an offer. Times and venue are the session's as they
    were then, those with `was_` as they had been before a move. `outcome` is what became of a request, or why a place
    ended. `lead_minutes` is how long before the start a reminder comes. `actor` did it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        one_of("kind", NoticeKind, "kind"),
        sa.Index("ix_notices_account_id", "account_id", "seen_at", "id"),
        sa.Index("ix_notices_session_id", "session_id"),
        sa.Index(
            "uq_notices_reminders",
            "account_id", "session_id", "starts_at", "lead_minutes",
            unique=True,
            sqlite_where=sa.text("kind = 'reminder'"),
            postgresql_where=sa.text("kind = 'reminder'"),
        ),
        STRICT,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"))
    kind: Mapped[str] = mapped_column(sa.Text)
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sessions.id"))
    booking_request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking_requests.id"))
    at: Mapped[dt.datetime] = mapped_column(Utc)
    actor: Mapped[str] = mapped_column(sa.Text)
    starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    was_starts_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    was_ends_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    was_venue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("venues.id"))
    until_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    outcome: Mapped[str | None] = mapped_column(sa.Text)
    lead_minutes: Mapped[int | None] = mapped_column(sa.Integer)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Utc)
