"""What the list of all changes says; pure."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.journal.audit import AuditLine
from trainer_desk.texts import moment_text
from trainer_desk.texts.history import table_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.row_model import Column

DAY, WEEK, MONTH, ALL = "day", "week", "month", "all"
DAYS = {DAY: 1, WEEK: 7, MONTH: 30}
SHOWN_TABLES = 3


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("at", _("When"), 140, fixed=True, fits=True),
        Column("by", _("Who"), 96, fixed=True, fits=True),
        Column("label", _("What"), 220, fixed=True, wide=True),
        Column("tables", _("Kind of thing"), 190),
        Column("rows", _("Rows"), 76, right=True),
        Column("state", _("Now"), 110),
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


def saved_row(line: AuditLine, zone: ZoneInfo) -> list[str]:
    """Return the row of the file: as in the list, but the instant with its seconds and offset, and every table."""
    at = line.at.astimezone(zone).isoformat()
    return [at, line.by, line.label, ", ".join(table_text(one) for one in line.tables), str(line.rows), state_of(line)]


def state_of(line: AuditLine) -> str:
    """Return what became of a change: nothing, taken back, or that it takes another one back itself."""
    if line.is_undone:
        return _("taken back")
    return {ChangeKind.UNDO: _("undoes"), ChangeKind.REDO: _("done again")}.get(line.kind, "")
