"""Who may use the program, and in which role."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Utc, Versioned, limited, one_of
from trainer_desk.models.enums import Role


def _linked(column: str) -> sa.Index:
    """An index by which the few accounts of one person or trainer are found, of those that stand for somebody."""
    where = sa.text(f"{column} IS NOT NULL")
    return sa.Index(f"ix_accounts_{column}", column, sqlite_where=where, postgresql_where=where)


class Account(Versioned, Base):
    """A login with its one role, and which person or trainer that is; a disabled one is not signed in any more."""

    __tablename__ = "accounts"
    __table_args__ = (
        sa.UniqueConstraint("login"),
        one_of("role", Role, "role"),
        limited("login", 100),
        _linked("person_id"),
        _linked("trainer_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True)
    login: Mapped[str] = mapped_column(sa.Text)
    role: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("trainers.id"))
    disabled_at: Mapped[dt.datetime | None] = mapped_column(Utc)
