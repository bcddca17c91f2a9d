"""The ground under all tables: naming of constraints and the column types that behave alike on both databases."""

import datetime as dt
import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[dt.datetime]):
    """An instant, UTC, to the second: timestamptz on PostgreSQL, `YYYY-MM-DDTHH:MM:SSZ` text on SQLite.

    A value without an offset is refused with ValueError: it would be a wall clock that nobody named.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs an offset")
        instant = value.astimezone(dt.UTC)
        if dialect.name == "sqlite":
            return instant.isoformat(timespec="seconds")[: len("YYYY-MM-DDTHH:MM:SS")] + "Z"
        return instant.replace(microsecond=0)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value)
        return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else None


class Day(TypeDecorator[dt.date]):
    """A calendar day: date on PostgreSQL, `YYYY-MM-DD` text on SQLite."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Date())

    def process_bind_param(self, value: dt.date | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        return value.isoformat() if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.date | None:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """Yes or no: boolean on PostgreSQL, 0 or 1 on SQLite (strict tables know no BOOLEAN)."""

    impl = sa.Boolean
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.Boolean())

    def process_bind_param(self, value: bool | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        return int(value) if dialect.name == "sqlite" else bool(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> bool | None:
        return None if value is None else bool(value)


class Xid(sa.types.UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id, by which journal triggers find the open change."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"


class JsonText(TypeDecorator[Any]):
    """Free-form JSON: jsonb on PostgreSQL, text on SQLite (strict tables know no JSON)."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Text())
        # The server's types cost a start with a file a fiftieth of a second.
        from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        return json.dumps(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        return json.loads(value) if isinstance(value, str) and dialect.name == "sqlite" else value


Big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SortText = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that is compared by its bytes on both databases, for stored search and sort keys."""


class Base(DeclarativeBase):
    """All tables; strict on SQLite, so that a number column takes numbers only."""

    metadata = sa.MetaData(naming_convention=NAMES)


STRICT = {"sqlite_strict": True}


def one_of(column: str, values: type[StrEnum] | Iterable[str], name: str) -> sa.CheckConstraint:
    """A CHECK that keeps a text column to the words of an enum."""
    words = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({words})", name=name)


def limited(column: str, length: int) -> sa.CheckConstraint:
    """A CHECK on the length of a text, so that no client stores a novel in a name."""
    return sa.CheckConstraint(f"length({column}) <= {length}", name=f"{column}_length")


class Versioned:
    """What every editable row carries: its version and when it was made and last written (UTC instants)."""

    version: Mapped[int] = mapped_column(sa.Integer, nullable=False, server_default="1", sort_order=90)
    created_at: Mapped[dt.datetime] = mapped_column(Utc, nullable=False, sort_order=91)
    updated_at: Mapped[dt.datetime] = mapped_column(Utc, nullable=False, sort_order=92)
