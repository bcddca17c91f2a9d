"""Reads the list of all changes for a file: everything that the filters let through, not only what was read (U4)."""

from collections.abc import Iterator

from sqlalchemy import Connection

from trainer_desk.services.journal.audit import AuditFilter, AuditLine, load_audit

CHUNK = 2000


def each_line(db: Connection, wanted: AuditFilter) -> Iterator[AuditLine]:
    """Yield all changes that are wanted, newest first, read in portions."""
    before: int | None = None
    while True:
        page = load_audit(db, wanted, before=before, limit=CHUNK)
        yield from page.lines
        before = page.before
        if before is None:
            return
