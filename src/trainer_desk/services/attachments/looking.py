"""Lists the files of a thing and reads one back, which must be what was attached (N2)."""

from hashlib import sha256

import sqlalchemy as sa

from trainer_desk.models import Attachment, AttachmentBytes
from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import OWNERS
from trainer_desk.services.errors import DatabaseTrouble, NotFound
from trainer_desk.services.rows.attachments import AttachedFile, AttachmentRow
from trainer_desk.services.store.db import Db

ROWS = sa.select(
    Attachment.id,
    Attachment.name,
    Attachment.media_type,
    Attachment.size,
    Attachment.added_at,
    Attachment.added_by,
).where(Attachment.deleted_at.is_(None))


def list_attachments(db: Db, kind: AttachmentOwner, owner_id: int) -> tuple[AttachmentRow, ...]:
    """Return the files of a thing, the newest last."""
    _owner, column = OWNERS[kind]
    return tuple(AttachmentRow(*row) for row in db.execute(ROWS.where(column == owner_id).order_by(Attachment.id)))


def read_back(db: Db, attachment_id: int) -> AttachedFile:
    """Return a file with its bytes, also one that was taken back.

    Raises NotFound, and DatabaseTrouble (attachment_damaged) if the bytes are not those that were attached.
    """
    query = (
        sa.select(Attachment.name, Attachment.media_type, Attachment.sha256, AttachmentBytes.content)
        .join(AttachmentBytes, AttachmentBytes.attachment_id == Attachment.id, isouter=True)
        .where(Attachment.id == attachment_id)
    )
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound(kind="attachment", key=f"A{attachment_id}")
    name, media_type, checksum, content = found
    if sha256(content or b"").hexdigest() != checksum:
        raise DatabaseTrouble(why="attachment_damaged", name=name)
    return AttachedFile(name, media_type, bytes(content))
