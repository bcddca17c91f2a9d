"""The periods of a report as a table of a statement, on both databases."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from trainer_desk.models.base import Utc
from trainer_desk.services.rows.reports import Period
from trainer_desk.services.rules.times import day_bounds

PATHS = ("$[0]", "$[1]")
GIVEN = sa.bindparam("periods", type_=sa.Text())


class Spans(NamedTuple):
    """The table, and its columns: the place of a period and the UTC instants between which it lies."""

    table: sa.FromClause
    place: sa.ColumnElement[int]
    begins: sa.ColumnElement[Any]
    ends: sa.ColumnElement[Any]


def spans(dialect: str) -> Spans:
    """Return the table that reads what `spelled` wrote."""
    if dialect == "sqlite":
        each = sa.func.json_each(GIVEN).table_valued("key", "value", name="span")
        begins, ends = (sa.func.json_extract(each.c.value, path, type_=sa.Text()) for path in PATHS)
        return Spans(each, each.c.key, begins, ends)
    number, instant = sa.Integer(), sa.DateTime(timezone=True)
    given = sa.func.jsonb_to_recordset(sa.cast(GIVEN, _jsonb())).table_valued(
        sa.column("n", number), sa.column("begins", instant), sa.column("ends", instant), name="span"
    )
    table = given.render_derived(with_types=True)
    return Spans(table, table.c.n, table.c.begins, table.c.ends)


def spelled(periods: Sequence[Period], zone: ZoneInfo, dialect: sa.Dialect) -> str:
    """Write periods that follow each other, with the instants at which they begin and end in `zone`."""
    ends_at = day_bounds(periods[-1].last, zone)[1]
    begins = [day_bounds(one.first, zone)[0] for one in periods]
    pairs = list(zip(begins, [*begins[1:], ends_at], strict=True))
    if dialect.name == "sqlite":
        write = Utc().process_bind_param
        return json.dumps([[write(at, dialect) for at in pair] for pair in pairs])
    return json.dumps(
        [{"n": place, "begins": one.isoformat(), "ends": other.isoformat()} for place, (one, other) in enumerate(pairs)]
    )


def _jsonb() -> sa.types.TypeEngine[object]:
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415 - a start with a file needs no server's types

    return JSONB()
