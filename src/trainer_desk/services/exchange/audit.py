"""Saves the list of all changes: everything that the filters let through, not only what was read (U4)."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from trainer_desk.services.directory import load_settings
from trainer_desk.services.exchange.table_out import Shape, Table, save
from trainer_desk.services.journal.audit import AuditFilter, AuditLine, load_audit

CHUNK = 2000


def save_audit(
    db: Connection,
    path: Path,
    wanted: AuditFilter,
    head: Sequence[str],
    row_of: Callable[[AuditLine], Sequence[str]],
) -> int:
    """Write all changes that are wanted to a file, newest first; return their number. Raises BadValue as `new_file`."""
    rows = (row_of(line) for line in each_line(db, wanted))
    return save(path, Table(head, rows), load_settings(db).zone, Shape(bom=True))


def each_line(db: Connection, wanted: AuditFilter) -> Iterator[AuditLine]:
    """Yield all changes that are wanted, newest first, read in portions."""
    before: int | None = None
    while True:
        page = load_audit(db, wanted, before=before, limit=CHUNK)
        yield from page.lines
        before = page.before
        if before is None:
            return
