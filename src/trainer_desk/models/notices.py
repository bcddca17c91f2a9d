"""Notices: what an account is told behind the bell, kept until it is seen (D6)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Big, Utc, one_of
from trainer_desk.models.enums import NoticeKind


class Notice(Base):
    """One thing told to one account; derived from what happened, so in no journal (D6).

    Instants are UTC: `at` when it happened, `starts_at` the session's start then, `was_at` its start before a move,
    `until_at` the end of an offer. `lead_minutes` is how long before the start a reminder comes. `actor` did it.
    """

    __tablename__ = "notices"
    __table_args__ = (
        one_of("kind", NoticeKind, "kind"),
        sa.Index("ix_notices_account_id", "account_id", "seen_at", "id"),
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
    was_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    until_at: Mapped[dt.datetime | None] = mapped_column(Utc)
    lead_minutes: Mapped[int | None] = mapped_column(sa.Integer)
    seen_at: Mapped[dt.datetime | None] = mapped_column(Utc)
