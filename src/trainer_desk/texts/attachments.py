"""What is said of attached files: their size, their type, and who attached them when."""

from zoneinfo import ZoneInfo

from trainer_desk.services.rows.attachments import AttachmentRow
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.translate import _

KILO = 1024


def size_text(size: int) -> str:
    """Return `812 B`, `64 kB` or `2.4 MB` for a size in bytes."""
    if size < KILO:
        return _("{n} B").format(n=size)
    if size < KILO * KILO:
        return _("{n} kB").format(n=round(size / KILO))
    return _("{n} MB").format(n=f"{size / KILO / KILO:.1f}")


def attached_text(row: AttachmentRow, zone: ZoneInfo) -> str:
    """Return `marta, Tue 24 Nov 2026 11:02`."""
    at = moment_text(row.added_at.replace(second=0), zone, year=True)
    return _("{who}, {at}").format(who=row.added_by, at=at)
