"""The journal's tables: one row per change, one image pair per row that it touched; triggers alone write them (U4)."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from trainer_desk.models.base import STRICT, Base, Big, JsonText, Utc, Xid, one_of
from trainer_desk.models.enums import ChangeKind


class Change(Base):
    """Who did what and when (UTC), in one transaction; `op_key` makes a repeated write impossible."""

    __tablename__ = "changes"
    __table_args__ = (
        sa.UniqueConstraint("op_key"),
        sa.UniqueConstraint("undoes"),
        one_of("kind", ChangeKind, "kind"),
        sa.Index("ix_changes_actor_id", "actor", "id"),
        sa.Index("ix_changes_xid", "xid"),
        {"sqlite_strict": True, "sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    actor: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(Utc)
    label: Mapped[str] = mapped_column(sa.Text)
    op_key: Mapped[str | None] = mapped_column(sa.Text)
    undoes: Mapped[int | None] = mapped_column(Big, sa.ForeignKey("changes.id"))
    kind: Mapped[str] = mapped_column(sa.Text, server_default=ChangeKind.DO.value)
    xid: Mapped[str | None] = mapped_column(Xid().with_variant(sa.Text(), "sqlite"))


class ChangeRow(Base):
    """A row before and after a change, as JSON without version, times of writing and counters."""

    __tablename__ = "change_rows"
    __table_args__ = (
        sa.Index("ix_change_rows_tbl_pk_id", "tbl", "pk", "id"),
        sa.Index("ix_change_rows_change_id", "change_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Big, primary_key=True)
    change_id: Mapped[int] = mapped_column(Big, sa.ForeignKey("changes.id"))
    tbl: Mapped[str] = mapped_column(sa.Text)
    pk: Mapped[str] = mapped_column(sa.Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
