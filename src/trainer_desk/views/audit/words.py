"""What the list of all changes says; pure."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.journal.audit import AuditLine
from trainer_desk.texts import moment_text
from trainer_desk.texts.audit import heads, state_of
from trainer_desk.texts.history import table_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.row_model import Column

DAY, WEEK, MONTH, ALL = "day", "week", "month", "all"
DAYS = {DAY: 1, WEEK: 7, MONTH: 30}
SHOWN_TABLES = 3


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    when, who, what, things, rows, now = heads()
    return (
        Column("at", when, 140, fixed=True, fits=True),
        Column("by", who, 96, fixed=True, fits=True),
        Column("label", what, 220, fixed=True, wide=True),
        Column("tables", things, 190),
        Column("rows", rows, 76, right=True),
        Column("state", now, 110),
    )


def periods() -> tuple[tuple[str, str], ...]:
    """Return the choices of the period."""
    return ((DAY, _("24 hours")), (WEEK, _("7 days")), (MONTH, _("30 days")), (ALL, _("All")))


def since(period: str, now: datetime) -> datetime | None:
    """Return the UTC instant at which a period begins; None: at the very first change."""
    return now.astimezone(UTC) - timedelta(days=DAYS[period]) if period in DAYS else None


def row_of(line: AuditLine, zone: ZoneInfo) -> tuple[Any, ...]:
    """Return the row of the list: the id, then a text for each column."""
    tables = [table_text(table) for table in line.tables]
    more = _(" and {n} more").format(n=len(tables) - SHOWN_TABLES) if len(tables) > SHOWN_TABLES else ""
    return (
        line.id,
        moment_text(line.at.replace(second=0), zone, year=True),
        line.by,
        line.label,
        ", ".join(tables[:SHOWN_TABLES]) + more,
        str(line.rows),
        state_of(line),
    )
