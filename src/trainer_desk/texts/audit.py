"""The list of all changes in words, for the window and for the file that is saved of it (U4)."""

from zoneinfo import ZoneInfo

from trainer_desk.models.enums import ChangeKind
from trainer_desk.services.journal.audit import AuditLine
from trainer_desk.texts.history import table_text
from trainer_desk.texts.translate import _


def heads() -> tuple[str, ...]:
    """Return the names of the columns."""
    return _("When"), _("Who"), _("What"), _("Kind of thing"), _("Rows"), _("Now")


def saved_row(line: AuditLine, zone: ZoneInfo) -> list[str]:
    """Return the row of the file: as in the list, but the instant with its seconds and offset, and every table."""
    at = line.at.astimezone(zone).isoformat()
    return [at, line.by, line.label, ", ".join(table_text(one) for one in line.tables), str(line.rows), state_of(line)]


def state_of(line: AuditLine) -> str:
    """Return what became of a change: nothing, taken back, or that it takes another one back itself."""
    if line.is_undone:
        return _("taken back")
    return {ChangeKind.UNDO: _("undoes"), ChangeKind.REDO: _("done again")}.get(line.kind, "")
