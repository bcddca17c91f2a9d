"""Files that belong to something, as lists and viewers show them (N2)."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """What is known of a file without its bytes: `size` in bytes, `added_at` UTC."""

    id: int
    name: str
    media_type: str
    size: int
    added_at: dt.datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file read back: its bytes are those that were attached."""

    name: str
    media_type: str
    content: bytes
