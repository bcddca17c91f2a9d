"""The list of all changes as something to save: everything that the filters let through, every table of it (U4)."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.exchange.audit import each_line
from trainer_desk.services.exchange.table_out import Value
from trainer_desk.services.journal.audit import AuditFilter
from trainer_desk.texts.audit import saved_row
from trainer_desk.texts.translate import _
from trainer_desk.views.audit.words import columns
from trainer_desk.views.export.list_sheet import Listing


def changes_listing(wanted: AuditFilter, zone: ZoneInfo, shown: Sequence[str]) -> Listing:
    """Return the list of the changes that are `wanted`, read while written; instants with the offset of `zone`."""

    def rows(db: Any) -> Iterator[Sequence[Value]]:
        for line in each_line(db, wanted):
            *before, _rows, state = saved_row(line, zone)
            yield [*before, line.rows, state]

    words = {column.id: column.title for column in columns()}
    return Listing("changes", _("Changes"), words, shown, rows, zone)
