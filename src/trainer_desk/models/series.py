"""Sessions that recur by a rule, and the days on which one was left out."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Day, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import SkipWhy


class Series(Versioned, Base):
    """Sessions of one rule; `sessions.series_id` names it (R3).

    `rule` is an RRULE (RFC 5545) without its start. The first day is `begins_on`, the wall clock of every start
    `begins_minute` minutes after midnight, both in `zone`: the organisation's when the series was made.
    """

    __tablename__ = "series"
    __table_args__ = (
        sa.CheckConstraint("begins_minute BETWEEN 0 AND 1439", name="begins_minute"),
        limited("rule", 500),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    rule: Mapped[str] = mapped_column(sa.Text)
    zone: Mapped[str] = mapped_column(sa.Text)
    begins_on: Mapped[dt.date] = mapped_column(Day)
    begins_minute: Mapped[int] = mapped_column(sa.Integer)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)


class SeriesSkip(Versioned, Base):
    """A day of the rule without a session, and why; `deleted_at` is when it was taken back (R3)."""

    __tablename__ = "series_skips"
    __table_args__ = (one_of("why", SkipWhy, "why"), STRICT)

    series_id: Mapped[int] = mapped_column(sa.ForeignKey("series.id"), primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(Day, primary_key=True)
    why: Mapped[str] = mapped_column(sa.Text)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Utc)
