"""What a list of attachments shows, read in one go."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import attach_file
from trainer_desk.services.attachments.looking import list_attachments
from trainer_desk.services.directory import load_settings
from trainer_desk.services.rights import may
from trainer_desk.services.rows.attachments import AttachmentRow
from trainer_desk.services.store.access import load_role
from trainer_desk.texts.attachments import attached_text, size_text
from trainer_desk.views.session.lines import Line

ICONS = {"image": "image", "message": "mail"}
SHEETS = ("csv", "sheet")


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a thing, the organisation's zone, and whether the role may add and remove."""

    rows: tuple[AttachmentRow, ...]
    zone: ZoneInfo
    is_editable: bool


def gather(db: Any, kind: AttachmentOwner, owner_id: int, actor: str) -> Attached:
    """Read the files of a thing."""
    is_editable = may(load_role(db, actor), attach_file)
    return Attached(list_attachments(db, kind, owner_id), load_settings(db).zone, is_editable)


def line_of(row: AttachmentRow, zone: ZoneInfo) -> Line:
    """Return a file as a line: its icon and name, its size, and below them who attached it when."""
    return Line(row.id, row.name, size_text(row.size), icon_of(row.media_type), note=attached_text(row, zone))


def icon_of(media_type: str) -> str:
    """Return the icon for a type of file."""
    if any(word in media_type for word in SHEETS):
        return "file-spreadsheet"
    return ICONS.get(media_type.split("/", 1)[0], "file-text")
